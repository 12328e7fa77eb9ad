using System.CommandLine;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.People;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Host.CommandLine;

/// <summary>
/// <c>erase-person PERSON</c> and <c>export person PERSON</c>, for requests that come by another way than the chat. A person is named by the platform's id or by
/// their whole name. Both may run beside a bot that serves.
/// </summary>
internal static class PeopleCommands
{
    /// <param name="app">Built with the bot's own settings, so that every channel's tables are known.</param>
    /// <param name="who">The person.</param>
    /// <param name="sure">Said on the command line: nothing can be asked there.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public static async Task<int> EraseAsync(WebApplication app, PersonArguments who, bool sure, CancellationToken cancellationToken)
    {
        if (await FindAsync(app, who, cancellationToken) is not { } person)
        {
            return Startup.Refused;
        }

        if (!sure)
        {
            var others = person.Joined.Count == 0 ? "" : $", with the accounts that are joined to it ({string.Join("; ", person.Joined)})";
            return await RefuseAsync($"This erases {person}{others}: everything that says who they are is gone for good, and totals stay without them. Say --yes to do it.");
        }

        await app.Services.GetRequiredService<Keys>().LoadAsync(cancellationToken);
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AdvocacyDb>();
        EraseOutcome outcome;
        using (await app.Services.GetRequiredService<Database>().EnterWriteAsync(cancellationToken))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            outcome = await scope.ServiceProvider.GetRequiredService<ErasePerson>()
                .RunAsync(person.Id, actorId: null, app.Services.GetRequiredService<TimeProvider>().GetUtcNow(), cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        switch (outcome)
        {
            case EraseOutcome.Erased:
                await Console.Out.WriteLineAsync("Erased. A bot that is running forgets within ten seconds. Backups that were made before still hold the data.");
                return 0;
            case EraseOutcome.LastOwner:
                return await RefuseAsync($"{person}, or an account joined to it, is the only owner there: make somebody else an owner first, with /advocate roles or in the setting Programme:Roles.");
            default:
                return await RefuseAsync("The person is not there any more.");
        }
    }

    public static async Task<int> ExportAsync(WebApplication app, PersonArguments who, FileInfo? file, CancellationToken cancellationToken)
    {
        if (await FindAsync(app, who, cancellationToken) is not { } person)
        {
            return Startup.Refused;
        }

        await using var scope = app.Services.CreateAsyncScope();
        var content = await scope.ServiceProvider.GetRequiredService<ExportPerson>().RunAsync(person.Id, cancellationToken);
        if (content is null)
        {
            return await RefuseAsync("The person is not there any more.");
        }

        if (file is null)
        {
            await Console.Out.WriteLineAsync(System.Text.Encoding.UTF8.GetString(content));
            return 0;
        }

        try
        {
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            await using var written = new FileStream(file.FullName, options);
            await written.WriteAsync(content, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return await RefuseAsync($"{file.FullName} cannot be written: {e.Message} Choose another file with --to.");
        }

        await Console.Out.WriteLineAsync($"What is held about {person} is in {file.FullName}. Hand it to nobody else.");
        return 0;
    }

    private static async Task<Found?> FindAsync(WebApplication app, PersonArguments who, CancellationToken cancellationToken)
    {
        await using var db = await app.Services.GetRequiredService<IDbContextFactory<AdvocacyDb>>().CreateDbContextAsync(cancellationToken);
        var missing = app.Services.GetRequiredService<Database>().SqliteFile is { } database && !File.Exists(database);
        if (missing || (await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
        {
            await RefuseAsync("The database is not there or waits for this version's migrations: start the bot once, or run 'migrate', and try again then.");
            return null;
        }

        var people = await (
            from person in db.People.AsNoTracking()
            join workspace in db.Workspaces.AsNoTracking() on person.WorkspaceId equals workspace.Id
            where (person.ExternalId == who.Person || person.Name == who.Person) && !person.ExternalId.StartsWith(Person.ErasedPrefix)
                && (who.Platform == null || workspace.Platform == who.Platform) && (who.Workspace == null || workspace.ExternalId == who.Workspace)
            orderby workspace.Platform, person.Id
            select new Found(person.Id, person.ExternalId, person.Name, workspace.Platform, workspace.ExternalId)).Take(20).ToListAsync(cancellationToken);
        switch (people)
        {
            case []:
                await RefuseAsync($"Nobody is called '{who.Person}' there: give the platform's id of the person (Slack: U…, Teams: 29:…) or the whole name.");
                return null;
            case [var only]:
                var joined = (await OwnAccounts.OfAsync(db, only.Id, cancellationToken)).Skip(1)
                    .Select(account => new Found(account.Id, account.ExternalId, account.Name, account.Platform, account.WorkspaceExternalId)).ToList();
                var platforms = app.Services.GetServices<IChatSender>().Select(sender => sender.Platform).ToList();
                if (joined.Prepend(only).FirstOrDefault(account => !platforms.Contains(account.Platform)) is { } off)
                {
                    await RefuseAsync($"{off} is in a channel that is not switched on in these settings: run this with the settings of the bot, so that the channel's own tables are reached too.");
                    return null;
                }

                return only with { Joined = joined };
            default:
                await RefuseAsync($"'{who.Person}' is not one person but {people.Count}. Say which with --platform and --workspace, or by id:{string.Concat(people.Select(p => $"{Environment.NewLine}  {p}"))}");
                return null;
        }
    }

    private static async Task<int> RefuseAsync(string why)
    {
        await Console.Error.WriteLineAsync(why);
        return Startup.Refused;
    }

    private sealed record Found(long Id, string ExternalId, string Name, string Platform, string Workspace)
    {
        /// <summary>Other accounts of the same person.</summary>
        public List<Found> Joined { get; init; } = [];

        public override string ToString() => $"{Name} ({Platform}, workspace {Workspace}, {ExternalId})";
    }
}

/// <summary>How the command line names a person.</summary>
/// <param name="Person">The platform's id, or the whole name.</param>
/// <param name="Platform">web, slack or teams; null: any.</param>
/// <param name="Workspace">The platform's id of the workspace or tenant; null: any.</param>
internal sealed record PersonArguments(string Person, string? Platform, string? Workspace);

/// <summary>The words of the two commands.</summary>
internal sealed class PersonSyntax
{
    private readonly Argument<string> person = new("person") { Description = "The platform's id of the person, or their whole name in quotes." };
    private readonly Option<string?> platform = new("--platform") { Description = "web, slack or teams, where the name alone does not tell." };
    private readonly Option<string?> workspace = new("--workspace") { Description = "The platform's id of the workspace or tenant, where the name alone does not tell." };
    private readonly Option<FileInfo?> to = new("--to") { Description = "The file to write; without it, the standard output." };
    private readonly Option<bool> yes = new("--yes") { Description = "Does it; without this it is only said what would be done." };

    public Command Erase(string[] args, Func<ParseResult, string[], Func<WebApplication, CancellationToken, Task<int>>, CancellationToken, Task<int>> run)
    {
        platform.AcceptOnlyFromAmong(Platforms.Web, Platforms.Slack, Platforms.Teams);
        var command = new Command("erase-person", "Erases a person: everything personal is gone, totals stay without a name.") { person, platform, workspace, yes };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parsed, cancellationToken) => run(
            parsed, Settings(parsed, args), (app, token) => PeopleCommands.EraseAsync(app, Who(parsed), parsed.GetValue(yes), token), cancellationToken));
        return command;
    }

    public Command Export(string[] args, Func<ParseResult, string[], Func<WebApplication, CancellationToken, Task<int>>, CancellationToken, Task<int>> run)
    {
        platform.AcceptOnlyFromAmong(Platforms.Web, Platforms.Slack, Platforms.Teams);
        var command = new Command("person", "Writes everything that is held about a person as JSON.") { person, platform, workspace, to };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parsed, cancellationToken) => run(
            parsed, Settings(parsed, args), (app, token) => PeopleCommands.ExportAsync(app, Who(parsed), parsed.GetValue(to), token), cancellationToken));
        return command;
    }

    private PersonArguments Who(ParseResult parsed) => new(parsed.GetValue(person)!.Trim(), parsed.GetValue(platform), parsed.GetValue(workspace));

    /// <summary>What the command line's own syntax did not take are settings.</summary>
    private static string[] Settings(ParseResult parsed, string[] args) => [.. args.Where(parsed.UnmatchedTokens.Contains)];
}
