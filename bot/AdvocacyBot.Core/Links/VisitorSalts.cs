using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using AdvocacyBot.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AdvocacyBot.Core.Links;

/// <summary>
/// The keys of the visitor hashes, one for each UTC day, the same on every host. A key that is older than yesterday's is deleted: from then on
/// nobody can find out whose hashes that day's were.
/// </summary>
public sealed partial class VisitorSalts(
    Keys store, Database database, IDbContextFactory<AdvocacyDb> contexts, TimeProvider clock, ILogger<VisitorSalts> logger) : BackgroundService
{
    private const string Prefix = "visitor-salt:";

    private static readonly TimeSpan LookEvery = TimeSpan.FromHours(1);

    // Where the database has no key for the day yet, hashes agree within this process at least.
    private readonly byte[] makeshift = RandomNumberGenerator.GetBytes(SipHash.KeyLength);
    private readonly ConcurrentDictionary<DateOnly, byte[]> keys = new();

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await RenewAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Key of the UTC day.</summary>
    internal byte[] For(DateTimeOffset now) => keys.GetValueOrDefault(Day(now), makeshift);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await RenewAsync(stoppingToken);
        }
    }

    /// <summary>Makes sure of today's key and tomorrow's, so that midnight finds it in memory, and deletes what is older than yesterday.</summary>
    internal async Task RenewAsync(CancellationToken cancellationToken)
    {
        var today = Day(clock.GetUtcNow());
        try
        {
            foreach (var day in new[] { today, today.AddDays(1) })
            {
                keys[day] = await store.GetOrCreateAsync(Name(day), SipHash.KeyLength, cancellationToken);
            }

            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var names = await db.Secrets.Where(secret => secret.Name.StartsWith(Prefix)).Select(secret => secret.Name).ToListAsync(cancellationToken);
            var outdated = names.FindAll(name => string.CompareOrdinal(name, Name(today.AddDays(-1))) < 0);
            if (outdated.Count > 0)
            {
                using var turn = await database.EnterWriteAsync(cancellationToken);
                await db.Secrets.Where(secret => outdated.Contains(secret.Name)).ExecuteDeleteAsync(cancellationToken);
            }

            foreach (var day in keys.Keys.Where(day => day < today.AddDays(-1)))
            {
                keys.TryRemove(day, out _);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.NotRenewed(logger, e);
        }
    }

    private static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);

    private static string Name(DateOnly day) => Prefix + day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The day's visitor key could not be read or made; repeats are told apart within this process only")]
        public static partial void NotRenewed(ILogger logger, Exception exception);
    }
}
