using System.Globalization;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Tests.Host.Support;
using AdvocacyBot.Tests.Infrastructure;
using AdvocacyBot.Tests.Slack.Support;
using Microsoft.EntityFrameworkCore;
using Xunit.Abstractions;

namespace AdvocacyBot.Tests.Delivery;

/// <summary>
/// Kills the host with -9 again and again while it sends direct messages (as often as the environment variable <c>BROADCAST_KILLS</c> says, a hundred messages for
/// each time; few without it, because each life takes seconds): before a call reached the platform, after it was carried out, after it was answered, while it
/// settles what the last death left. Slack can tell what it has, so everybody there gets the message once; Teams cannot, so nobody gets it twice and what is in doubt says so.
/// </summary>
[Collection(PostgresCollection.Name)]
public sealed class KilledBroadcastTests(PostgresFixture postgres, ITestOutputHelper output)
{
    private const int PerLife = 100;
    private static readonly int Lives = int.Parse(Environment.GetEnvironmentVariable("BROADCAST_KILLS") ?? "2", CultureInfo.InvariantCulture);
    private static readonly int SlackPeople = Lives * PerLife * 4 / 5;
    private static readonly int TeamsPeople = Lives * PerLife / 5;

    private readonly Lock gate = new();
    private HostProcess? host;
    private int callsUntilDeath;
    private CallMoment deadlyMoment;
    private bool deadlyCallIsLost;
    private TaskCompletionSource died = new();

    [Theory]
    [InlineData(20261122)]
    public Task On_SQLite_nobody_is_forgotten_and_nobody_gets_it_twice(int seed) => RunAsync(seed, connection: null);

    [PostgresTheory]
    [InlineData(20261123)]
    public async Task On_PostgreSQL_nobody_is_forgotten_and_nobody_gets_it_twice(int seed) => await RunAsync(seed, await postgres.CreateDatabaseAsync());

    private async Task RunAsync(int seed, string? connection)
    {
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var world = await BroadcastWorld.StartAsync(connection);
        await world.FillAsync(SlackPeople, TeamsPeople);
        world.Slack.Watch = LookOn;
        world.Teams.Watch = LookOn;
        for (var life = 0; life < Lives; life++)
        {
            await using var mortal = HostProcess.Begin("Development", world.Folder, ["--PublicUrl=https://share.example.com", "--urls=http://127.0.0.1:0", .. world.Settings]);
            var dead = Doom(mortal, random);
            Assert.True(await Task.WhenAny(dead, mortal.Exited) == dead || dead.IsCompleted, $"The host ended by itself:\n{mortal.Output}");
            await mortal.KillAsync();
        }

        await using (await HostProcess.ServeAsync(world.Folder, world.Settings))
        {
            await Eventually.SeeAsync(
                world.StatesAsync, states => states.Keys.All(state => state is not (DeliveryState.Pending or DeliveryState.Sending)), "an outbox with nothing left to do");
        }

        await CheckAsync(world);
    }

    private Task Doom(HostProcess mortal, Random random)
    {
        lock (gate)
        {
            host = mortal;

            // Together fewer than there are messages: the last life, too, has something to send.
            callsUntilDeath = random.Next(1, PerLife);
            deadlyMoment = (CallMoment)random.Next(2);
            deadlyCallIsLost = random.Next(2) == 0;
            died = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return died.Task;
        }
    }

    private CallFate LookOn(CallMoment moment)
    {
        lock (gate)
        {
            if (moment != deadlyMoment || host is null || --callsUntilDeath > 0)
            {
                return CallFate.GoesOn;
            }

            host.Kill();
            host = null;
            died.SetResult();
            return deadlyCallIsLost ? CallFate.Lost : CallFate.GoesOn;
        }
    }

    private async Task CheckAsync(BroadcastWorld world)
    {
        world.Slack.AssertNoFaults();
        world.Teams.AssertExpected();
        var deliveries = await world.QueryAsync(db => (
            from d in db.Deliveries
            join p in db.People on d.PersonId equals p.Id
            join w in db.Workspaces on d.WorkspaceId equals w.Id
            where d.Kind == DeliveryKind.Prompt
            select new { w.Platform, Person = p.ExternalId, d.State, d.Reason, d.PublicId }).ToListAsync());
        Assert.Equal(SlackPeople + TeamsPeople, deliveries.Count);

        var posted = world.Slack.With(s => s.Messages.ToLookup(message => message.Channel, message => (string?)message.Metadata?["event_payload"]?["delivery_id"]));
        foreach (var delivery in deliveries.Where(d => d.Platform == "slack"))
        {
            Assert.Equal(DeliveryState.Sent, delivery.State);
            Assert.Equal([delivery.PublicId.ToString("N")], posted[FakeSlack.Direct(delivery.Person)]);
        }

        var arrived = world.Teams.Messages.ToLookup(message => message.Conversation);
        var unknown = 0;
        foreach (var delivery in deliveries.Where(d => d.Platform == "teams"))
        {
            var messages = arrived[$"a:1-{delivery.Person[3..]}"].Count();
            if (delivery.State == DeliveryState.Sent)
            {
                Assert.Equal(1, messages);
                continue;
            }

            Assert.Equal((DeliveryState.Unknown, "interrupted"), (delivery.State, delivery.Reason));
            Assert.InRange(messages, 0, 1);
            unknown++;
        }

        output.WriteLine($"Slack: {SlackPeople} once each; Teams: {TeamsPeople - unknown} sent, {unknown} unknown");
    }
}
