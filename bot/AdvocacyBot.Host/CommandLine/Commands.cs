using System.CommandLine;
using AdvocacyBot.Core.Programme;
using AdvocacyBot.Core.Rewards;
using AdvocacyBot.Host.Composition;

namespace AdvocacyBot.Host.CommandLine;

/// <summary>
/// The command line: serve (the default), migrate, doctor, export, erase-person, reclassify, import-conversions, backup, move-database, manifest.
/// </summary>
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
        root.Subcommands.Add(new PersonSyntax().Erase(args, RunAsync));
        root.Subcommands.Add(ReclassifyCommand(args));
        root.Subcommands.Add(ImportConversionsCommand(args));
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

    /// <summary><c>export audit|rewards [--to FILE]</c>.</summary>
    private static Command Export(string[] args)
    {
        return new Command("export", "Writes what the database holds into files.")
        {
            Subcommands =
            {
                Part("audit", "Writes who changed what as CSV.", (app, file, token) => ExportCsv.RunAsync(
                    app, file, app.Services.GetRequiredService<AuditCsv>().WriteAsync, written => $"The audit log is in {file?.FullName} (entries: {written}).", token)),
                Part("rewards", "Writes what was handed out to whom as CSV.", (app, file, token) => ExportCsv.RunAsync(
                    app, file, app.Services.GetRequiredService<RewardsCsv>().WriteAsync, written => $"The rewards are in {file?.FullName} (rewards: {written}).", token)),
                new PersonSyntax().Export(args, RunAsync),
            },
        };

        Command Part(string name, string description, Func<WebApplication, FileInfo?, CancellationToken, Task<int>> run)
        {
            var to = new Option<FileInfo?>("--to") { Description = "The file to write; without it, the standard output." };
            var part = new Command(name, description) { TreatUnmatchedTokensAsErrors = false };
            part.Options.Add(to);
            part.SetAction((parsed, cancellationToken) =>
            {
                var file = parsed.GetValue(to);
                return RunAsync(parsed, Settings(args, ["export", name], "--to"), (app, token) => run(app, file, token), cancellationToken);
            });
            return part;
        }
    }

    private static Command ReclassifyCommand(string[] args)
    {
        var command = new Command(Reclassify.Name, "Judges all stored requests to links again by the click rule; shows what changes, and writes it with --apply.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        command.Options.Add(Reclassify.Apply);
        command.Options.Add(Reclassify.Rule);
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed,
            Settings(args, [Reclassify.Name, Reclassify.Apply.Name], Reclassify.Rule.Name),
            (app, token) => Reclassify.RunAsync(app, parsed.GetValue(Reclassify.Apply), parsed.GetValue(Reclassify.Rule), token),
            cancellationToken));
        return command;
    }

    private static Command ImportConversionsCommand(string[] args)
    {
        var command = new Command(ImportConversions.Name, "Reads applicants and leads from a signed CSV file.") { TreatUnmatchedTokensAsErrors = false };
        command.Arguments.Add(ImportConversions.Csv);
        command.Options.Add(ImportConversions.Signature);
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed,
            Settings(args, [ImportConversions.Name, parsed.GetRequiredValue(ImportConversions.Csv).ToString()], ImportConversions.Signature.Name),
            (app, token) => ImportConversions.RunAsync(app, parsed.GetRequiredValue(ImportConversions.Csv), parsed.GetValue(ImportConversions.Signature), token),
            cancellationToken));
        return command;
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
            return RunAsync(parsed, Settings(args, ["backup"], "--to"), (app, token) => BackUp.RunAsync(app, file, token), cancellationToken);
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
            return RunAsync(parsed, Settings(args, ["move-database"], "--to"), (app, token) => MoveDatabase.RunAsync(app, target, token), cancellationToken);
        });
        return command;
    }

    /// <summary>What is left for the configuration: neither one of the words nor an option with its value.</summary>
    private static string[] Settings(string[] args, string[] words, string option) =>
        [.. args.Where((arg, i) => !words.Contains(arg, StringComparer.Ordinal) && arg != option && !arg.StartsWith(option + "=", StringComparison.Ordinal) && (i == 0 || args[i - 1] != option))];

    /// <summary>The first word that is neither a setting nor a setting's value; null where there is none.</summary>
    /// <param name="tokens">What the command line has no name for.</param>
    /// <param name="path">A path is looked for: what begins with a slash is none of the settings, which can be written so too.</param>
    internal static string? Stray(IReadOnlyList<string> tokens, bool path = false)
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            if (token.Contains('=', StringComparison.Ordinal))
            {
                continue;
            }

            if (!token.StartsWith('-') && (path || !token.StartsWith('/')))
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
