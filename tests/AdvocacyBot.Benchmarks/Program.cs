using AdvocacyBot.Benchmarks.Broadcasts;
using AdvocacyBot.Benchmarks.Digests;
using AdvocacyBot.Benchmarks.Hosts;
using AdvocacyBot.Benchmarks.Interactions;
using AdvocacyBot.Benchmarks.Redirects;
using AdvocacyBot.Benchmarks.Reports;
using AdvocacyBot.Benchmarks.Slack;
using AdvocacyBot.Benchmarks.Teams;

// Run in Release. Processes are pinned with taskset, so Linux with two processors is wanted.
return args switch
{
    ["redirects", .. var rest] => await RedirectRates.RunAsync(rest),
    ["kill-redirects", .. var rest] => await KilledRedirects.RunAsync(rest),
    ["interactions", .. var rest] => await InteractionBenchmark.RunAsync(rest),
    ["teams", .. var rest] => await TeamsBenchmark.RunAsync(rest),
    ["digests", .. var rest] => await DigestsAsync(rest),
    ["report", .. var rest] => await ReportBenchmark.RunAsync(rest),
    ["ingest", .. var rest] => await IngestBenchmark.RunAsync(rest),
    ["slack", .. var rest] => await SlackBenchmark.RunAsync(rest),
    ["broadcast", .. var rest] => await BroadcastBenchmark.RunAsync(rest),
    ["hosts", .. var rest] => await HostsBenchmark.RunAsync(rest),
    ["serve-links", .. var rest] => await LinkServer.RunAsync(rest),
    ["make-data", .. var rest] => await LinkData.RunAsync(rest),
    ["load", .. var rest] => LoadCommand.Run(rest),
    _ => Usage(),
};

static async Task<int> DigestsAsync(string[] rest)
{
    await DigestBenchmark.RunAsync(rest);
    return 0;
}

static int Usage()
{
    Console.Error.WriteLine(
        """
        redirects [rounds] [seconds] [links]   rate of /l/{code} beside that of a bare redirect, in alternating rounds on one core
        kill-redirects [rounds]        kills the server with -9 under load and looks for answered clicks that are not in the database
        interactions [rounds] [seconds] [connections]   commands and "I shared it" presses per second, on the real host on one core
        teams [rounds] [seconds] [connections] [people] Teams: messages answered with a card and "I shared it" presses per second, on the real host on one core
        digests [events] [postgres]    a week's digest, for one channel and for 2,000, out of that many events
        report [events] [postgres]     the data of the report's page, out of that many events
        ingest [rows] [postgres] [rounds]   durable entries of the ledger per second, beside plain inserting
        slack [rounds] [seconds] [connections]   signed commands and presses beside the same to @slack/bolt, each on one core
        broadcast teams|slack [people] [postgres] [fast]   direct messages at the platform's documented limits: rate, calls refused, memory; fast: with clocks that run ten times as fast
        broadcast free [people] [postgres]   direct messages without limits, beside a bare HttpClient loop
        hosts [seconds] [rounds] [percent]   redirects, commands and durable presses per second with 1, 2 and 3 hosts on one PostgreSQL, and who used the processors
        interactions cards             the price of making and writing a card
        """);
    return 2;
}
