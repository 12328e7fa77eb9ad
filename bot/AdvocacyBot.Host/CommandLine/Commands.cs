using System.CommandLine;
using AdvocacyBot.Host.Composition;

namespace AdvocacyBot.Host.CommandLine;

/// <summary>The command line: serve (the default), migrate, doctor, export, backup, move-database, manifest.</summary>
internal static class Commands
{
    private const string Usage =
        """
        AdvocacyBot: employee advocacy inside Teams, Slack and the browser. Without a command it serves, by default at http://localhost:3978.

        Settings are given as --Section:Name=value, as environment variables (Section__Name) or in appsettings.json, for example:
          --urls=http://localhost:4000
          --PublicUrl=https://share.example.com
          --Database:ConnectionString="Data Source=data/other.db"
        """;

    public static Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand(Usage)
        {
            // Settings are no options of the command line's own; the configuration reads them.
            TreatUnmatchedTokensAsErrors = false,
        };
        root.SetAction((parsed, cancellationToken) => RunAsync(parsed, args, Serve.RunAsync, cancellationToken));
        root.Subcommands.Add(Command("migrate", "Brings the database up to this version and stops.", Migrate.RunAsync));
        root.Subcommands.Add(Command("doctor", "Says what is configured, what is missing, and tries what can be tried.", Doctor.RunAsync));
        root.Subcommands.Add(Export(args));
        root.Subcommands.Add(ImportPeopleCommand.Create());
        root.Subcommands.Add(BackUpCommand(args));
        root.Subcommands.Add(MoveCommand(args));
        root.Subcommands.Add(new Command("manifest", "Writes what a platform needs to install the bot.") { SlackManifestCommand.Create(), TeamsManifest.Create() });

        // The host stops by itself on a signal, and takes the time it needs to finish what it began.
        return root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });

        Command Command(string name, string description, Func<WebApplication, CancellationToken, Task<int>> run)
        {
            var command = new Command(name, description) { TreatUnmatchedTokensAsErrors = false };
            command.SetAction((parsed, cancellationToken) => RunAsync(parsed, [.. args.Where(arg => arg != name)], run, cancellationToken));
            return command;
        }
    }

    /// <summary><c>export audit [--to FILE]</c>.</summary>
    private static Command Export(string[] args)
    {
        var to = new Option<FileInfo?>("--to") { Description = "The file to write; without it, the standard output." };
        var audit = new Command("audit", "Writes who changed what as CSV.") { TreatUnmatchedTokensAsErrors = false };
        audit.Options.Add(to);
        audit.SetAction((parsed, cancellationToken) =>
        {
            var file = parsed.GetValue(to);
            return RunAsync(parsed, Settings(args, "export", "audit"), (app, token) => ExportAudit.RunAsync(app, file, token), cancellationToken);
        });
        var export = new Command("export", "Writes what the database holds into files.") { Subcommands = { audit } };
        return export;
    }

    /// <summary><c>backup --to FILE</c>.</summary>
    private static Command BackUpCommand(string[] args)
    {
        var to = new Option<FileInfo?>("--to") { Description = "The file to write." };
        var command = new Command("backup", "Copies the SQLite database into a file, while the bot serves.") { TreatUnmatchedTokensAsErrors = false };
        command.Options.Add(to);
        command.SetAction((parsed, cancellationToken) =>
        {
            var file = parsed.GetValue(to);
            return RunAsync(parsed, Settings(args, "backup"), (app, token) => BackUp.RunAsync(app, file, token), cancellationToken);
        });
        return command;
    }

    /// <summary><c>move-database --to CONNECTION</c>.</summary>
    private static Command MoveCommand(string[] args)
    {
        var to = new Option<string?>("--to") { Description = $"Npgsql connection string of an empty database; without it, the environment variable {MoveDatabase.Variable}." };
        var command = new Command("move-database", "Moves the programme from SQLite to PostgreSQL.") { TreatUnmatchedTokensAsErrors = false };
        command.Options.Add(to);
        command.SetAction((parsed, cancellationToken) =>
        {
            var target = parsed.GetValue(to);
            return RunAsync(parsed, Settings(args, "move-database"), (app, token) => MoveDatabase.RunAsync(app, target, token), cancellationToken);
        });
        return command;
    }

    /// <summary>What is left of the arguments are settings; the word after --to and the commands are none.</summary>
    private static string[] Settings(string[] args, params string[] commands) =>
        [.. args.Where((arg, i) => !commands.Contains(arg) && arg != "--to" && !arg.StartsWith("--to=", StringComparison.Ordinal) && (i == 0 || args[i - 1] != "--to"))];

    /// <summary>The first word that is neither a setting nor a setting's value; null where there is none.</summary>
    internal static string? Stray(IReadOnlyList<string> tokens)
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            if (token.Contains('=', StringComparison.Ordinal))
            {
                continue;
            }

            if (!token.StartsWith('-') && !token.StartsWith('/'))
            {
                return token;
            }

            // "--urls http://localhost:4000": the next word is its value.
            i++;
        }

        return null;
    }

    private static async Task<int> RunAsync(
        ParseResult parsed, string[] args, Func<WebApplication, CancellationToken, Task<int>> run, CancellationToken cancellationToken)
    {
        if (Stray(parsed.UnmatchedTokens) is not { } stray)
        {
            return await Startup.RunAsync(args, run, cancellationToken);
        }

        var commands = string.Join(", ", parsed.RootCommandResult.Command.Children.OfType<Command>().Select(command => command.Name));
        await Console.Error.WriteLineAsync(
            $"'{stray}' is no command of AdvocacyBot. The commands are {commands}; without one it serves. Settings are given as --Section:Name=value. More: --help");
        return Startup.Refused;
    }
}
