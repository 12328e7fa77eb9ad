using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Programme;
using AdvocacyBot.Core.Suggestions;

namespace AdvocacyBot.Core.Recognition;

/// <summary>Thanks as cards: to who said it, to whom it was said, and in a channel.</summary>
public sealed class ThanksCards(ActionTokens tokens, TimeProvider clock)
{
    private static readonly TimeSpan ButtonLifetime = TimeSpan.FromDays(90);

    public static AdaptiveCard Public(Thanks thanks, string from, string to, Texts texts)
    {
        ArgumentNullException.ThrowIfNull(thanks);
        ArgumentNullException.ThrowIfNull(texts);
        var line = texts.Format("Recognition.ThanksPublicCard", ("from", CardText.Escape(from)), ("to", CardText.Escape(to)));
        return Notice.For(texts, [new TextBlock(line) { Size = "Medium", Weight = "Bolder", Style = "heading" }, SuggestionCards.Quote(thanks.Words, texts)]);
    }

    public static AdaptiveCard TakenDown(Texts texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return Notice.For(texts, [new TextBlock(texts["Recognition.ThanksTakenDown"]) { IsSubtle = true }]);
    }

    /// <summary>For who said it.</summary>
    public AdaptiveCard Said(Thanks thanks, string to, TurnContext turn)
    {
        ArgumentNullException.ThrowIfNull(thanks);
        ArgumentNullException.ThrowIfNull(turn);
        var t = turn.Texts;
        return Notice.For(
            t,
            [
                new TextBlock(t.Format("Recognition.ThanksSaid", ("to", CardText.Escape(to)))),
                .. thanks.Public ? [new TextBlock(t["Recognition.ThanksSaidPublic"]) { IsSubtle = true }] : Array.Empty<CardElement>(),
            ],
            [Button(t["Recognition.ThanksWithdraw"], RecognitionRoutes.WithdrawThanks, thanks.Id, turn.Person.Id)]);
    }

    /// <summary>For whom it was said to.</summary>
    /// <param name="thanks">What was said.</param>
    /// <param name="from">By whom.</param>
    /// <param name="channel">Where it would be, or is, shown.</param>
    /// <param name="shown">It stands in the channel or is on its way there.</param>
    /// <param name="texts">The reader's language.</param>
    public AdaptiveCard Received(Thanks thanks, string from, string channel, bool shown, Texts texts)
    {
        ArgumentNullException.ThrowIfNull(thanks);
        ArgumentNullException.ThrowIfNull(texts);
        var place = ("channel", (object?)CardText.Escape(channel));
        var more = !thanks.Public ? texts["Recognition.ThanksPrivately"]
            : shown ? texts.Format("Recognition.ThanksIsShown", place)
            : texts.Format("Recognition.ThanksWouldShow", ("from", CardText.Escape(from)), place);
        return Notice.For(
            texts,
            [
                new TextBlock(texts.Format("Recognition.ThanksReceived", ("from", CardText.Escape(from)))) { Size = "Medium", Weight = "Bolder", Style = "heading" },
                SuggestionCards.Quote(thanks.Words, texts),
                new TextBlock(more) { IsSubtle = true },
            ],
            !thanks.Public
                ? []
                : [shown ? Button(texts["Recognition.ThanksHide"], RecognitionRoutes.HideThanks, thanks.Id, thanks.ToId) : Button(texts["Recognition.ThanksShow"], RecognitionRoutes.ShowThanks, thanks.Id, thanks.ToId)]);
    }

    /// <param name="title">What it says.</param>
    /// <param name="verb">Its route.</param>
    /// <param name="subject">Id of the thanks; of a person for <see cref="RecognitionRoutes.SayThanks"/>.</param>
    /// <param name="personId">Who alone may press it.</param>
    public ExecuteAction Button(string title, string verb, long subject, long personId) => new()
    {
        Title = title,
        Verb = verb,
        Data = new ActionData(tokens.Protect(new ActionToken(verb, personId, subject, 0, 0, "", clock.GetUtcNow() + ButtonLifetime))),
    };
}
