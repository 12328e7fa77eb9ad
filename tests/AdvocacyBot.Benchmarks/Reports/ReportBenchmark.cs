using System.Diagnostics;
using System.Globalization;
using AdvocacyBot.Benchmarks.Digests;
using AdvocacyBot.Core.Evidence;
using AdvocacyBot.Core.Goals;
using AdvocacyBot.Core.Ledger;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Networks;
using AdvocacyBot.Core.Reports;
using AdvocacyBot.Core.Reports.RollUp;
using Microsoft.Extensions.Logging.Abstractions;
using Roles = AdvocacyBot.Core.Data.Roles;

namespace AdvocacyBot.Benchmarks.Reports;

/// <summary>
/// <c>[events] [database]</c>: how long the data of the report's page takes, for each period one can choose, out of a year of events in 2,000 channels, with segments, prices,
/// applicants and goals of the programme (three of the whole year) and of campaigns; and how long the days that it is read from take to make, and to bring up to date after a
/// thousand new entries.
/// </summary>
internal static class ReportBenchmark
{
    private const long Workspace = 1;
    private const int Times = 15;

    public static async Task<int> RunAsync(string[] args)
    {
        var events = args.Length > 0 ? long.Parse(args[0], CultureInfo.InvariantCulture) : 1_000_000;
        await using var bench = await BenchmarkDatabase.OpenAsync(args.ElementAtOrDefault(1));
        var watch = Stopwatch.StartNew();
        await new DigestData(bench, events).FillAsync();
        Console.WriteLine($"{bench.Database.Provider}: {events:N0} events and {events / 2:N0} clicks of {DigestData.Channels:N0} channels in {watch.Elapsed.TotalSeconds:N0} s");

        // The present is the end of the year that was filled in.
        var clock = new EndOfYear();
        using var rollUp = new RollUp(bench.Database, clock, NullLogger<RollUp>.Instance);
        watch.Restart();
        await rollUp.RunAsync(patience: null, CancellationToken.None);
        Console.WriteLine($"  summing all of it up for the first time: {watch.Elapsed.TotalSeconds:N1} s");

        var (query, tables) = (new ReportQuery(bench.Database, rollUp), new ReportTables(NetworkCatalogue.Load()));
        var texts = Texts.In(Language.English);
        var visitor = new ReportVisitor(1, 1, Workspace, "Bench", "Etc/UTC", Roles.Owner, Language.English);
        async Task<int> ReadAsync(int weeks)
        {
            var period = ReportPeriod.Of(weeks, "Etc/UTC", clock.GetUtcNow());
            await using var db = bench.Context();
            var extras = new ReadExtras(db, new ReadGoals(db, new ReadLadder(db, new DayLadders(bench.Database))), clock);
            var goals = Task.Run(() => extras.GoalsAsync(visitor, CancellationToken.None));
            var numbers = await query.ReadAsync(Workspace, period, ReportQuery.ShownCampaigns, CancellationToken.None);
            return tables.All(numbers!, await extras.RunAsync(visitor, numbers!, await goals, texts, CancellationToken.None), texts).Count;
        }

        async Task<int> GoalsAsync()
        {
            await using var db = bench.Context();
            return (await new ReadGoals(db, new ReadLadder(db, new DayLadders(bench.Database))).RunAsync(Workspace, Roles.Owner, clock.GetUtcNow(), CancellationToken.None)).Count;
        }

        await GoalsAsync();
        await BenchmarkDatabase.MeasureAsync("the goals alone", Times, _ => GoalsAsync());
        foreach (var weeks in ReportPeriod.Choices)
        {
            await ReadAsync(weeks);
            await BenchmarkDatabase.MeasureAsync($"report of {weeks} weeks", Times, _ => ReadAsync(weeks));
        }

        await AddAsync(bench, 1000, clock.GetUtcNow().AddMinutes(-1));
        await BenchmarkDatabase.MeasureAsync($"report of {ReportPeriod.Default} weeks, with 1,000 entries that are not summed up yet", Times, _ => ReadAsync(ReportPeriod.Default));
        watch.Restart();
        await rollUp.RunAsync(patience: null, CancellationToken.None);
        Console.WriteLine($"  summing those up: {watch.Elapsed.TotalMilliseconds:N0} ms");
        return 0;
    }

    private static async Task AddAsync(BenchmarkDatabase bench, int count, DateTimeOffset at)
    {
        await using var connection = await bench.Database.OpenAsync(CancellationToken.None);
        await using var transaction = await connection.BeginTransactionAsync();
        for (var i = 0; i < count; i++)
        {
            var statement = LedgerWriter.Statement(IngestBenchmark.Entry(i, at));
            await using var command = IngestBenchmark.Command(connection, statement);
            command.Transaction = transaction;
            await command.ExecuteNonQueryAsync();
        }

        await transaction.CommitAsync();
    }

    private sealed class EndOfYear : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DigestData.End.AddHours(-1);
    }
}
