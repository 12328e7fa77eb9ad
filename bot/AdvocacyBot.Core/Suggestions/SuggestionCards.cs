using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Programme;

namespace AdvocacyBot.Core.Suggestions;

/// <summary>What the person who suggests sees.</summary>
public sealed class SuggestionCards(ActionTokens tokens, TimeProvider clock)
{
    private static readonly TimeSpan ButtonLifetime = TimeSpan.FromDays(90);

    public AdaptiveCard Received(Suggestion suggestion, SuggestionOutcome outcome, TurnContext turn)
    {
        ArgumentNullException.ThrowIfNull(suggestion);
        ArgumentNullException.ThrowIfNull(turn);
        var t = turn.Texts;
        return Notice.For(
            t,
            [
                new TextBlock(t.Format($"Suggestions.{outcome}", ("title", CardText.Escape(suggestion.Title)))),
                new TextBlock(t["Suggestions.NextSteps"]) { IsSubtle = true, Size = "Small" },
            ],
            [Button(t["Suggestions.Withdraw"], SuggestionRoutes.Withdraw, suggestion.Id, turn.Person.Id)]);
    }

    /// <summary>The person suggested the same link and it is still open.</summary>
    public AdaptiveCard Standing(Suggestion suggestion, TurnContext turn)
    {
        ArgumentNullException.ThrowIfNull(suggestion);
        ArgumentNullException.ThrowIfNull(turn);
        var t = turn.Texts;
        return Notice.Card(
            t,
            t.Format("Suggestions.Standing", ("title", CardText.Escape(suggestion.Title))),
            Button(t["Suggestions.Withdraw"], SuggestionRoutes.Withdraw, suggestion.Id, turn.Person.Id));
    }

    /// <summary>The link is a campaign already.</summary>
    public static AdaptiveCard IsCampaign(string title, TurnContext turn)
    {
        ArgumentNullException.ThrowIfNull(turn);
        return Notice.Card(turn.Texts, turn.Texts.Format("Suggestions.IsCampaign", ("title", CardText.Escape(title))));
    }

    /// <summary>Somebody who looks after the queue asks something about it.</summary>
    public AdaptiveCard Question(Suggestion suggestion, long personId, Texts texts)
    {
        ArgumentNullException.ThrowIfNull(suggestion);
        ArgumentNullException.ThrowIfNull(texts);
        return Notice.For(
            texts,
            [
                new TextBlock(texts.Format("Suggestions.AskedBack", ("title", CardText.Escape(suggestion.Title)))),
                Quote(suggestion.Question ?? "", texts),
            ],
            [
                Button(texts["Suggestions.AnswerButton"], SuggestionRoutes.Answer, suggestion.Id, personId) with { Style = "positive" },
                Button(texts["Suggestions.Withdraw"], SuggestionRoutes.Withdraw, suggestion.Id, personId),
            ]);
    }

    /// <summary>Somebody's own words, in their own direction.</summary>
    public static Container Quote(string words, Texts texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return new Container { Style = "emphasis", Rtl = Bidi.IsRightToLeft(words) ?? texts.Language.RightToLeft, Items = [new TextBlock(CardText.Escape(words))] };
    }

    /// <param name="title">What it says.</param>
    /// <param name="verb">Its route.</param>
    /// <param name="suggestionId">What it is about; 0 for the queue as a whole.</param>
    /// <param name="personId">Who alone may press it.</param>
    public ExecuteAction Button(string title, string verb, long suggestionId, long personId) => new()
    {
        Title = title,
        Verb = verb,
        Data = new ActionData(tokens.Protect(new ActionToken(verb, personId, suggestionId, 0, 0, "", clock.GetUtcNow() + ButtonLifetime))),
    };
}
