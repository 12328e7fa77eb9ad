using System.Globalization;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Links;
using AdvocacyBot.Core.Programme;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Evidence;

/// <summary>
/// Runs a click rule over all stored requests, in the order they were written. Reads and writes in batches, each a short transaction, while the host goes on
/// counting; what comes meanwhile is judged by the host itself. Run again, it changes nothing.
/// </summary>
public sealed class ReclassifyClicks(Database database, IDbContextFactory<AdvocacyDb> contexts, TimeProvider clock)
{
    private const int Batch = 2000;

    /// <param name="rule">Judges.</param>
    /// <param name="apply">Write the verdicts; otherwise only say what would change.</param>
    /// <param name="actorId">Who wanted it, for the audit log; null: the command line.</param>
    /// <param name="cancellationToken">Stops between two batches; what is written by then stays.</param>
    public Task<Reclassification> RunAsync(ClickRule rule, bool apply, long? actorId, CancellationToken cancellationToken) =>
        RunAsync(rule, apply, actorId, workspaceId: null, cancellationToken);

    /// <summary>As above, for one workspace's requests alone. Which network a crawler belongs to is the same for all.</summary>
    public async Task<Reclassification> RunAsync(ClickRule rule, bool apply, long? actorId, long? workspaceId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rule);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var workspaces = await db.Campaigns.AsNoTracking().ToDictionaryAsync(c => c.Id, c => c.WorkspaceId, cancellationToken);
        var last = await db.Clicks.MaxAsync(c => (long?)c.Id, cancellationToken) ?? 0;
        var judging = new Judging(rule);
        judging.Learn(await db.UserAgents.AsNoTracking().ToListAsync(cancellationToken), []);
        if (apply)
        {
            // First, so that whoever counts a changed request meanwhile finds its crawler's network by the new rule.
            await AgentNetworks.JudgeAsync(database, db, rule, db.UserAgents.Where(a => a.RuleVersion != rule.Version), cancellationToken);
        }

        for (var after = 0L; after < last;)
        {
            var from = after;
            var clicks = await Of(db, workspaceId).AsNoTracking().Where(c => c.Id > from && c.Id <= last).OrderBy(c => c.Id).Take(Batch).ToListAsync(cancellationToken);
            if (clicks.Count == 0)
            {
                break;
            }

            var unknown = clicks.Select(c => c.UserAgentId).Distinct().Where(id => !judging.Knows(id)).ToList();
            judging.Learn(await db.UserAgents.AsNoTracking().Where(a => unknown.Contains(a.Id)).ToListAsync(cancellationToken), unknown);
            var changed = clicks.Select(click => (click.Id, Verdict: judging.Judge(click, workspaces.GetValueOrDefault(click.CampaignId)), click.Class))
                .Where(click => (int)click.Verdict != click.Class).ToList();
            after = clicks[^1].Id;
            if (apply)
            {
                await WriteAsync(db, Of(db, workspaceId), rule.Version, from, after, changed.ToLookup(c => c.Verdict, c => c.Id), cancellationToken);
            }
        }

        var done = new Reclassification(rule.Version, apply, judging.ByVersion, [.. judging.Campaigns.Values.OrderBy(c => c.CampaignId)]);
        if (apply)
        {
            await NoteAsync(db, done, actorId, cancellationToken);
        }

        return done;
    }

    private static IQueryable<Click> Of(AdvocacyDb db, long? workspaceId) =>
        workspaceId is { } one ? db.Clicks.Where(c => db.Campaigns.Any(k => k.Id == c.CampaignId && k.WorkspaceId == one)) : db.Clicks;

    private async Task WriteAsync(AdvocacyDb db, IQueryable<Click> clicks, int version, long from, long to, ILookup<ClickClass, long> changed, CancellationToken cancellationToken)
    {
        using var write = await database.EnterWriteAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        foreach (var verdict in changed)
        {
            var ids = verdict.ToList();
            await db.Clicks.Where(c => ids.Contains(c.Id)).ExecuteUpdateAsync(set => set.SetProperty(c => c.Class, (int)verdict.Key), cancellationToken);
        }

        await clicks.Where(c => c.Id > from && c.Id <= to && c.RuleVersion != version)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.RuleVersion, version), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private async Task NoteAsync(AdvocacyDb db, Reclassification done, long? actorId, CancellationToken cancellationToken)
    {
        using var write = await database.EnterWriteAsync(cancellationToken);
        var versions = string.Join(' ', done.ByVersion.OrderBy(v => v.Key).Select(v => string.Create(CultureInfo.InvariantCulture, $"v{v.Key}:{v.Value}")));
        foreach (var workspace in done.Campaigns.GroupBy(c => c.WorkspaceId).Where(w => w.Key != 0))
        {
            db.Audit.Add(new AuditEntry
            {
                WorkspaceId = workspace.Key,
                At = clock.GetUtcNow(),
                ActorId = actorId,
                Action = AuditActions.ClicksReclassified,
                Before = $"{versions}; {Sums(workspace.Select(c => c.Before))}",
                After = string.Create(CultureInfo.InvariantCulture, $"v{done.RuleVersion}; {Sums(workspace.Select(c => c.After))}; changed {workspace.Sum(c => c.Changed)}"),
            });
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    private static string Sums(IEnumerable<VerdictCounts> counts)
    {
        var all = counts.ToList();
        return string.Create(CultureInfo.InvariantCulture, $"fetched {all.Sum(c => c.Fetched)} clicked {all.Sum(c => c.Clicked)}");
    }

    /// <summary>The rule with what it has to remember from request to request.</summary>
    private sealed class Judging(ClickRule rule)
    {
        private int forgetAbove = 500_000;

        private readonly Dictionary<long, (AgentVerdict Verdict, string? Network)?> agents = [];
        private readonly Dictionary<(long Share, long Visitor), DateTimeOffset> counted = [];

        public Dictionary<long, CampaignVerdicts> Campaigns { get; } = [];

        public Dictionary<int, long> ByVersion { get; } = [];

        public bool Knows(long agent) => agents.ContainsKey(agent);

        public void Learn(List<UserAgent> found, List<long> wanted)
        {
            foreach (var id in wanted)
            {
                agents[id] = null;
            }

            foreach (var agent in found)
            {
                agents[agent.Id] = (rule.Judge(agent.Text), agent.Network);
            }
        }

        public ClickClass Judge(Click click, long workspace)
        {
            var agent = agents[click.UserAgentId];
            var before = (ClickClass)click.Class;

            // An agent whose text was lost cannot be judged again.
            var after = agent is { } known ? Judge(click, known.Verdict) : before;
            var campaign = Campaigns.GetValueOrDefault(click.CampaignId) ?? new CampaignVerdicts(click.CampaignId, workspace, new VerdictCounts(), new VerdictCounts(), 0);
            campaign.Before.Add(before, click.ShareId, agent?.Network ?? click.Network);
            campaign.After.Add(after, click.ShareId, agent?.Verdict.Network ?? click.Network);
            Campaigns[click.CampaignId] = before == after ? campaign : campaign with { Changed = campaign.Changed + 1 };
            ByVersion[click.RuleVersion] = ByVersion.GetValueOrDefault(click.RuleVersion) + 1;
            return after;
        }

        private ClickClass Judge(Click click, AgentVerdict agent)
        {
            var flags = (ClickFlags)click.Flags;
            var verdict = ClickRule.Classify(agent, flags, repeat: false);
            if (verdict != ClickClass.Human || click.Visitor == VisitorHash.None)
            {
                return verdict;
            }

            var key = (click.ShareId, click.Visitor);
            if (counted.TryGetValue(key, out var last) && last > click.At - rule.RepeatWindow)
            {
                return ClickRule.Classify(agent, flags, repeat: true);
            }

            counted[key] = click.At;
            if (counted.Count > forgetAbove)
            {
                foreach (var old in counted.Where(pair => pair.Value <= click.At - rule.RepeatWindow).Select(pair => pair.Key).ToList())
                {
                    counted.Remove(old);
                }

                forgetAbove = Math.Max(forgetAbove, counted.Count * 2);
            }

            return verdict;
        }
    }
}
