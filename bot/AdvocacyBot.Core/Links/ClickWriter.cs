using System.Diagnostics.Metrics;
using AdvocacyBot.Core.Data;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Core.Links;

/// <summary>
/// Sorts a click by the rule and writes it, raw and sorted. Never fails: what cannot be written is counted as such
/// (<c>advocacybot.clicks.uncounted</c>).
/// </summary>
public sealed partial class ClickWriter : IDisposable
{
    public const string MeterName = "AdvocacyBot.Links";

    private const string InsertAgent = """INSERT INTO user_agents ("Id", "Text", "Network", "RuleVersion") VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING""";

    private static readonly RowInsert Clicks = new(
        "clicks",
        ("ShareId", RowType.Number),
        ("ConversationId", RowType.Number),
        ("CampaignId", RowType.Number),
        ("Network", RowType.Text),
        ("At", RowType.Number),
        ("UserAgentId", RowType.Number),
        ("Visitor", RowType.Number),
        ("Flags", RowType.Number),
        ("Class", RowType.Number),
        ("RuleVersion", RowType.Number));

    private readonly AgentCache agents;
    private readonly ClickRule rule;
    private readonly Visits visits;
    private readonly TimeProvider clock;
    private readonly ILogger<ClickWriter> logger;
    private readonly RowLane lane;
    private readonly Meter meter = new(MeterName);
    private readonly Counter<long> uncountedMeter;
    private long uncounted;
    private long uncountedLogged;
    private long nextLog;

    public ClickWriter(
        GroupCommitter committer, ClickRule rule, Visits visits, IOptions<TrackedLinkOptions> options, TimeProvider clock, ILogger<ClickWriter> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        this.rule = rule;
        this.visits = visits;
        this.clock = clock;
        this.logger = logger;
        agents = new AgentCache(rule);
        lane = new RowLane(committer, Clicks, TimeSpan.FromMilliseconds(options.Value.LongestWait), Lose);
        uncountedMeter = meter.CreateCounter<long>("advocacybot.clicks.uncounted", "{click}", "Clicks that were answered with a redirect but could not be written");
    }

    /// <summary>Clicks since the start that could not be written.</summary>
    public long Uncounted => Volatile.Read(ref uncounted);

    public void Dispose() => meter.Dispose();

    /// <summary>Returns when the click is on disk; or cannot be, or takes longer than <see cref="TrackedLinkOptions.LongestWait"/>.</summary>
    internal ValueTask WriteAsync(LinkTarget target, string? network, LinkVisit visit)
    {
        var now = clock.GetUtcNow();
        var agent = agents.Find(visit.UserAgent);
        var visitor = visits.Hash(visit, now);
        var flags = visits.IsSharer(target.ShareId, visitor) ? visit.Flags | ClickFlags.Sharer : visit.Flags;
        var verdict = ClickRule.Classify(agent.Verdict, flags, repeat: false);
        if (verdict == ClickClass.Human && !visits.TryCount(target.ShareId, visitor, now))
        {
            verdict = ClickRule.Classify(agent.Verdict, flags, repeat: true);
        }

        // In the order of Clicks.
        return lane.WriteAsync(
            [
                target.ShareId, target.ConversationId, target.Campaign.Id, network, now.ToUnixTimeMilliseconds(), agent.Id, visitor, (long)flags,
                (long)verdict, (long)rule.Version,
            ],
            agent.Stored ? null : new(InsertAgent, [agent.Id, agent.Text, agent.Verdict.Network, (long)rule.Version], () => agent.Stored = true));
    }

    private void Lose(ReadOnlySpan<BatchValue> click)
    {
        if (click[8].Number == (long)ClickClass.Human)
        {
            visits.Uncount(click[0].Number, click[6].Number);
        }

        Interlocked.Increment(ref uncounted);
        uncountedMeter.Add(1);
        var now = clock.GetTimestamp();
        var next = Volatile.Read(ref nextLog);
        if (now >= next && Interlocked.CompareExchange(ref nextLog, now + (60 * clock.TimestampFrequency), next) == next)
        {
            var total = Uncounted;
            Log.Uncounted(logger, total - Interlocked.Exchange(ref uncountedLogged, total));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "{Count} clicks were answered but could not be counted; said once a minute at most")]
        public static partial void Uncounted(ILogger logger, long count);
    }
}
