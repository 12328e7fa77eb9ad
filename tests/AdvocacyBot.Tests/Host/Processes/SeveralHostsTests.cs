using System.Diagnostics;
using System.Net;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Tests.Delivery;
using AdvocacyBot.Tests.Host.Support;
using AdvocacyBot.Tests.Infrastructure;
using AdvocacyBot.Tests.Slack.Support;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Xunit.Abstractions;

namespace AdvocacyBot.Tests.Host.Processes;

/// <summary>Three hosts on one PostgreSQL, and one that dies in the middle of everything.</summary>
[Collection(PostgresCollection.Name)]
public sealed class SeveralHostsTests(PostgresFixture postgres, ITestOutputHelper output)
{
    private const int Hosts = 3;
    private const int People = 2000;
    private const int Channels = 20;

    [PostgresFact]
    public async Task One_dies_while_it_sends_and_everything_goes_on_once()
    {
        await using var world = await BroadcastWorld.StartAsync(await postgres.CreateDatabaseAsync());
        await world.FillAsync(People, teamsPeople: 0);
        await AddDueDigestsAsync(world);
        var halfWay = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var calls = 0;
        world.Slack.Watch = moment =>
        {
            if (moment == CallMoment.Arrived && Interlocked.Increment(ref calls) == People / 4)
            {
                halfWay.SetResult();
                Await(goOn.Task);
            }

            return CallFate.GoesOn;
        };

        var hosts = await Task.WhenAll(Enumerable.Range(0, Hosts).Select(i => HostProcess.ServeAsync(
            world.Folder, [.. world.Settings.Where(s => !s.StartsWith("--Database:Conn", StringComparison.Ordinal) && !s.StartsWith("--Web", StringComparison.Ordinal)),
                $"--Database:ConnectionString={world.Database.ConnectionString};Application Name=host{i}", "--Scheduler:Clustered=true", "--Scheduler:CheckIn=00:00:02"])));
        try
        {
            using var balancer = new LoadBalancer(hosts);
            using var http = balancer.Client();
            var carmen = new ChatPerson(http, "carmen");
            var texts = await carmen.DraftAsync("Three hosts");
            Assert.NotNull(texts.Form);

            await halfWay.Task;
            var sending = await SendingHostAsync(world);
            var dead = hosts[sending];
            dead.Kill();
            var since = Stopwatch.StartNew();
            var before = world.Slack.With(s => s.Messages.Count);
            goOn.SetResult();
            await dead.Exited;

            // The dialog that began before goes on with the hosts that are left.
            Assert.Equal("private", (await carmen.FinishAsync(texts.Form!)).Reply);
            await world.Slack.AwaitAsync(s => s.Messages.Count > before + OutboxRunLimit ? s : null, "message after the death");
            output.WriteLine($"host {sending} died; others had sent on after {since.Elapsed.TotalSeconds:F1} s");

            await Eventually.SeeAsync(
                world.StatesAsync, states => states.Keys.All(state => state is not (DeliveryState.Pending or DeliveryState.Sending)), "an outbox with nothing left to do");
            await new ChatPerson(http, "alice").ReadAsync(ChatJourneys.General);
            await CheckAsync(world);
        }
        finally
        {
            goOn.TrySetResult();
            foreach (var one in hosts)
            {
                await one.DisposeAsync();
            }
        }
    }

    [PostgresFact]
    public async Task A_host_without_the_others_says_that_it_is_ready_and_one_on_SQLite_refuses()
    {
        using var folder = new HostFolder();
        var refused = await HostProcess.RunAsync("Development", folder.Path, "--Scheduler:Clustered=true");
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("Scheduler:Clustered needs PostgreSQL", refused.Output, StringComparison.Ordinal);

        await using var host = await HostProcess.ServeAsync(
            folder.Path, "--Database:Provider=PostgreSql", $"--Database:ConnectionString={await postgres.CreateDatabaseAsync()}", "--Scheduler:Clustered=true");
        using var http = host.Client();
        using var ready = await http.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        await new ChatPerson(http, "carmen").PublishAsync("Alone");
        await new ChatPerson(http, "alice").AwaitPromptAsync("Alone");
    }

    /// <summary>Holds up one call of the fake, which answers others meanwhile.</summary>
    private static void Await(Task task) => task.GetAwaiter().GetResult();

    /// <summary>What was on its way when the host died may still be carried out without anybody sending on.</summary>
    private static int OutboxRunLimit => Core.Delivery.SendWindow.Most;

    private static async Task AddDueDigestsAsync(BroadcastWorld world)
    {
        var now = TimeProvider.System.GetUtcNow();
        await world.QueryAsync(async db =>
        {
            var workspace = await db.Workspaces.FirstAsync(w => w.Platform == "slack");
            for (var i = 0; i < Channels; i++)
            {
                var id = $"C7{i:D4}";
                world.Slack.Channels[id] = new FakeChannel(id, $"channel-{i}") { Members = { FakeSlack.Bot, "U0ALICE" } };
                db.Add(new Conversation
                {
                    WorkspaceId = workspace.Id, ExternalId = id, Name = $"channel-{i}", TimeZone = "Etc/UTC", DigestDay = now.DayOfWeek, DigestHour = now.Hour, CreatedAt = now.AddDays(-30),
                });
            }

            return await db.SaveChangesAsync();
        });
    }

    /// <summary>The database knows who holds the workspace's lock.</summary>
    private static async Task<int> SendingHostAsync(BroadcastWorld world)
    {
        await using var connection = new NpgsqlConnection(world.Database.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            "SELECT a.application_name FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid WHERE l.locktype = 'advisory' AND l.granted AND a.application_name LIKE 'host%' "
            + "AND l.objid = (SELECT \"Id\" FROM workspaces WHERE \"Platform\" = 'slack')::oid AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())",
            connection);
        return ((string)(await command.ExecuteScalarAsync())!)[^1] - '0';
    }

    private static async Task CheckAsync(BroadcastWorld world)
    {
        world.Slack.AssertNoFaults();
        var deliveries = await world.QueryAsync(db => (
            from d in db.Deliveries
            join w in db.Workspaces on d.WorkspaceId equals w.Id
            join c in db.Conversations on d.ConversationId equals c.Id
            where w.Platform == "slack"
            select new { d.Kind, d.State, d.PublicId, Channel = c.ExternalId }).ToListAsync());
        Assert.All(deliveries, delivery => Assert.Equal(DeliveryState.Sent, delivery.State));
        var posted = world.Slack.With(s => s.Messages.Select(message => (string?)message.Metadata?["event_payload"]?["delivery_id"]).OfType<string>().Order().ToList());

        // What the death left in doubt was found, and brought up to date.
        Assert.Equal(deliveries.Where(d => d.Kind != DeliveryKind.PromptUpdate).Select(d => d.PublicId.ToString("N")).Order(), posted);
        Assert.Equal(People, deliveries.Count(d => d.Kind == DeliveryKind.Prompt));
        Assert.Equal(
            Enumerable.Range(0, Channels).Select(i => $"C7{i:D4}"), deliveries.Where(d => d.Kind == DeliveryKind.Digest && d.Channel.StartsWith("C7", StringComparison.Ordinal)).Select(d => d.Channel).Order());
    }
}
