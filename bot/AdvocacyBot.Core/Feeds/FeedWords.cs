using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Localization;

namespace AdvocacyBot.Core.Feeds;

/// <summary>What people read about feeds.</summary>
internal static class FeedWords
{
    /// <summary>Why a feed could not be read, and what helps.</summary>
    /// <param name="problem">Name of a <see cref="FeedFailure"/>.</param>
    public static string Problem(string problem, string? detail, Texts t)
    {
        var failure = Enum.TryParse<FeedFailure>(problem, out var known) ? known : FeedFailure.Unreachable;
        var said = t[$"Feeds.Problem{failure}"];
        return failure == FeedFailure.HttpError && detail is not null ? $"{said} ({CardText.Escape(detail)})" : said;
    }

    /// <summary>What a new feed's first look brought.</summary>
    public static string Added(string title, FeedYield yield, Texts t)
    {
        var said = t.Plural("Feeds.Added", yield.Brought, ("title", CardText.Escape(title)));
        return yield.PassedOver == 0 ? said : $"{said} {t.Plural("Feeds.PassedOver", yield.PassedOver)}";
    }
}
