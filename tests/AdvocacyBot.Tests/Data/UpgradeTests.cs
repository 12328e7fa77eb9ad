using AdvocacyBot.Core.Data;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Tests.Data;

/// <summary>A database of the first version with a programme in it becomes one of this version, and nothing in it is lost.</summary>
[Collection(PostgresCollection.Name)]
public sealed class UpgradeTests(PostgresFixture postgres) : IDisposable
{
    private const string First = "20261122000000_Initial";

    /// <summary>Said in SQL, because the model is the new one.</summary>
    private const string Programme =
        """
        INSERT INTO workspaces ("Platform", "ExternalId", "Name", "Language", "TimeZone", "CreatedAt") VALUES ('web', 'demo', 'דמו', 'he', 'Asia/Jerusalem', 1);
        INSERT INTO conversations ("WorkspaceId", "ExternalId", "Kind", "Name", "DigestOn", "DigestHour", "CreatedAt") VALUES (1, 'general', 0, 'general', TRUE, 9, 2);
        INSERT INTO people ("WorkspaceId", "ExternalId", "Name", "Roles", "ConsentedAt", "AppearByName", "Reachable", "CreatedAt") VALUES (1, 'dana', 'דנה', 3, 7, TRUE, TRUE, 3);
        INSERT INTO campaigns ("WorkspaceId", "AuthorId", "Code", "State", "Title", "Summary", "Link", "ContentType", "Networks", "Minutes", "Language", "CreatedAt", "UpdatedAt", "Version")
            VALUES (1, 1, 'abc', 2, 'כותרת', '', 'https://example.com/', 0, 'linkedin', 2, 'he', 4, 5, 6);
        INSERT INTO prompts ("CampaignId", "ConversationId", "StartsAt", "PostedAt", "MessageId") VALUES (1, 1, 8, 9, 'm1');
        INSERT INTO deliveries ("PublicId", "WorkspaceId", "ConversationId", "Kind", "Key", "CampaignId", "PromptId", "State", "Attempts", "NotBefore", "CreatedAt", "UpdatedAt")
            VALUES ('6F9619FF-8B86-D011-B42D-00C04FC964FF', 1, 1, 0, 'prompt:1:1', 1, 1, 2, 1, 10, 11, 12);
        INSERT INTO ledger ("Key", "WorkspaceId", "ConversationId", "CampaignId", "PersonId", "Kind", "Amount", "At", "RecordedAt") VALUES ('said:1:0', 1, 1, 1, 1, 2, 1, 13, 14);
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("advocacy").FullName;

    [Fact]
    public Task On_SQLite() => UpgradeAsync(new() { ConnectionString = TestDatabase.Sqlite(Path.Combine(folder, "old.db")) });

    [PostgresFact]
    public async Task On_PostgreSQL() => await UpgradeAsync(new() { Provider = DatabaseProvider.PostgreSql, ConnectionString = await postgres.CreateDatabaseAsync() });

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static async Task UpgradeAsync(DatabaseOptions options)
    {
        await using var database = new Database(Options.Create(options));
        await using var db = new AdvocacyDb(TestDatabase.ContextOptions(database));
        await db.GetService<IMigrator>().MigrateAsync(First);
        await db.Database.ExecuteSqlRawAsync(Programme);

        await db.Database.MigrateAsync();

        var workspace = await db.Workspaces.SingleAsync();
        Assert.Equal(("דמו", null, null), (workspace.Name, workspace.StoppedAt, workspace.FourEyes));
        Assert.Equal((Roles.Owner | Roles.Comms, true), (await db.People.Select(p => p.Roles).SingleAsync(), (await db.People.SingleAsync()).AppearByName));
        var campaign = await db.Campaigns.Include(c => c.Prompts).SingleAsync();
        Assert.Equal(("כותרת", CampaignState.Running, 6, "m1"), (campaign.Title, campaign.State, campaign.Version, campaign.Prompts.Single().MessageId));
        Assert.Equal((null, null, null), (campaign.SuggestionId, campaign.WrittenBy, campaign.HeldAt));
        var delivery = await db.Deliveries.SingleAsync();
        Assert.Equal(("prompt:1:1", DeliveryState.Sent, null, null), (delivery.Key, delivery.State, delivery.PersonId, delivery.Topic));
        Assert.Equal("said:1:0", (await db.Ledger.SingleAsync()).Key);

        // And back, for who has to: what is new goes, what was there stays.
        await db.GetService<IMigrator>().MigrateAsync(First);
        await db.GetService<IMigrator>().MigrateAsync();
        db.ChangeTracker.Clear();
        Assert.Equal("כותרת", (await db.Campaigns.SingleAsync()).Title);
    }
}
