using AdvocacyBot.Core.Data;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Tests.Data;

[Collection(PostgresCollection.Name)]
public sealed class PostgresModelTests(PostgresFixture postgres)
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 9, 0, 0, 123, TimeSpan.FromHours(2));

    [PostgresFact]
    public async Task The_model_makes_its_tables_and_gives_back_what_was_put_in()
    {
        var connectionString = await postgres.CreateDatabaseAsync();
        await using (var db = Open(connectionString))
        {
            Assert.True(await db.Database.EnsureCreatedAsync());
            db.Workspaces.Add(New("T1"));
            await db.SaveChangesAsync();
        }

        await using (var db = Open(connectionString))
        {
            var found = await db.Workspaces.SingleAsync();
            Assert.Equal(("T1", "צוות תקשורת", Start), (found.ExternalId, found.Name, found.CreatedAt));
        }
    }

    [PostgresFact]
    public async Task Unique_keys_hold()
    {
        await using var db = Open(await postgres.CreateDatabaseAsync());
        await db.Database.EnsureCreatedAsync();
        db.Workspaces.AddRange(New("T1"), New("T1"));
        await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync());
    }

    private static Workspace New(string id) => new()
    {
        Platform = "slack",
        ExternalId = id,
        Name = "צוות תקשורת",
        Language = "he",
        TimeZone = "Asia/Jerusalem",
        CreatedAt = Start,
    };

    private static AdvocacyDb Open(string connectionString) =>
        new(new DbContextOptionsBuilder<AdvocacyDb>().UseNpgsql(connectionString).Options);
}
