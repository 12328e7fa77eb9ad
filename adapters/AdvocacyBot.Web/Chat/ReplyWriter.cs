using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Web.Api;
using AdvocacyBot.Web.Data;

namespace AdvocacyBot.Web.Chat;

/// <summary>Where a reply is shown.</summary>
/// <param name="ChannelId">The conversation.</param>
/// <param name="PersonId">Who acted.</param>
/// <param name="DedupKey">Of the request, so that its repetition makes no second message.</param>
internal sealed record ReplyPlace(string ChannelId, string PersonId, string DedupKey)
{
    /// <summary>The message that a button was pressed on or a form was opened from.</summary>
    public MessageHead? Source { get; init; }

    /// <summary>In answer to a form, a shared message is left as it is.</summary>
    public bool FromForm { get; init; }
}

/// <summary>Stores what a handler answered and says it in the API's words.</summary>
internal sealed class ReplyWriter(WebWriter writer, WebReader reader, TimeProvider clock)
{
    public async Task<ReplyView> WriteAsync(Reply reply, ReplyPlace place)
    {
        switch (reply)
        {
            case PrivateReply { IsKept: false } passing:
                return await PassAsync(passing.Card, place);
            case PrivateReply answer:
                return await InsertAsync("private", answer.Card, place, visibleTo: place.PersonId);
            case PublicReply answer:
                return await InsertAsync("public", answer.Card, place, visibleTo: null);
            case ReplaceCardReply answer:
                return await ReplaceAsync(answer.Card, place);
            case OpenFormReply answer:
                return new ReplyView("form") { Form = View(answer.Form, place.Source?.Id) };
            case FormErrorsReply answer:
                return new ReplyView("errors") { Errors = answer.Errors };
            default:
                return new ReplyView("none");
        }
    }

    /// <summary>The page shows it until it is loaded anew; the database never has it.</summary>
    private async Task<ReplyView> PassAsync(AdaptiveCard card, ReplyPlace place)
    {
        var seq = await reader.SeqAsync(CancellationToken.None);
        return new ReplyView("private")
        {
            Message = new MessageView(
                writer.NewId(), seq, seq, place.ChannelId, Author: null, clock.GetUtcNow(), Text: null, CardJson.Serialize(card), card.FallbackText, Private: true, Overlay: false, []),
        };
    }

    private async Task<ReplyView> ReplaceAsync(AdaptiveCard card, ReplyPlace place)
    {
        var json = CardJson.Serialize(card);
        switch (place.Source)
        {
            case { VisibleTo: not null } own when await writer.ReplaceOwnAsync(own.Id, place.PersonId, json, card.FallbackText):
                var change = await reader.ChangeAsync(own.Id, CancellationToken.None);
                return Replaced(new MessageView(
                    own.Id, own.Seq, change, own.ChannelId, own.AuthorId, own.At, Text: null, json, card.FallbackText, Private: true, Overlay: false, []));
            case { VisibleTo: null } shared when !place.FromForm:
                await writer.OverlayAsync(shared.Id, place.PersonId, json);
                return Replaced(await reader.ViewAsync(shared.Id, place.PersonId, CancellationToken.None));
            default:
                return await InsertAsync("private", card, place, visibleTo: place.PersonId);
        }
    }

    private static ReplyView Replaced(MessageView? message) => new("replaced") { Message = message };

    private async Task<ReplyView> InsertAsync(string kind, AdaptiveCard card, ReplyPlace place, string? visibleTo)
    {
        var message = new NewMessage(writer.NewId(), place.ChannelId, clock.GetUtcNow())
        {
            VisibleTo = visibleTo,
            Card = CardJson.Serialize(card),
            Summary = card.FallbackText,
            DedupKey = $"{place.DedupKey}:reply",
        };
        var inserted = await writer.InsertAsync(message);
        if (inserted && visibleTo is not null)
        {
            var seq = await reader.ChangeAsync(message.Id, CancellationToken.None);
            return new ReplyView(kind)
            {
                Message = new MessageView(
                    message.Id, seq, seq, message.ChannelId, Author: null, message.At, Text: null, message.Card, message.Summary, Private: true, Overlay: false, []),
            };
        }

        var id = inserted ? message.Id : await reader.FindByKeyAsync(message.DedupKey, CancellationToken.None);
        return new ReplyView(kind)
        {
            Message = id is null ? null : await reader.ViewAsync(id, place.PersonId, CancellationToken.None),
        };
    }

    private static FormView View(Form form, string? messageId) => new(
        form.Token,
        form.Title,
        CardJson.Serialize(form.Card),
        [.. form.Actions.Select(action => new FormActionView(action.Id, action.Title, action.Validates, action.Destructive))],
        messageId);
}
