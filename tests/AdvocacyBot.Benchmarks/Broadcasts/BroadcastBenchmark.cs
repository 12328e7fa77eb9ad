using System.Globalization;
using AdvocacyBot.Benchmarks.Hosts;
using AdvocacyBot.Benchmarks.Interactions;
using AdvocacyBot.Benchmarks.Slack;
using AdvocacyBot.Benchmarks.Teams;

namespace AdvocacyBot.Benchmarks.Broadcasts;

/// <summary>
/// <c>broadcast teams|slack|free [people] [postgres] [fast[=N]]</c>: a campaign to everybody by direct message, sent by the real host on the first processor to a platform on the second.
/// <c>teams</c> and <c>slack</c>: limits are the documented ones, in real time (Teams: 100,000 take 34 minutes) or, with <c>fast</c>, in a time that runs ten (or <c>N</c>) times as fast for host and platform alike; what is measured is the rate, the calls refused, and the host's
/// memory over what it needs when idle. <c>free</c>: no limits, beside a bare <see cref="HttpClient"/> loop that posts to the same platform from the same processor.
/// </summary>
internal static class BroadcastBenchmark
{
    private const int AtOnce = 32;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(0.25);

    public static async Task<int> RunAsync(string[] args) => args switch
    {
        ["platform", var mode, var speed, var begin] => await Platform.RunAsync(mode, speed, begin),
        ["host", var speed, .. var settings] => await FastHost.RunAsync(speed, settings),
        ["bare", var port, var count, var atOnce] => await BareLoop.RunAsync(port, count, atOnce),
        ["teams", .. var rest] => await LimitedAsync(teams: true, People(rest, 6000), rest),
        ["slack", .. var rest] => await LimitedAsync(teams: false, People(rest, 100_000), rest),
        ["free", .. var rest] => await FreeAsync(People(rest, 50_000), rest),
        _ => Usage(),
    };

    private static async Task<int> LimitedAsync(bool teams, int people, string[] options)
    {
        var sent = await SendAsync(strict: true, teams, people, options);
        var permitted = teams ? 50.0 : double.NaN;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{(teams ? "Teams" : "Slack")}, {On(options)}: {sent.Count.Taken} messages in {sent.Count.Seconds:F1} s, {sent.PerSecond:F2} per second"
            + $"{(teams ? $" ({100 * sent.PerSecond / permitted:F1}% of the 50 that are permitted)" : "")}; {sent.Count.Refused} of {sent.Count.Calls} calls refused "
            + $"({100.0 * sent.Count.Refused / sent.Count.Calls:F3}%); memory {sent.Idle / 1024} MB idle, {sent.Most / 1024} MB at most (+{(sent.Most - sent.Idle) / 1024} MB)"));
        return 0;
    }

    /// <summary>To Slack, where nothing but the conversation's own second limits; in Teams the bot itself keeps to the 50 per second that a tenant allows.</summary>
    private static async Task<int> FreeAsync(int people, string[] options)
    {
        double bare, alone;
        using (var platform = await PlatformProcess.StartAsync(strict: false, speed: 1, begin: 0))
        {
            bare = await BareLoop.RunApartAsync(platform.Port, people, AtOnce);
            alone = await BareLoop.RunApartAsync(platform.Port, people, 1);
        }

        var sent = await SendAsync(strict: false, teams: false, people, options);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Slack without limits, {On(options)}: {sent.PerSecond:F0} per second, {sent.Cost:F0} us of processor each; a bare loop, one after the other, {alone:F0} "
            + $"({sent.PerSecond / alone:F2}), with {AtOnce} on their way {bare:F0} ({sent.PerSecond / bare:F2}); memory +{(sent.Most - sent.Idle) / 1024} MB"));
        return 0;
    }

    private static async Task<Sent> SendAsync(bool strict, bool teams, int people, string[] options)
    {
        var folder = Directory.CreateTempSubdirectory("advocacy-broadcast-");
        try
        {
            var speed = Speed(options);
            using var server = options.Contains("postgres") ? await LocalPostgres.StartAsync() : null;
            await using var login = await BenchmarkLogin.StartAsync();
            var begin = strict ? 0 : people / 4;
            using var platform = await PlatformProcess.StartAsync(strict, speed, begin);
            IReadOnlyList<string> settings =
            [
                .. teams ? [.. login.Settings, "--Web:Enabled=false"] : SlackData.Settings(platform.Port),
                .. server is null ? [] : (string[])["--Database:Provider=PostgreSql", $"--Database:ConnectionString={server.ConnectionString}"],
                "--Logging:LogLevel:AdvocacyBot.Core=Warning",
            ];
            await PinnedHost.MigrateAsync(folder.FullName, settings);
            await using var host = speed == 1
                ? await PinnedHost.StartAsync(folder.FullName, settings)
                : await PinnedHost.StartProgramAsync(
                    "0", folder.FullName, [typeof(BroadcastBenchmark).Assembly.Location, "broadcast", "host", speed.ToString(CultureInfo.InvariantCulture), "--urls=http://127.0.0.1:0", .. settings]);

            // The first look at the clock, and whatever a start leaves behind.
            await Task.Delay(TimeSpan.FromSeconds(10));
            var idle = host.Memory;
            var data = new BroadcastData(folder.FullName, server?.ConnectionString);
            if (teams)
            {
                data.FillTeams(people, platform.Port);
            }
            else
            {
                data.FillSlack(people);
            }

            // The host notices at its next minute. Compiling comes first: without limits a quarter of the messages, for which the bare loop posts some before as well.
            var (most, before, began) = (idle, TimeSpan.Zero, 0L);
            PlatformCount count;
            do
            {
                await Task.Delay(Look);
                count = await platform.CountAsync();
                if (began == 0 && count.Taken > begin)
                {
                    (began, before) = (count.Taken, host.ProcessorTime);
                }

                most = Math.Max(most, host.Memory);
            }
            while (count.Taken < people);

            var cost = (host.ProcessorTime - before).TotalMicroseconds / (people - began);
            await Task.Delay(Look);
            var states = data.States();
            if (states[2] != people || count.People != people || count.Taken != people)
            {
                throw new InvalidOperationException($"Not everybody got one message: {count.Taken} taken, {count.People} people, states {string.Join(" ", states)}.");
            }

            return new Sent(count, count.Taken - begin - 1, idle, most, cost);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static int People(string[] args, int without) => args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : without;

    private static string On(string[] options) => $"{(options.Contains("postgres") ? "PostgreSQL" : "SQLite")}{(Speed(options) is > 1 and var speed ? string.Create(CultureInfo.InvariantCulture, $", time {speed} times as fast") : "")}";

    private static int Speed(string[] options) => Array.Find(options, option => option.StartsWith("fast", StringComparison.Ordinal)) switch
    {
        null => 1,
        "fast" => 10,
        var chosen => int.Parse(chosen["fast=".Length..], CultureInfo.InvariantCulture),
    };

    private static int Usage()
    {
        Console.Error.WriteLine("broadcast teams|slack|free [people] [postgres] [fast[=N]]");
        return 2;
    }

    private sealed record Sent(PlatformCount Count, long Measured, long Idle, long Most, double Cost)
    {
        public double PerSecond => Measured / Count.Seconds;
    }
}
