using System.Net;
using AdvocacyBot.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AdvocacyBot.Core.Links;

/// <summary>A request to a link, as far as it tells who makes it.</summary>
/// <param name="UserAgent">As sent; empty where nothing was.</param>
/// <param name="Address">Of the visitor; null where it is not known. Used for the visitor hash only.</param>
/// <param name="Flags">All but <see cref="ClickFlags.Sharer"/>, which is found out here.</param>
public readonly record struct LinkVisit(string UserAgent, IPAddress? Address, ClickFlags Flags);

/// <summary>Who came to which link lately, as the click rule wants to know it: people counted within its window, and sharers at their own links.</summary>
public sealed partial class Visits(
    IDbContextFactory<AdvocacyDb> contexts, ClickRule rule, VisitorSalts salts, TimeProvider clock, ILogger<Visits> logger) : IHostedService
{
    private const int MostKept = 200_000;

    private readonly BoundedMap<(long Share, long Visitor), long> counted = new(MostKept);
    private readonly BoundedMap<(long Share, long Visitor), bool> sharers = new(MostKept);
    private readonly long window = (long)rule.RepeatWindow.TotalMilliseconds;

    /// <summary>Reads who was counted within the window before this start.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var since = clock.GetUtcNow() - rule.RepeatWindow;
            var clicks = db.Clicks.AsNoTracking().OrderByDescending(click => click.Id).Take(MostKept)
                .Select(click => new { click.ShareId, click.Visitor, click.At, click.Class });
            await foreach (var click in clicks.AsAsyncEnumerable().WithCancellation(cancellationToken))
            {
                if (click.At < since)
                {
                    break;
                }

                if (click.Class == (int)ClickClass.Human && click.Visitor != VisitorHash.None)
                {
                    // The youngest come first.
                    counted.SetWhere((click.ShareId, click.Visitor), click.At.ToUnixTimeMilliseconds(), state: 0, static (_, _) => false);
                }
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.NotRead(logger, e);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Somebody opened the private pages of a share: until the day ends, the same visitor at the share's public link is the sharer.</summary>
    public void MarkSharer(long shareId, LinkVisit visit) => sharers.Set((shareId, Hash(visit, clock.GetUtcNow())), value: true);

    internal long Hash(LinkVisit visit, DateTimeOffset now) =>
        visit.Address is null ? VisitorHash.None : VisitorHash.Of(salts.For(now), visit.Address, visit.UserAgent);

    internal bool IsSharer(long shareId, long visitor) => visitor != VisitorHash.None && sharers.TryGet((shareId, visitor), out _);

    /// <summary>Counts the visitor, unless that was done within the window.</summary>
    /// <returns>False: a repeat.</returns>
    internal bool TryCount(long shareId, long visitor, DateTimeOffset now)
    {
        var at = now.ToUnixTimeMilliseconds();
        return visitor == VisitorHash.None
            || counted.SetWhere((shareId, visitor), at, at - window, static (last, latest) => last <= latest);
    }

    /// <summary>The click that was counted could not be written: the next one is no repeat of it.</summary>
    internal void Uncount(long shareId, long visitor) => counted.Remove((shareId, visitor));

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Earlier clicks could not be read; people who come again within the window are counted again")]
        public static partial void NotRead(ILogger logger, Exception exception);
    }
}
