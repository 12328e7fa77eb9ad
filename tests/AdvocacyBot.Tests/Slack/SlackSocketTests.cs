using System.Diagnostics;
using AdvocacyBot.Tests.Infrastructure;
using AdvocacyBot.Tests.Slack.Support;

namespace AdvocacyBot.Tests.Slack;

/// <summary>Socket Mode: connections come and go, and nothing gets lost between them.</summary>
public sealed class SlackSocketTests
{
    [Fact]
    public async Task A_connection_that_Slack_warns_about_is_replaced_before_it_ends()
    {
        await using var world = await SlackWorld.StartAsync(socket: true);
        var alice = world.Person("U0ALICE");
        Assert.NotNull(await alice.CommandAsync("help"));
        var first = world.Slack.Sockets.Single();

        await FakeSlack.DisconnectAsync(first, "warning");
        await world.Slack.AwaitAsync(s => s.Connections == 2 ? s : null, "second connection");
        Assert.NotNull(await alice.CommandAsync("help"));

        world.Slack.Sockets[^1].Abort();
        await world.Slack.AwaitAsync(s => s.Connections == 3 ? s : null, "third connection");
        Assert.NotNull(await alice.CommandAsync("help"));
        world.Slack.AssertNoFaults();
    }

    [Fact]
    public async Task A_switched_off_Socket_Mode_is_not_tried_again()
    {
        await using var world = await SlackWorld.StartAsync(socket: true);
        await world.Person("U0ALICE").CommandAsync("help");

        await FakeSlack.DisconnectAsync(world.Slack.Sockets.Single(), "link_disabled");
        await world.Slack.AwaitAsync(s => s.Sockets.Count == 0 ? s : null, "end of the connection");

        Assert.Equal(1, world.Slack.Calls.Count(call => call == "apps.connections.open"));
    }

    [Fact]
    public async Task Over_Socket_Mode_no_request_is_taken_by_HTTP()
    {
        await using var world = await SlackWorld.StartAsync(socket: true);
        foreach (var path in new[] { "/slack/commands", "/slack/interactions", "/slack/events", "/slack/options" })
        {
            using var request = HttpTransport.Signed(path, "{}"u8.ToArray(), "application/json", TimeProvider.System.GetUtcNow());
            using var response = await world.Http.SendAsync(request);
            Assert.Equal(System.Net.HttpStatusCode.NotFound, response.StatusCode);
        }
    }

    [Fact]
    public async Task Slacks_own_client_gets_along_with_the_Slack_of_these_tests()
    {
        await using var slack = await FakeSlack.StartAsync();
        var folder = Repository.Folder("tests", "conformance", "bolt");
        await NodeTools.InstallAsync(folder);
        using var client = Process.Start(new ProcessStartInfo("node", ["socket-client.mjs", slack.Api.AbsoluteUri, FakeSlack.AppToken])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        try
        {
            var alice = new SlackUser(slack, new SocketTransport(slack), "U0ALICE", FakeSlack.General);
            var answer = await slack.DeliverAsync("slash_commands", new System.Text.Json.Nodes.JsonObject { ["command"] = "/advocate", ["text"] = "help" }, acceptsPayload: true);
            Assert.Equal("heard", (string?)answer?["text"]);
            await alice.WriteToBotAsync("hello");
            await slack.DeliverAsync("slash_commands", new System.Text.Json.Nodes.JsonObject { ["command"] = "/advocate", ["text"] = "stop" }, acceptsPayload: false);
            slack.AssertNoFaults();
        }
        finally
        {
            if (!client.HasExited)
            {
                client.Kill();
            }

            await client.WaitForExitAsync();
        }
    }

    [Fact]
    public async Task A_command_that_nobody_knows_is_answered_over_the_socket_too()
    {
        await using var world = await SlackWorld.StartAsync(socket: true);
        var answer = await world.Person("U0NOA").CommandAsync("helpp");
        Assert.True(SlackReader.Says(SlackReader.Text(answer!), "/advocate help"));
    }
}
