using AdvocacyBot.Core.Data;

namespace AdvocacyBot.Core.Feeds;

/// <summary>When to look at a feed again.</summary>
public static class FeedPace
{
    /// <summary>After a look that went well: the interval, or longer where the feed asks for it.</summary>
    public static TimeSpan After(TimeSpan? asked, FeedOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Clamp(asked ?? options.Interval, options);
    }

    /// <summary>After so many failures in a row: doubled each time, never sooner than the server asks.</summary>
    /// <param name="failures">1 for the first.</param>
    public static TimeSpan AfterFailure(int failures, TimeSpan? retryAfter, FeedOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var backoff = Clamp(options.Interval * Math.Pow(2, Math.Clamp(failures, 1, 16)), options);

        // A server may ask for longer than we would wait, within reason.
        return retryAfter is { } asked && asked > backoff ? TimeSpan.FromTicks(Math.Min(asked.Ticks, TimeSpan.FromDays(7).Ticks)) : backoff;
    }

    /// <summary>Writes down a look that failed.</summary>
    public static void Fail(Feed feed, FeedLook.NotRead look, DateTimeOffset now, FeedOptions options)
    {
        ArgumentNullException.ThrowIfNull(feed);
        ArgumentNullException.ThrowIfNull(look);
        feed.Failures++;
        feed.Problem = look.Reason.ToString();
        feed.ProblemDetail = look.Detail;
        feed.LookedAt = now;
        feed.NextAt = now + AfterFailure(feed.Failures, look.RetryAfter, options);

        // Asking on would be impolite: the server has said that there will never be anything.
        feed.PausedAt ??= look.Reason == FeedFailure.Gone ? now : null;
    }

    private static TimeSpan Clamp(TimeSpan wait, FeedOptions options) =>
        wait < options.Interval ? options.Interval : wait > options.LongestInterval ? Max(options.LongestInterval, options.Interval) : wait;

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
