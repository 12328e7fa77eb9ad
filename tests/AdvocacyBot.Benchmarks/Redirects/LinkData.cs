using System.Globalization;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Links;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Benchmarks.Redirects;

/// <summary>A database with shares to follow, and what became of them.</summary>
internal sealed class LinkData : IAsyncDisposable
{
    private readonly Database database;

    private LinkData(Database database, string connectionString)
    {
        this.database = database;
        ConnectionString = connectionString;
    }

    public string ConnectionString { get; }

    public IReadOnlyList<string> Codes { get; private set; } = [];

    /// <summary><c>make-data DATABASE SHARES CODESFILE</c>: for measuring by hand with <c>serve-links</c> and <c>load</c>.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        await using var data = await CreateAsync(args[0], int.Parse(args[1], CultureInfo.InvariantCulture));
        await File.WriteAllLinesAsync(args[2], data.Codes);
        return 0;
    }

    /// <param name="target">A SQLite file, or a PostgreSQL connection string (its tables are dropped).</param>
    public static async Task<LinkData> CreateAsync(string target, int shares)
    {
        var postgres = target.StartsWith("Host=", StringComparison.Ordinal);
        var connectionString = postgres ? target : $"Data Source={target}";
        var options = new DatabaseOptions
        {
            ConnectionString = connectionString,
            Provider = postgres ? DatabaseProvider.PostgreSql : DatabaseProvider.Sqlite,
        };
        var data = new LinkData(new Database(Options.Create(options)), connectionString);
        await using var db = data.Context();
        await db.Database.EnsureDeletedAsync();
        await db.Database.EnsureCreatedAsync();
        data.Codes = await FillAsync(db, shares);
        return data;
    }

    /// <summary>Rows of clicks by code.</summary>
    public async Task<Dictionary<string, int>> ClicksAsync()
    {
        await using var db = Context();
        var byShare = await db.Clicks.GroupBy(click => click.ShareId).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(x => x.Key, x => x.Count);
        return await db.Shares.ToDictionaryAsync(share => share.Code, share => byShare.GetValueOrDefault(share.Id));
    }

    public async ValueTask DisposeAsync() => await database.DisposeAsync();

    private AdvocacyDb Context()
    {
        var options = new DbContextOptionsBuilder<AdvocacyDb>();
        database.Configure(options, "none", "__ef_history");
        return new AdvocacyDb(options.Options);
    }

    private static async Task<IReadOnlyList<string>> FillAsync(AdvocacyDb db, int shares)
    {
        var now = TimeProvider.System.GetUtcNow();
        var workspace = new Workspace { Platform = "web", ExternalId = "w", Name = "W", Language = "en", TimeZone = "UTC", CreatedAt = now };
        db.Add(workspace);
        await db.SaveChangesAsync();
        var conversation = new Conversation { WorkspaceId = workspace.Id, ExternalId = "c", Name = "C", CreatedAt = now };
        var people = Enumerable.Range(0, (shares / 50) + 1)
            .Select(i => new Person { WorkspaceId = workspace.Id, ExternalId = $"p{i}", Name = "P", CreatedAt = now }).ToList();
        db.Add(conversation);
        db.AddRange(people);
        await db.SaveChangesAsync();
        var campaigns = Enumerable.Range(0, 50).Select(i => new Campaign
        {
            WorkspaceId = workspace.Id,
            AuthorId = people[0].Id,
            Code = LinkCode.New(),
            Title = "T",
            Language = "en",
            Link = string.Create(CultureInfo.InvariantCulture, $"https://www.example.com/jobs/{i}"),
            State = CampaignState.Running,
            CreatedAt = now,
            UpdatedAt = now,
        }).ToList();
        db.AddRange(campaigns);
        await db.SaveChangesAsync();
        var made = Enumerable.Range(0, shares).Select(i => new Share
        {
            WorkspaceId = workspace.Id,
            CampaignId = campaigns[i % 50].Id,
            ConversationId = conversation.Id,
            PersonId = people[i / 50].Id,
            Text = "T",
            Language = "en",
            Code = LinkCode.New(),
            PrivateCode = LinkCode.New() + LinkCode.New(),
            CreatedAt = now,
        }).ToList();
        db.AddRange(made);
        await db.SaveChangesAsync();
        return [.. made.Select(share => share.Code)];
    }
}
