using AdvocacyBot.Core.Data;
using AdvocacyBot.Slack;
using AdvocacyBot.Slack.Data;
using AdvocacyBot.Slack.Inbound;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Tests.Slack.Inbound;

/// <summary>The events that were acknowledged and are still to be done, between two hosts.</summary>
[Collection(PostgresCollection.Name)]
public sealed class EventInboxTests(PostgresFixture postgres) : IDisposable
{
    private static readonly IncomingEvent Event = new("T0001:Ev1", "{\"type\":\"event_callback\",\"text\":\"שלום\"}"u8.ToArray());
    private readonly string folder = Directory.CreateTempSubdirectory("advocacy").FullName;

    [Fact]
    public Task On_SQLite_one_host_has_it_at_a_time() => OneAtATimeAsync(new() { ConnectionString = TestDatabase.Sqlite(Path.Combine(folder, "inbox.db")) });

    [PostgresFact]
    public async Task On_PostgreSQL_one_host_has_it_at_a_time() =>
        await OneAtATimeAsync(new() { Provider = DatabaseProvider.PostgreSql, ConnectionString = await postgres.CreateDatabaseAsync() });

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static async Task OneAtATimeAsync(DatabaseOptions options)
    {
        await using var database = new Database(Options.Create(options));
        await SlackChannel.MigrateAsync(database, CancellationToken.None);
        var clock = new ManualTimeProvider();
        EventInbox first = Inbox(database, clock), second = Inbox(database, clock);

        Assert.True(await first.TryKeepAsync(Event, CancellationToken.None));
        Assert.True(await first.TryKeepAsync(Event, CancellationToken.None));
        Assert.Empty(await first.TakeAsync(all: true, CancellationToken.None));
        Assert.Empty(await second.TakeAsync(all: false, CancellationToken.None));

        // The first is gone, and so is its lease.
        clock.Advance(EventInbox.Lease);
        var taken = Assert.Single(await second.TakeAsync(all: false, CancellationToken.None));
        Assert.Equal(("T0001:Ev1", "{\"type\":\"event_callback\",\"text\":\"שלום\"}"), (taken.Key, taken.Payload));
        var third = Inbox(database, clock);
        Assert.Empty(await third.TakeAsync(all: false, CancellationToken.None));

        // Not carried out: it comes again soon; carried out: never.
        await second.LeaveAsync(taken.Key, settled: false);
        clock.Advance(EventWorker.Look);
        var both = await Task.WhenAll(Enumerable.Range(0, 2).Select(i => (i == 0 ? second : third).TakeAsync(all: false, CancellationToken.None)));
        Assert.Equal("T0001:Ev1", Assert.Single(both.SelectMany(events => events)).Key);
        await second.LeaveAsync(taken.Key, settled: true);
        clock.Advance(EventInbox.Lease);
        Assert.Empty(await Inbox(database, clock).TakeAsync(all: true, CancellationToken.None));
    }

    private static EventInbox Inbox(Database database, TimeProvider clock)
    {
        var options = new DbContextOptionsBuilder<SlackDb>();
        database.Configure(options, typeof(SlackDb).Assembly.GetName().Name!, SlackDb.HistoryTable);
        return new EventInbox(database, new PooledDbContextFactory<SlackDb>(options.Options), clock, NullLogger<EventInbox>.Instance);
    }
}
