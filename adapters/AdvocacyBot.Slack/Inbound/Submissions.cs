using System.Text.Json;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Slack.Home;
using AdvocacyBot.Slack.Rendering;
using AdvocacyBot.Slack.Replies;

namespace AdvocacyBot.Slack.Inbound;

/// <summary><c>view_submission</c> and <c>view_closed</c>: a form was sent, or left by its close button.</summary>
internal sealed class Submissions(OpenForms forms, HomePublisher home)
{
    public Prepared Prepare(InteractionPayload payload, Actor actor)
    {
        if (ViewPayload.Read(payload.View) is not { } view || FormMeta.Read(view.PrivateMetadata) is not { Token: not null, Primary: { } primary } meta)
        {
            return Prepared.Answered.Nothing;
        }

        var place = Where(payload, meta, actor) with { Typed = Inputs.Of(payload.View) };
        return new Prepared.Turn(Form(meta, primary, place, $"form:{view.Id}:{view.Hash}", actor), place)
        {
            Inline = (reply, stopping) => InlineAsync(reply, payload, place, stopping),
            Late = ViewAnswer.Update(Drawing.Loading(place)),
            LateModal = new ShownModal(view.Id!, null),
            Done = meta.Source == Source.Home ? () => home.AskAgain(actor.At, actor.UserId) : null,
        };
    }

    /// <summary>The close button is the form's "Cancel"; a reading view that is closed means nothing.</summary>
    public static Prepared PrepareClosed(InteractionPayload payload, Actor actor)
    {
        if (ViewPayload.Read(payload.View) is not { } view || FormMeta.Read(view.PrivateMetadata) is not { Token: not null } meta)
        {
            return Prepared.Answered.Nothing;
        }

        var place = Where(payload, meta, actor);
        return new Prepared.Turn(Form(meta, DialogEngine.CancelAction, place, $"closed:{view.Id}:{view.Hash}", actor), place);
    }

    private static Place Where(InteractionPayload payload, FormMeta meta, Actor actor)
    {
        var place = actor.Place(meta);

        // The view closes with its answer: nothing of the Home tab is open any more that could show the reply.
        return place with { Trigger = actor.Trigger(payload.TriggerId), Source = place.Source == Source.Home ? Source.Nothing : place.Source };
    }

    private static FormSubmitted Form(FormMeta meta, string action, Place place, string key, Actor actor) => new()
    {
        Token = meta.Token!,
        Action = action,
        Inputs = place.Typed,
        Message = Actor.Message(place),
        Workspace = actor.At.Workspace,
        Conversation = place.Conversation,
        Person = actor.Person,
        Locale = actor.Profile?.Locale,
        DedupKey = key,
        At = actor.Now,
    };

    private async ValueTask<Answer?> InlineAsync(Reply reply, InteractionPayload payload, Place place, CancellationToken stopping)
    {
        switch (reply)
        {
            case FormErrorsReply { Errors: var errors }:
                var mapped = FieldErrors.Map(errors, payload.View!.Value);
                if (mapped.Whole is null)
                {
                    return ViewAnswer.Errors(mapped.ByBlock);
                }

                return await forms.FindAsync(place, stopping) is { } again ? ViewAnswer.Update(Drawing.Form(again, place, errors)) : Answer.Empty;
            case OpenFormReply { Form: var next }:
                return ViewAnswer.Update(Drawing.Form(next, place));
            case PrivateReply { Card: var card } when place is { Response: null, PostTo: null }:
                return ViewAnswer.Update(Drawing.Reading(card, place));
            case ReplaceCardReply { Card: var card } when place is { Response: null, PostTo: null }:
                return ViewAnswer.Update(Drawing.Reading(card, place));
            default:
                return null;
        }
    }
}

/// <summary>The answers to a <c>view_submission</c> (docs.slack.dev/surfaces/modals).</summary>
internal static class ViewAnswer
{
    public static Answer Update(Api.RawJson view) => Write(writer =>
    {
        writer.WriteString("response_action"u8, "update"u8);
        writer.WritePropertyName("view"u8);
        writer.WriteRawValue(view.Utf8.Span, skipInputValidation: true);
    });

    /// <param name="errors">By block id.</param>
    public static Answer Errors(IReadOnlyDictionary<string, string> errors) => Write(writer =>
    {
        writer.WriteString("response_action"u8, "errors"u8);
        writer.WriteStartObject("errors"u8);
        foreach (var (block, text) in errors)
        {
            writer.WriteString(block, text);
        }

        writer.WriteEndObject();
    });

    private static Answer Write(Action<Utf8JsonWriter> content)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            content(writer);
            writer.WriteEndObject();
        }

        return new Answer(stream.ToArray());
    }
}
