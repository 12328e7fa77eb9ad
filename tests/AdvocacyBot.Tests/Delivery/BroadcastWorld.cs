using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Tests.Host.Support;
using AdvocacyBot.Tests.Infrastructure;
using AdvocacyBot.Tests.Slack.Support;
using AdvocacyBot.Tests.Teams.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Tests.Delivery;

/// <summary>Thousands of people in a fake Slack and a fake Teams, a campaign with a direct message for each, and the settings of a host that sends them.</summary>
internal sealed class BroadcastWorld : IAsyncDisposable
{
    private readonly HostFolder folder = new();
    private readonly FakeLogin login;

    private BroadcastWorld(FakeSlack slack, FakeLogin login, FakeConnector teams, DatabaseOptions database)
    {
        Slack = slack;
        this.login = login;
        Teams = teams;
        Database = database;
    }

    public FakeSlack Slack { get; }

    public FakeConnector Teams { get; }

    public DatabaseOptions Database { get; private set; }

    public string Folder => folder.Path;

    public string[] Settings =>
    [
        "--Web:Enabled=false", $"--Database:Provider={Database.Provider}", $"--Database:ConnectionString={Database.ConnectionString.Replace(NotPooled, "", StringComparison.Ordinal)}",
        "--Slack:Enabled=true", $"--Slack:SigningSecret={FakeSlack.SigningSecret}", $"--Slack:BotToken={FakeSlack.BotToken}", $"--Slack:ApiBaseUrl={Slack.Api.AbsoluteUri}",
        $"--Teams:AppId={FakeLogin.AppId}", $"--Teams:ClientSecret={FakeLogin.Secret}", $"--Teams:TenantId={FakeConnector.Tenant}", "--Teams:AllowedServiceHosts:0=127.0.0.1",
        $"--Teams:OpenIdMetadataUrl={login.MetadataUrl.AbsoluteUri}", $"--Teams:TokenEndpoint={login.TokenEndpoint.AbsoluteUri}", "--Logging:LogLevel:AdvocacyBot.Core=Warning",
    ];

    /// <summary>For the test's own connections, so that nothing holds the file when it is deleted; the host's are as its users have them.</summary>
    private const string NotPooled = ";Pooling=False";

    /// <param name="postgres">A database's connection string; null: SQLite.</param>
    public static async Task<BroadcastWorld> StartAsync(string? postgres)
    {
        var signIn = await FakeLogin.StartAsync();
        var world = new BroadcastWorld(await FakeSlack.StartAsync(), signIn, await FakeConnector.StartAsync(signIn), new DatabaseOptions());
        world.Database = postgres is null
            ? new DatabaseOptions { ConnectionString = $"Data Source={Path.Combine(world.Folder, "broadcast.db")}{NotPooled}" }
            : new DatabaseOptions { Provider = DatabaseProvider.PostgreSql, ConnectionString = postgres };
        var migrated = await HostProcess.RunAsync("Development", world.Folder, ["migrate", .. world.Settings]);
        Assert.True(migrated.ExitCode == 0, migrated.Output);
        return world;
    }

    /// <summary>Writes people, and a campaign for each workspace with a message to everybody that is due now.</summary>
    public async Task FillAsync(int slackPeople, int teamsPeople)
    {
        await using var database = new Database(Options.Create(Database));
        await using var db = new AdvocacyDb(TestDatabase.ContextOptions(database));
        await FillAsync(db, Platforms.Slack, FakeSlack.Team, Enumerable.Range(0, slackPeople).Select(SlackId).ToList());
        await FillAsync(db, Platforms.Teams, FakeConnector.Tenant, Enumerable.Range(0, teamsPeople).Select(TeamsId).ToList());
        foreach (var id in Enumerable.Range(0, slackPeople).Select(SlackId))
        {
            Slack.Users[id] = new FakeUser(id, id);
        }

        foreach (var id in Enumerable.Range(0, teamsPeople).Select(TeamsId))
        {
            var chat = Teams.AddPersonal(id);
            await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO teams_conversations ("TenantId", "Id", "Kind", "ServiceUrl", "UserId", "UpdatedAt")
                VALUES ({FakeConnector.Tenant}, {chat}, {(int)ConversationKind.Personal}, {Teams.ServiceUrl}, {id}, 1)
                """);
        }
    }

    public async Task<T> QueryAsync<T>(Func<AdvocacyDb, Task<T>> query)
    {
        await using var database = new Database(Options.Create(Database));
        await using var db = new AdvocacyDb(TestDatabase.ContextOptions(database));
        return await query(db);
    }

    public Task<Dictionary<DeliveryState, int>> StatesAsync() => QueryAsync(db =>
        db.Deliveries.GroupBy(d => d.State).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(row => row.Key, row => row.Count));

    public async ValueTask DisposeAsync()
    {
        await Slack.DisposeAsync();
        await Teams.DisposeAsync();
        await login.DisposeAsync();
        folder.Dispose();
    }

    private static string SlackId(int i) => $"U9{i:D6}";

    private static string TeamsId(int i) => $"29:p{i}";

    private static async Task FillAsync(AdvocacyDb db, string platform, string workspaceId, List<string> ids)
    {
        if (ids.Count == 0)
        {
            return;
        }

        var now = TimeProvider.System.GetUtcNow();
        var workspace = new Workspace { Platform = platform, ExternalId = workspaceId, Name = platform, Language = "en", TimeZone = "Europe/London", CreatedAt = now };
        db.Add(workspace);
        await db.SaveChangesAsync();
        var place = new Conversation
        {
            WorkspaceId = workspace.Id, ExternalId = "direct:story", Kind = ConversationKind.Personal, Name = "Direct messages", DigestOn = false, CreatedAt = now,
        };
        var people = ids.ConvertAll(id => new Person { WorkspaceId = workspace.Id, ExternalId = id, Name = id, CreatedAt = now });
        db.Add(place);
        db.AddRange(people);
        await db.SaveChangesAsync();
        var campaign = new Campaign
        {
            WorkspaceId = workspace.Id, AuthorId = people[0].Id, Code = platform, State = CampaignState.Running, Title = "Our story", Link = "https://www.example.com/story",
            Language = "en", CreatedAt = now, PublishedAt = now, Version = 1, Prompts = { new Prompt { ConversationId = place.Id, Direct = true, StartsAt = now } },
        };
        db.Add(campaign);
        await db.SaveChangesAsync();
        db.AddRange(people.Select(person => new Core.Data.Delivery
        {
            PublicId = Guid.NewGuid(),
            WorkspaceId = workspace.Id,
            ConversationId = place.Id,
            CampaignId = campaign.Id,
            PromptId = campaign.Prompts[0].Id,
            Kind = DeliveryKind.Prompt,
            Key = $"direct:{campaign.Prompts[0].Id}:{person.Id}",
            PersonId = person.Id,
            Priority = Core.Data.Delivery.Bulk,
            NotBefore = now,
            CreatedAt = now,
            UpdatedAt = now,
        }));
        await db.SaveChangesAsync();
        db.ChangeTracker.Clear();
    }
}
