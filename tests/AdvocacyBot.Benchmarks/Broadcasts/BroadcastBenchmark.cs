using System.Globalization;
using AdvocacyBot.Benchmarks.Interactions;
using AdvocacyBot.Benchmarks.Slack;
using AdvocacyBot.Benchmarks.Teams;

namespace AdvocacyBot.Benchmarks.Broadcasts;

/// <summary>
/// <c>broadcast teams|slack|free [people]</c>: a direct message to everybody, sent by the real host on the first processor to a platform on the second. <c>teams</c> and
/// <c>slack</c>: limits are the documented ones, in real time (Teams: 100,000 take 34 minutes); what is measured is the rate, the calls refused, and the host's memory over
/// what it needs when idle. <c>free</c>: no limits, beside a bare <see cref="HttpClient"/> loop that posts to the same platform from the same processor.
/// </summary>
internal static class BroadcastBenchmark
{
    private const int AtOnce = 32;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    public static async Task<int> RunAsync(string[] args) => args switch
    {
        ["platform", var mode] => await Platform.RunAsync(mode),
        ["bare", var port, var count, var atOnce] => await BareLoop.RunAsync(port, count, atOnce),
        ["teams", .. var rest] => await LimitedAsync(teams: true, People(rest, 6000)),
        ["slack", .. var rest] => await LimitedAsync(teams: false, People(rest, 100_000)),
        ["free", .. var rest] => await FreeAsync(People(rest, 50_000)),
        _ => Usage(),
    };

    private static async Task<int> LimitedAsync(bool teams, int people)
    {
        var sent = await SendAsync(strict: true, teams, people);
        var permitted = teams ? 50.0 : double.NaN;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{(teams ? "Teams" : "Slack")}: {sent.Count.Taken} messages in {sent.Count.Seconds:F1} s, {sent.PerSecond:F2} per second"
            + $"{(teams ? $" ({100 * sent.PerSecond / permitted:F1}% of the 50 that are permitted)" : "")}; {sent.Count.Refused} of {sent.Count.Calls} calls refused "
            + $"({100.0 * sent.Count.Refused / sent.Count.Calls:F3}%); memory {sent.Idle / 1024} MB idle, {sent.Most / 1024} MB at most (+{(sent.Most - sent.Idle) / 1024} MB)"));
        return 0;
    }

    private static async Task<int> FreeAsync(int people)
    {
        foreach (var teams in new[] { false, true })
        {
            double bare, alone;
            using (var platform = await PlatformProcess.StartAsync(strict: false))
            {
                bare = await BareLoop.RunApartAsync(platform.Port, people, AtOnce);
                alone = await BareLoop.RunApartAsync(platform.Port, people, 1);
            }

            var sent = await SendAsync(strict: false, teams, people);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{(teams ? "Teams" : "Slack")} without limits: {sent.PerSecond:F0} per second, {sent.Cost:F0} us of processor each; a bare loop with {AtOnce} on their way {bare:F0} "
                + $"({sent.PerSecond / bare:F2}), one after the other {alone:F0} ({sent.PerSecond / alone:F2}); memory +{(sent.Most - sent.Idle) / 1024} MB"));
        }

        return 0;
    }

    private static async Task<Sent> SendAsync(bool strict, bool teams, int people)
    {
        var folder = Directory.CreateTempSubdirectory("advocacy-broadcast-");
        try
        {
            await using var login = await BenchmarkLogin.StartAsync();
            using var platform = await PlatformProcess.StartAsync(strict);
            IReadOnlyList<string> settings = [.. teams ? [.. login.Settings, "--Web:Enabled=false"] : SlackData.Settings(platform.Port), "--Logging:LogLevel:AdvocacyBot.Core=Warning"];
            await PinnedHost.MigrateAsync(folder.FullName, settings);
            await using var host = await PinnedHost.StartAsync(folder.FullName, settings);

            // The first look at the clock, and whatever a start leaves behind.
            await Task.Delay(TimeSpan.FromSeconds(10));
            var idle = host.Memory;
            var data = new BroadcastData(folder.FullName);
            if (teams)
            {
                data.FillTeams(people, platform.Port);
            }
            else
            {
                data.FillSlack(people);
            }

            // The host notices at its next minute. Compiling comes first, so the rate is taken from the first message on.
            var (most, before, began) = (idle, TimeSpan.Zero, false);
            PlatformCount count;
            do
            {
                await Task.Delay(Look);
                count = await platform.CountAsync();
                if (!began && count.Taken > 0)
                {
                    (began, before) = (true, host.ProcessorTime);
                }

                most = Math.Max(most, host.Memory);
            }
            while (count.Taken < people);

            var cost = (host.ProcessorTime - before).TotalMicroseconds / people;
            await Task.Delay(Look);
            var states = data.States();
            if (states[2] != people || count.People != people || count.Taken != people)
            {
                throw new InvalidOperationException($"Not everybody got one message: {count.Taken} taken, {count.People} people, states {string.Join(" ", states)}.");
            }

            return new Sent(count, idle, most, cost);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static int People(string[] args, int without) => args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : without;

    private static int Usage()
    {
        Console.Error.WriteLine("broadcast teams|slack|free [people]");
        return 2;
    }

    private sealed record Sent(PlatformCount Count, long Idle, long Most, double Cost)
    {
        public double PerSecond => (Count.Taken - 1) / Count.Seconds;
    }
}
