using System.CommandLine;
using AdvocacyBot.Core.Broadcasts;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Host.Broadcasts;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Host.CommandLine;

/// <summary><c>import-people FILE.csv</c>: departments, locations, personas of people, for segments. All of the file or nothing; may run beside a bot that serves on PostgreSQL.</summary>
internal static class ImportPeopleCommand
{
    private const int MostErrors = 50;

    public static Command Create()
    {
        var dryRun = new Option<bool>("--dry-run") { Description = "Only says what would happen." };
        var deactivate = new Option<bool>("--deactivate-missing") { Description = "Who stood in an earlier file and is not in this one has left." };
        var encoding = new Option<string?>("--encoding") { Description = "Of a file that is not UTF-8 (or marked UTF-16), e.g. windows-1255." };
        var workspace = new Option<string?>("--workspace") { Description = "platform:id of a workspace, where the bot serves several programmes." };
        var command = new Command("import-people", "import-people FILE.csv: takes departments, locations, languages, roles, personas and interests of people from a list.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        foreach (var option in new Option[] { dryRun, deactivate, encoding, workspace })
        {
            command.Options.Add(option);
        }

        command.SetAction(async (parsed, cancellationToken) =>
        {
            // What is no option of ours is the file, or a setting.
            var file = Commands.Stray(parsed.UnmatchedTokens, path: true);
            if (file is null)
            {
                await Console.Error.WriteLineAsync("Say which file: import-people FILE.csv");
                return Startup.Refused;
            }

            var wishes = new Wishes(file, parsed.GetValue(dryRun), parsed.GetValue(deactivate), parsed.GetValue(encoding), parsed.GetValue(workspace));
            string[] settings = [.. parsed.UnmatchedTokens.Where(token => token != file)];
            return await Startup.RunAsync(settings, (app, token) => RunAsync(app, wishes, token), cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(WebApplication app, Wishes wishes, CancellationToken cancellationToken)
    {
        byte[] bytes;
        try
        {
            bytes = await File.ReadAllBytesAsync(wishes.File, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return await RefuseAsync($"{wishes.File} cannot be read: {e.Message}");
        }

        var (text, problem) = TextFile.Decode(bytes, wishes.Encoding);
        if (text is null)
        {
            return await RefuseAsync(problem!);
        }

        await using var db = await app.Services.GetRequiredService<IDbContextFactory<AdvocacyDb>>().CreateDbContextAsync(cancellationToken);
        var missing = app.Services.GetRequiredService<Database>().SqliteFile is { } database && !File.Exists(database);
        if (missing || (await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
        {
            return await RefuseAsync("The database is not there or waits for this version's migrations: start the bot once, or run 'migrate', and import then.");
        }

        var all = await db.Workspaces.AsNoTracking().Where(w => w.RemovedAt == null).OrderBy(w => w.Id).ToListAsync(cancellationToken);
        var named = wishes.Workspace is null ? all : all.FindAll(w => $"{w.Platform}:{w.ExternalId}" == wishes.Workspace);
        var programmes = named.Select(w => w.ProgrammeId ?? w.Id).Distinct().ToList();
        if (programmes is not [var programme])
        {
            var known = string.Join(", ", all.Select(w => $"{w.Platform}:{w.ExternalId}"));
            return await RefuseAsync(all.Count == 0
                ? "There is no workspace yet: people are imported into the programme of one. Bring the bot into a chat first."
                : $"Say which programme the list is for, by one of its workspaces: --workspace {(named.Count == 0 ? "…" : known.Split(',')[0])}. There are: {known}.");
        }

        var own = all.FindAll(w => (w.ProgrammeId ?? w.Id) == programme).ConvertAll(w => w.Ref);
        var content = new PeopleFile(own).Read(text);
        if (content.Errors.Count > 0)
        {
            foreach (var error in content.Errors.Take(MostErrors))
            {
                await Console.Error.WriteLineAsync(error);
            }

            var more = content.Errors.Count > MostErrors ? $" ({content.Errors.Count - MostErrors} more are not shown)" : "";
            return await RefuseAsync($"Nothing was imported: {content.Errors.Count} {(content.Errors.Count == 1 ? "line is" : "lines are")} wrong{more}.");
        }

        var result = await app.Services.GetRequiredService<ImportPeople>().RunAsync(programme, content.People, wishes.DeactivateMissing, wishes.DryRun, cancellationToken);
        await Console.Out.WriteLineAsync(Said(content, result, wishes.DryRun));
        return 0;
    }

    private static string Said(PeopleFileContent content, ImportResult result, bool dryRun)
    {
        List<string> lines =
        [
            dryRun ? "A trial: nothing was changed. It would be:" : "The list is imported.",
            $"  people in the file: {content.People.Count} (new: {result.Added}, changed: {result.Changed}, as before: {result.Unchanged})",
            $"  deactivated: {result.Deactivated}",
        ];
        if (result.Missing > 0)
        {
            lines.Add(result.MissingDeactivated
                ? $"  of them because they are not in the file any more: {result.Missing}"
                : $"  from an earlier file and not in this one: {result.Missing}; they are left as they are (--deactivate-missing deactivates them)");
        }

        lines.Add($"  not met in a chat yet, so that they cannot be written to: {result.Unmet}");
        if (content.Ignored.Count > 0)
        {
            lines.Add($"  columns that were not used: {string.Join(", ", content.Ignored)}");
        }

        return string.Join(Environment.NewLine, lines);
    }

    private static async Task<int> RefuseAsync(string why)
    {
        await Console.Error.WriteLineAsync(why);
        return Startup.Refused;
    }

    private sealed record Wishes(string File, bool DryRun, bool DeactivateMissing, string? Encoding, string? Workspace);
}
