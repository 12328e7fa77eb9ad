using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using AdvocacyBot.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Core.Links;

/// <summary>
/// Every personal link in memory. What is not known, such as a share made on another host, is looked up once; that a code does not exist is
/// remembered for a moment. Links of closed campaigns lead on: posts stay in the world.
/// </summary>
public sealed partial class LinkIndex(
    IDbContextFactory<AdvocacyDb> contexts, IOptions<TrackedLinkOptions> options, TimeProvider clock, ILogger<LinkIndex> logger) : IHostedService
{
    private const int MostUnknownKept = 20_000;

    private static readonly TimeSpan UnknownFor = TimeSpan.FromSeconds(10);

    private readonly LinkLookup lookup = new(contexts);
    private readonly ConcurrentDictionary<long, LinkCampaign> campaigns = new();
    private readonly ConcurrentDictionary<ulong, LinkTarget> targets = new();
    private readonly BoundedMap<string, long> unknown = new(MostUnknownKept);
    private int forgets;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await lookup.LoadAsync(options.Value.KnownAtStart, share => Keep(share), cancellationToken);
            Log.Loaded(logger, targets.Count);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.NotLoaded(logger, e);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>A share was made. Call it once the transaction is committed.</summary>
    public void Put(Share share, Campaign campaign)
    {
        ArgumentNullException.ThrowIfNull(share);
        ArgumentNullException.ThrowIfNull(campaign);
        Keep(new FoundShare(share.Code, share.Id, share.ConversationId, campaign.Id, campaign.Code, campaign.Link));
        unknown.Remove(share.Code);
    }

    /// <summary>A campaign's link was changed: its links are read again when they are followed next. Call it once the transaction is committed.</summary>
    public void Forget(long campaignId)
    {
        Interlocked.Increment(ref forgets);
        if (campaigns.TryRemove(campaignId, out var campaign))
        {
            campaign.Stale = true;
        }
    }

    /// <summary>What is in memory and up to date.</summary>
    internal bool TryGet(ReadOnlySpan<char> code, [MaybeNullWhen(false)] out LinkTarget target) =>
        targets.TryGetValue(LinkKey.Of(code), out target) && !target.Campaign.Stale;

    /// <summary>What is in memory, or else in the database.</summary>
    /// <returns>Null: there is no such link.</returns>
    /// <exception cref="LinkUnavailableException">The database could not be asked, and nothing is in memory.</exception>
    internal async Task<LinkTarget?> FindAsync(string code, CancellationToken cancellationToken)
    {
        if (targets.TryGetValue(LinkKey.Of(code), out var known) && !known.Campaign.Stale)
        {
            return known;
        }

        if (unknown.TryGet(code, out var until) && clock.GetTimestamp() < until)
        {
            return null;
        }

        var before = Volatile.Read(ref forgets);
        try
        {
            var found = await lookup.FindAsync(code).WaitAsync(TimeSpan.FromMilliseconds(options.Value.LongestWait), clock, cancellationToken);
            if (found is not null)
            {
                // What was read before an edit must not be kept after it.
                return before == Volatile.Read(ref forgets) ? Keep(found) : Make(found);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.NotLookedUp(logger, e);
            return known ?? throw new LinkUnavailableException(e);
        }

        unknown.Set(code, clock.GetTimestamp() + (long)(UnknownFor.TotalSeconds * clock.TimestampFrequency));
        return null;
    }

    private LinkTarget? Keep(FoundShare share)
    {
        if (Make(share) is not { } target)
        {
            return null;
        }

        _ = campaigns.GetOrAdd(share.CampaignId, target.Campaign);
        targets[LinkKey.Of(share.Code)] = target;
        return target;
    }

    private LinkTarget? Make(FoundShare share)
    {
        var campaign = campaigns.GetValueOrDefault(share.CampaignId) ?? LinkCampaign.For(share.CampaignId, share.CampaignCode, share.Link);
        if (campaign is null)
        {
            Log.BadLink(logger, share.CampaignId);
            return null;
        }

        return new(share.Code, share.ShareId, share.ConversationId, campaign);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Count} personal links are in memory")]
        public static partial void Loaded(ILogger logger, int count);

        [LoggerMessage(2, LogLevel.Warning, "The personal links could not be read at start; each is looked up when it is followed")]
        public static partial void NotLoaded(ILogger logger, Exception exception);

        [LoggerMessage(3, LogLevel.Warning, "A personal link could not be looked up")]
        public static partial void NotLookedUp(ILogger logger, Exception exception);

        [LoggerMessage(4, LogLevel.Error, "Campaign {Campaign} has a link that is no http or https address; its personal links lead nowhere")]
        public static partial void BadLink(ILogger logger, long campaign);
    }
}

/// <summary>The database could not be asked about a link.</summary>
public sealed class LinkUnavailableException(Exception innerException) : Exception("The database could not be asked about a link.", innerException);
