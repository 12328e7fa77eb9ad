using System.Diagnostics;
using System.Globalization;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Core.Digests;
using AdvocacyBot.Core.Programme;
using AdvocacyBot.Core.Recognition;
using AdvocacyBot.Core.Reports;
using Microsoft.Extensions.Options;
using Delivery = AdvocacyBot.Core.Data.Delivery;

namespace AdvocacyBot.Benchmarks.Digests;

/// <summary>
/// <c>[events] [database]</c>: how long one channel's week, and the week of all 2,000 channels, take to read out of a year of events. What may stand for the database:
/// <see cref="BenchmarkDatabase"/>.
/// </summary>
public static class DigestBenchmark
{
    public static async Task RunAsync(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        var events = args.Length > 0 ? long.Parse(args[0], CultureInfo.InvariantCulture) : 1_000_000;
        await using var bench = await BenchmarkDatabase.OpenAsync(args.ElementAtOrDefault(1));
        var watch = Stopwatch.StartNew();
        await new DigestData(bench, events).FillAsync();
        Console.WriteLine($"{bench.Database.Provider}: {events:N0} events and {events / 2:N0} clicks of {DigestData.Channels:N0} channels in {watch.Elapsed.TotalSeconds:N0} s");

        var query = new DigestQuery(bench.Database);
        var scopes = DigestData.LastWeek();
        for (var i = 0; i < 50; i++)
        {
            await query.ReadAsync(scopes[i], DigestData.End, CancellationToken.None);
        }

        await BenchmarkDatabase.MeasureAsync("one channel, one week", 400, i => query.ReadAsync(scopes[(i * 7) % scopes.Count], DigestData.End, CancellationToken.None));
        await BenchmarkDatabase.MeasureAsync("all channels, one week, read together", 7, _ => query.ReadAllAsync(scopes, DigestData.End, CancellationToken.None));
        foreach (var most in (int[])[SendWindow.Most, SendWindow.Least, 1])
        {
            await BenchmarkDatabase.MeasureAsync($"all channels' digests, {most} at a time, with goals, milestones and cards", most == 1 ? 1 : 5, _ => BuildAsync(bench, query, scopes, most));
        }
    }

    /// <summary>As the outbox builds them when it sends: at first few together, then up to as many as the platform takes. Goals and milestones are read anew for each week.</summary>
    private static async Task<int> BuildAsync(BenchmarkDatabase bench, DigestQuery query, List<DigestScope> scopes, int most)
    {
        var clock = new DueTime();
        var days = new DayLadders(bench.Database);
        var (goals, milestones, cards) = (new DigestGoals(bench, days), new ProgrammeMilestones(days), new DigestCards(new ActionTokens(new byte[32], clock), clock));
        var waiting = scopes.ConvertAll(scope => new Delivery
        {
            Kind = DeliveryKind.Digest, Key = $"digest:{scope.ConversationId}", WorkspaceId = 1, ConversationId = scope.ConversationId, Period = DigestWeek.PeriodKey(scope.Period.FirstDay),
        });
        var posts = 0;
        for (var (at, size) = (0, Math.Min(most, SendWindow.Least)); at < waiting.Count; at += size, size = Math.Min(most, size * 2))
        {
            await using var db = bench.CreateDbContext();
            var extras = new ReadDigestExtras(db, new Holidays(db, Options.Create(new HolidayOptions())), goals, milestones);
            var built = await new DigestContent(db, query, cards, extras, clock).BuildManyAsync(waiting.GetRange(at, Math.Min(size, waiting.Count - at)), CancellationToken.None);
            posts += built.Count(one => one is DeliveryContent.Post);
        }

        return posts == scopes.Count ? posts : throw new InvalidOperationException($"Only {posts} digests were built.");
    }

    /// <summary>Nine o'clock, when the week's digests are due.</summary>
    private sealed class DueTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DigestData.End.AddHours(9);
    }
}
