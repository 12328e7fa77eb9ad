using System.Diagnostics;
using System.Globalization;
using AdvocacyBot.Core.Digests;
using AdvocacyBot.Core.Recognition;
using AdvocacyBot.Core.Reports;
using Microsoft.Extensions.Options;

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
        await BenchmarkDatabase.MeasureAsync("all channels, one week, one after the other, with the programme's goals and milestones", 3, _ => OneByOneAsync(bench, query, scopes));
    }

    /// <summary>As they are read when each is sent. The goals are read once for all.</summary>
    private static async Task<int> OneByOneAsync(BenchmarkDatabase bench, DigestQuery query, List<DigestScope> scopes)
    {
        var days = new DayLadders(bench.Database);
        var (goals, milestones) = (new DigestGoals(bench, days), new ProgrammeMilestones(days));
        var shown = 0;
        foreach (var scope in scopes)
        {
            await using var db = bench.CreateDbContext();
            await query.ReadAsync(scope, DigestData.End, CancellationToken.None);
            var extras = new ReadDigestExtras(db, new Holidays(db, Options.Create(new HolidayOptions())), goals, milestones);
            shown += (await extras.RunAsync(1, scope.Period, "Etc/UTC", DigestData.End, CancellationToken.None)).Goals.Count;
        }

        return shown;
    }
}
