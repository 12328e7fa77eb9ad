using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Teams.Data;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Tests.Teams.Outbound;

/// <summary>Where conversations are, on the other database.</summary>
[Collection(PostgresCollection.Name)]
public sealed class PostgresReferencesTests(PostgresFixture postgres)
{
    [PostgresFact]
    public async Task What_is_noted_blocked_and_noted_again_is_found()
    {
        var options = Options.Create(new DatabaseOptions { Provider = DatabaseProvider.PostgreSql, ConnectionString = await postgres.CreateDatabaseAsync() });
        await using var database = new Database(options);
        var builder = new DbContextOptionsBuilder<TeamsDb>();
        database.Configure(builder, typeof(TeamsDb).Assembly.GetName().Name!, TeamsDb.HistoryTable);
        await using (var db = new TeamsDb(builder.Options))
        {
            await db.Database.MigrateAsync();
        }

        using var committer = new GroupCommitter(database);
        await committer.StartAsync(CancellationToken.None);
        using var reads = new QuickReads(database);
        var references = new ConversationReferences(committer, reads, TimeProvider.System);
        var chat = new ConversationReference { TenantId = "t", ConversationId = "a:1", Kind = ConversationKind.Personal, ServiceUrl = "https://smba.trafficmanager.net/emea/", UserId = "29:dana" };

        await references.NoteAsync(chat, CancellationToken.None);
        await references.BlockAsync("t", "a:1", "teams_blocked", CancellationToken.None);
        Assert.Equal(chat with { Blocked = "teams_blocked" }, await references.FindPersonalAsync("t", "29:dana", CancellationToken.None));
        Assert.Equal("a:1", (await references.FindAnyAsync("t", CancellationToken.None))?.ConversationId);
        Assert.Null(await references.FindAnyAsync("another", CancellationToken.None));

        await references.NoteAsync(chat, CancellationToken.None);
        Assert.Equal(chat, await references.FindAsync("t", "a:1", CancellationToken.None));
        await committer.StopAsync(CancellationToken.None);
    }
}
