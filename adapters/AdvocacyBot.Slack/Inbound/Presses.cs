using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.People;
using AdvocacyBot.Core.Programme;
using AdvocacyBot.Slack.Home;
using AdvocacyBot.Slack.Rendering;
using AdvocacyBot.Slack.Replies;

namespace AdvocacyBot.Slack.Inbound;

/// <summary><c>block_actions</c>: buttons on messages, in modals and on the Home tab, and the further buttons of a form.</summary>
internal sealed class Presses(ActionTokens tokens, RouteTable routes, HomePublisher home)
{
    public Prepared Prepare(InteractionPayload payload, Actor actor)
    {
        var view = ViewPayload.Read(payload.View);
        foreach (var action in payload.Actions ?? [])
        {
            if (ActionIds.FormAction(action.ActionId) is { } formAction && view is not null)
            {
                return FormAction(payload, view, formAction, actor);
            }

            if ((action.Value ?? action.SelectedOption?.Value) is { Length: > 0 } token && ActionIds.IsPress(action.ActionId))
            {
                return Press(payload, view, token, actor);
            }
        }

        // A link was opened, or a field changed.
        return Prepared.Answered.Nothing;
    }

    private Prepared.Turn Press(InteractionPayload payload, ViewPayload? view, string token, Actor actor)
    {
        var place = view is null ? OnMessage(payload, actor) : InView(payload, view, actor);
        var verb = tokens.Read(token, out var read) == TokenVerdict.Valid ? read!.Verb : "";
        var press = new ActionPressed
        {
            Token = token,
            Inputs = Inputs.Of(payload.State),
            Message = Actor.Message(place),
            Workspace = actor.At.Workspace,
            Conversation = place.Conversation,
            Person = actor.Person,
            Locale = actor.Profile?.Locale,
            DedupKey = Key(payload),
            At = actor.Now,
        };
        return new Prepared.Turn(press, place with { RemoveSource = verb == ResumeDialog.Verb })
        {
            MayOpenForm = routes.Action(verb) is { } route && !route.Handler.IsAssignableTo(typeof(IAppendingActionHandler)),
            Done = place.Source == Source.Home ? () => home.AskAgain(actor.At, actor.UserId) : null,
        };
    }

    /// <summary>A further button of a form, such as "Back".</summary>
    private static Prepared FormAction(InteractionPayload payload, ViewPayload view, string formAction, Actor actor)
    {
        if (FormMeta.Read(view.PrivateMetadata) is not { Token: { } token } meta)
        {
            return Prepared.Answered.Nothing;
        }

        var typed = Inputs.Of(payload.View);
        var place = actor.Place(meta) with
        {
            Modal = new ShownModal(view.Id!, view.Hash),
            Trigger = actor.Trigger(payload.TriggerId),
            Shown = ViewReader.Read(payload.View!.Value),
            Typed = typed,
        };
        var form = new FormSubmitted
        {
            Token = token,
            Action = formAction,
            Inputs = typed,
            Message = Actor.Message(place),
            Workspace = actor.At.Workspace,
            Conversation = place.Conversation,
            Person = actor.Person,
            Locale = actor.Profile?.Locale,
            DedupKey = Key(payload),
            At = actor.Now,
        };
        return new Prepared.Turn(form, place);
    }

    private static Place OnMessage(InteractionPayload payload, Actor actor)
    {
        var channel = payload.Channel?.Id ?? payload.Container?.ChannelId;
        var thread = payload.Container?.ThreadTs;
        return actor.Place(SlackIds.Conversation(channel, payload.Channel?.Name, actor.UserId, thread), channel) with
        {
            Thread = SlackIds.IsTimestamp(thread) ? thread : null,
            Response = actor.Response(payload.ResponseUrl),
            Trigger = actor.Trigger(payload.TriggerId),
            MessageTs = (payload.Container?.MessageTs ?? payload.Message?.Ts) is { } ts && SlackIds.IsTimestamp(ts) ? ts : null,
            Source = payload.Container?.IsEphemeral is true ? Source.Ephemeral : channel is ['D', ..] ? Source.Personal : Source.Shared,
        };
    }

    private static Place InView(InteractionPayload payload, ViewPayload view, Actor actor) => view.Type == "home"
        ? actor.Place(meta: null) with { Source = Source.Home, Trigger = actor.Trigger(payload.TriggerId) }
        : actor.Place(FormMeta.Read(view.PrivateMetadata)) with { Source = Source.Modal, Modal = new ShownModal(view.Id!, view.Hash), Trigger = actor.Trigger(payload.TriggerId) };

    private static string Key(InteractionPayload payload) =>
        $"press:{payload.TriggerId ?? payload.Actions?[0].ActionTs ?? Guid.NewGuid().ToString("N")}";
}
