using System.Globalization;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Programme;

namespace AdvocacyBot.Core.Feeds;

/// <summary>The list of feeds, as comms see it.</summary>
public sealed class FeedCards(ActionTokens tokens)
{
    public const int PageSize = 6;

    private static readonly TimeSpan ButtonLifetime = TimeSpan.FromDays(30);

    /// <param name="feeds">Of this page.</param>
    /// <param name="page">From 1.</param>
    /// <param name="total">Feeds in all.</param>
    /// <param name="said">What was just done; null for nothing.</param>
    /// <param name="turn">Who looks.</param>
    public AdaptiveCard List(IReadOnlyList<Feed> feeds, int page, int total, string? said, TurnContext turn)
    {
        ArgumentNullException.ThrowIfNull(feeds);
        ArgumentNullException.ThrowIfNull(turn);
        var t = turn.Texts;
        List<CardElement> body = said is null ? [] : [new TextBlock(said)];
        body.Add(new TextBlock(total == 0 ? t["Feeds.None"] : t.Plural("Feeds.Title", total)) { Weight = "Bolder", Size = "Medium", Style = "heading" });
        body.Add(new TextBlock(t["Feeds.What"]) { IsSubtle = true, Size = "Small" });
        body.AddRange(feeds.Select(feed => Row(feed, turn)));
        var pages = (total + PageSize - 1) / PageSize;
        if (pages > 1)
        {
            body.Add(new TextBlock(t.Format(
                "Campaigns.ListPage", ("page", page), ("pages", pages), ("command", $"/advocate feeds {page % pages + 1}"))) { IsSubtle = true, Separator = true });
        }

        return Notice.For(t, body, [Button(t["Feeds.Add"], FeedRoutes.Add, 0, turn)]);
    }

    private Container Row(Feed feed, TurnContext turn)
    {
        var t = turn.Texts;
        List<CardElement> items =
        [
            new TextBlock(Bidi.Isolate(CardText.Escape(feed.Title), t.Language)) { Weight = "Bolder" },
            new TextBlock(Bidi.Isolate(CardText.Escape(feed.Address.Length > 200 ? feed.Address[..199] + "…" : feed.Address), t.Language)) { Size = "Small", Spacing = "None", IsSubtle = true },
            new TextBlock(State(feed, turn)) { Size = "Small", Spacing = "Small" },
        ];
        if (feed.Problem is { } problem)
        {
            items.Add(new TextBlock(FeedWords.Problem(problem, feed.ProblemDetail, t)) { Color = "Attention", Size = "Small", Spacing = "Small" });
        }

        items.Add(new ActionSet
        {
            Actions = feed.PausedAt is null
                ? [Button(t["Feeds.LookNow"], FeedRoutes.Look, feed.Id, turn), Button(t["Feeds.Pause"], FeedRoutes.Pause, feed.Id, turn), Remove()]
                : [Button(t["Feeds.Resume"], FeedRoutes.Resume, feed.Id, turn), Remove()],
        });
        return new Container { Separator = true, Rtl = t.Language.RightToLeft, Items = items };

        ExecuteAction Remove() => Button(t["Feeds.Remove"], FeedRoutes.Remove, feed.Id, turn) with { Style = "destructive" };
    }

    private static string State(Feed feed, TurnContext turn)
    {
        var t = turn.Texts;
        var parts = new List<string> { feed.PausedAt is null ? t["Feeds.StateOn"] : t["Feeds.StatePaused"] };
        if (feed.LookedAt is { } at)
        {
            parts.Add(t.Format("Feeds.LookedAt", ("when", CampaignTimes.Local(at, turn.Conversation.TimeZone).ToString("uuuu-MM-dd HH:mm", CultureInfo.InvariantCulture))));
        }

        parts.Add(t.Plural("Feeds.Brought", feed.Brought));
        return string.Join(" · ", parts);
    }

    private ExecuteAction Button(string title, string verb, long feedId, TurnContext turn) => new()
    {
        Title = title,
        Verb = verb,
        Data = new ActionData(tokens.Protect(new ActionToken(verb, turn.Person.Id, feedId, 0, 0, "", turn.Now + ButtonLifetime))),
    };
}
