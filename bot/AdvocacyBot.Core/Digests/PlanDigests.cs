using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace AdvocacyBot.Core.Digests;

/// <param name="ToSend">Digests written for sending.</param>
/// <param name="TooLate">Digests written as skipped, because their time had passed.</param>
/// <param name="UnknownZones">Ids of channels whose zone id means nothing to us: they are served by UTC.</param>
public sealed record DigestPlan(int ToSend, int TooLate, IReadOnlyList<long> UnknownZones);

/// <summary>
/// Writes the digests that are due into the outbox. It keeps no state of its own: the unique key of channel and week makes one digest of any number of
/// runs on any number of hosts.
/// </summary>
public sealed partial class PlanDigests(
    Database database, IDbContextFactory<AdvocacyDb> contexts, DeliverySignal signal, TimeProvider clock, ILogger<PlanDigests> logger)
{
    public async Task<DigestPlan> RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var channels = await ChannelsAsync(cancellationToken);
        var unknownZones = UnknownZones(channels);
        var decisions = channels.Select(channel => DigestDecision.Of(channel, Instant.FromDateTimeOffset(now))).OfType<DigestDecision>().ToList();

        var outbox = new DigestOutbox(database);
        var known = await outbox.KnownAsync([.. decisions.SelectMany(d => new[] { d.Key, d.NextKey })], cancellationToken);
        var missing = decisions.FindAll(d => d.IsMissingFrom(known));
        if (missing.Count == 0)
        {
            return new DigestPlan(0, 0, unknownZones);
        }

        var written = await outbox.WriteAsync(missing.ConvertAll(d => Row(d, now)), cancellationToken);
        var pending = written.Where(row => row.State == DeliveryState.Pending).ToList();
        foreach (var workspace in pending.Select(row => row.WorkspaceId).Distinct())
        {
            signal.Raise(workspace);
        }

        Log.Planned(logger, pending.Count, written.Count - pending.Count);
        return new DigestPlan(pending.Count, written.Count - pending.Count, unknownZones);
    }

    private static DigestRow Row(DigestDecision decision, DateTimeOffset now) => new(
        Guid.CreateVersion7(now),
        decision.Channel.WorkspaceId,
        decision.Channel.Id,
        decision.Key,
        DigestWeek.PeriodKey(decision.Due.FirstDay),
        decision.State,
        decision.TooLate ? DigestKeys.TooLate : null,
        now);

    private async Task<List<DigestChannel>> ChannelsAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await DigestChannel.In(db)
            .Where(c => c.DigestOn && !c.Removed && c.Kind != ConversationKind.Personal)
            .ToListAsync(cancellationToken);
    }

    private List<long> UnknownZones(List<DigestChannel> channels)
    {
        var unknown = new List<long>();
        foreach (var channel in channels)
        {
            DigestWeek.Zone(channel.TimeZone, out var known);
            if (!known)
            {
                unknown.Add(channel.Id);
                Log.UnknownZone(logger, channel.Id);
            }
        }

        return unknown;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Planned {ToSend} digests; {TooLate} were too late to send")]
        public static partial void Planned(ILogger logger, int toSend, int tooLate);

        [LoggerMessage(2, LogLevel.Warning, "Conversation {ConversationId} has an unknown time zone; its digest goes by UTC")]
        public static partial void UnknownZone(ILogger logger, long conversationId);
    }
}
