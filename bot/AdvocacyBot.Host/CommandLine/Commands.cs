using System.CommandLine;

namespace AdvocacyBot.Host.CommandLine;

/// <summary>The command line: serve (the default), migrate, doctor.</summary>
internal static class Commands
{
    public static Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("AdvocacyBot: employee advocacy inside Teams, Slack and the browser. Without a command it serves.")
        {
            // Settings may be given as --Section:Name=value; the configuration reads them.
            TreatUnmatchedTokensAsErrors = false,
        };
        root.SetAction((_, cancellationToken) => Serve.RunAsync(args, cancellationToken));
        root.Subcommands.Add(Command("migrate", "Brings the database up to this version and stops.", Migrate.RunAsync));
        root.Subcommands.Add(Command("doctor", "Says what is configured, what is missing, and tries what can be tried.", Doctor.RunAsync));
        return root.Parse(args).InvokeAsync();

        Command Command(string name, string description, Func<string[], CancellationToken, Task<int>> run)
        {
            var command = new Command(name, description) { TreatUnmatchedTokensAsErrors = false };
            command.SetAction((_, cancellationToken) => run([.. args.Where(arg => arg != name)], cancellationToken));
            return command;
        }
    }
}
