using AdvocacyBot.Benchmarks.Redirects;

// Run in Release. Processes are pinned with taskset, so Linux with two processors is wanted.
return args switch
{
    ["redirects", .. var rest] => await RedirectRates.RunAsync(rest),
    ["kill-redirects", .. var rest] => await KilledRedirects.RunAsync(rest),
    ["serve-links", .. var rest] => await LinkServer.RunAsync(rest),
    ["make-data", .. var rest] => await LinkData.RunAsync(rest),
    ["load", .. var rest] => LoadCommand.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        """
        redirects [rounds] [seconds]   rate of /l/{code} beside that of a bare redirect, in alternating rounds on one core
        kill-redirects [rounds]        kills the server with -9 under load and looks for answered clicks that are not in the database
        """);
    return 2;
}
