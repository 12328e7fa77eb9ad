using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Slack.Api;
using AdvocacyBot.Slack.Installations;
using AdvocacyBot.Slack.Rendering;

namespace AdvocacyBot.Slack.Replies;

/// <summary>
/// Shows a reply after the request has been acknowledged: in the open view where there is one, else through the <c>response_url</c>, else as a message of its own.
/// </summary>
internal sealed class ReplyWriter(SlackClient client, ResponseSender responses, ViewShower views, PrivateMessages messages, OpenForms forms)
{
    public Task WriteAsync(Reply reply, Place place, CancellationToken cancellationToken) => reply switch
    {
        PrivateReply answer => PrivateAsync(answer.Card, place, replace: false, cancellationToken),
        ReplaceCardReply answer => PrivateAsync(answer.Card, place, replace: true, cancellationToken),
        PublicReply answer => PublicAsync(answer.Card, place, cancellationToken),
        OpenFormReply answer => FormAsync(answer.Form, place, cancellationToken),
        FormErrorsReply answer => ErrorsAsync(answer.Errors, place, cancellationToken),
        _ => EndAsync(place, cancellationToken),
    };

    /// <summary>What did not fit into a message that is the acknowledgement itself.</summary>
    public async Task MoreAsync(SlackMessage message, Place place, CancellationToken cancellationToken)
    {
        foreach (var more in message.More)
        {
            await PrivateAsync(more, place, replace: false, cancellationToken);
        }
    }

    private async Task PrivateAsync(AdaptiveCard card, Place place, bool replace, CancellationToken cancellationToken)
    {
        if (place is { Modal: not null } or { Source: Source.Home } && await views.ShowAsync(Drawing.Reading(card, place), place, cancellationToken))
        {
            return;
        }

        var message = Drawing.Message(card);
        await PrivateAsync(message, place, replace, cancellationToken);
        await MoreAsync(message, place, cancellationToken);
    }

    private async Task PrivateAsync(SlackMessage message, Place place, bool replace, CancellationToken cancellationToken)
    {
        var inPlace = replace && place.Source is Source.Ephemeral or Source.Personal;

        // In a personal conversation an ephemeral message would be gone at the next look, and everything there is private anyway.
        if (inPlace || place.Source is not Source.Personal)
        {
            var answer = new ResponseMessage
            {
                ResponseType = "ephemeral",
                ReplaceOriginal = inPlace,
                ThreadTs = inPlace ? null : place.Thread,
                Text = message.Text,
                Blocks = Drawing.Blocks(message),
            };
            if (await responses.SendAsync(place.Response, answer, cancellationToken))
            {
                return;
            }
        }

        await messages.SendAsync(message, place, cancellationToken);
    }

    private async Task PublicAsync(AdaptiveCard card, Place place, CancellationToken cancellationToken)
    {
        await EndAsync(place, cancellationToken);
        var message = Drawing.Message(card);
        foreach (var part in message.More.Prepend(message))
        {
            var blocks = Drawing.Blocks(part);
            var answer = new ResponseMessage { ResponseType = "in_channel", ReplaceOriginal = false, ThreadTs = place.Thread, Text = part.Text, Blocks = blocks };
            if (await responses.SendAsync(place.Response, answer, cancellationToken))
            {
                continue;
            }

            if (place is { PostTo: { } channel, IsPersonal: false })
            {
                await client.PostReplyAsync(place.At, new PostMessage(channel, part.Text, blocks) { ThreadTs = place.Thread }, cancellationToken);
            }
            else
            {
                await messages.SendAsync(part, place, cancellationToken);
            }
        }
    }

    private async Task FormAsync(Form form, Place place, CancellationToken cancellationToken)
    {
        if (!await views.ShowAsync(Drawing.Form(form, place), place, cancellationToken))
        {
            // Slack opens a form only after a fresh press.
            var card = await messages.OpenLaterAsync(place, cancellationToken);
            await PrivateAsync(card, place with { Modal = null, Trigger = null }, replace: place.RemoveSource, cancellationToken);
        }
        else if (place is { RemoveSource: true, Source: Source.Ephemeral or Source.Personal })
        {
            await responses.SendAsync(place.Response, new ResponseMessage { DeleteOriginal = true }, cancellationToken);
        }
    }

    private async Task ErrorsAsync(IReadOnlyDictionary<string, string> errors, Place place, CancellationToken cancellationToken)
    {
        if (place.Shown is { } shown)
        {
            await views.ShowAsync(Drawing.View(ViewRenderer.WithErrors(shown, errors)), place, cancellationToken);
        }
        else if (await forms.FindAsync(place, cancellationToken) is { } form)
        {
            await views.ShowAsync(Drawing.Form(form, place, errors), place, cancellationToken);
        }
    }

    /// <summary>Nothing is to be said; a view that was opened to wait for it says so.</summary>
    private Task EndAsync(Place place, CancellationToken cancellationToken) => place.Modal is null
        ? Task.CompletedTask
        : views.ShowAsync(Drawing.Reading(Drawing.Notice(place.Language, "Slack.Done"), place), place, cancellationToken);
}
