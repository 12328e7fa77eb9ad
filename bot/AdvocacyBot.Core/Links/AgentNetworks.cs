using AdvocacyBot.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AdvocacyBot.Core.Links;

/// <summary>
/// Says of agents that were stored by an older version, or are to be judged again, whose previews they make. Agents that come now are stored with it
/// (<see cref="ClickWriter"/>).
/// </summary>
public sealed partial class AgentNetworks(
    Database database, IDbContextFactory<AdvocacyDb> contexts, ClickRule rule, ILogger<AgentNetworks> logger) : IHostedService
{
    private const int Batch = 1000;

    /// <summary>Those that no version has judged. A failure does not keep the host from starting: figures then go by the networks of the links.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            await JudgeAsync(database, db, rule, db.UserAgents.Where(agent => agent.RuleVersion == null), cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.NotJudged(logger, e);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Judges the agents chosen and writes what came of it, in short transactions.</summary>
    internal static async Task JudgeAsync(Database database, AdvocacyDb db, ClickRule rule, IQueryable<UserAgent> chosen, CancellationToken cancellationToken)
    {
        for (var after = 0L; ;)
        {
            var last = after;
            using var write = await database.EnterWriteAsync(cancellationToken);
            var agents = await chosen.Where(agent => agent.Id > last).OrderBy(agent => agent.Id).Take(Batch).ToListAsync(cancellationToken);
            if (agents.Count == 0)
            {
                return;
            }

            foreach (var agent in agents)
            {
                agent.Network = rule.Judge(agent.Text).Network;
                agent.RuleVersion = rule.Version;
            }

            await db.SaveChangesAsync(cancellationToken);
            db.ChangeTracker.Clear();
            after = agents[^1].Id;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Agents of an older version could not be judged at start")]
        public static partial void NotJudged(ILogger logger, Exception exception);
    }
}
