using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using AdvocacyBot.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AdvocacyBot.Core.Links;

/// <summary>
/// The keys of the visitor hashes, one for each UTC day, the same on every host. A key that is older than yesterday's is deleted: from then on
/// nobody can find out whose hashes that day's were.
/// </summary>
public sealed partial class VisitorSalts(IServiceScopeFactory scopes, Database database, TimeProvider clock, ILogger<VisitorSalts> logger) : BackgroundService
{
    private const string Prefix = "visitor-salt:";
    private const int Length = SipHash.KeyLength;

    private static readonly TimeSpan LookEvery = TimeSpan.FromHours(1);

    // Where the database has no key for the day yet, hashes agree within this process at least.
    private readonly byte[] makeshift = RandomNumberGenerator.GetBytes(Length);
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
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<AdvocacyDb>();
            using (await database.EnterWriteAsync(cancellationToken))
            {
                foreach (var day in new[] { today, today.AddDays(1) })
                {
                    var (name, value, now) = (Name(day), RandomNumberGenerator.GetBytes(Length), clock.GetUtcNow().ToUnixTimeMilliseconds());
                    await db.Database.ExecuteSqlAsync(
                        $"""INSERT INTO secrets ("Name", "Value", "CreatedAt") VALUES ({name}, {value}, {now}) ON CONFLICT DO NOTHING""", cancellationToken);
                }
            }

            var kept = await db.Secrets.AsNoTracking().Where(secret => secret.Name.StartsWith(Prefix)).ToListAsync(cancellationToken);
            foreach (var secret in kept)
            {
                if (!DateOnly.TryParseExact(secret.Name[Prefix.Length..], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                {
                    continue;
                }

                if (day < today.AddDays(-1))
                {
                    using var turn = await database.EnterWriteAsync(cancellationToken);
                    await db.Secrets.Where(row => row.Name == secret.Name).ExecuteDeleteAsync(cancellationToken);
                }
                else
                {
                    keys[day] = secret.Value;
                }
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
