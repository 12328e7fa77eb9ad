using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Telemetry;
using AdvocacyBot.Tests.Delivery;
using AdvocacyBot.Tests.Host.Support;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.AspNetCore.Http;

namespace AdvocacyBot.Tests.Host.Telemetry;

public sealed class TelemetryTests
{
    private static readonly string[] Metrics =
    [
        "advocacybot.interaction.duration", "advocacybot.delivery.duration", "advocacybot.delivery.settled", "advocacybot.delivery.throttled", "advocacybot.redirect",
        "advocacybot.outbox.due", "advocacybot.outbox.age", "advocacybot.outbox.sending", "advocacybot.outbox.unknown",
    ];

    [Fact]
    public async Task A_collector_hears_of_interactions_deliveries_redirects_queue_waits_and_unknowns_and_of_nobody()
    {
        await using var collector = await OtlpReceiver.StartAsync();
        await using var world = await BroadcastWorld.StartAsync(postgres: null);
        await world.FillAsync(slackPeople: 3, teamsPeople: 1);
        world.Slack.Next.GetOrAdd("chat.postMessage", _ => new()).Enqueue(http =>
        {
            http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            http.Response.Headers.RetryAfter = "1";
            return Task.CompletedTask;
        });
        await using var host = await HostProcess.ServeAsync(
            world.Folder,
            [
                .. world.Settings.Where(setting => !setting.StartsWith("--Web", StringComparison.Ordinal)),
                $"--Telemetry:Endpoint={collector.Endpoint}", "--Telemetry:Interval=00:00:01", "--Telemetry:TracedPercent=100", "--Telemetry:ServiceName=bot-of-the-test",
            ]);
        using var http = host.Client();
        await new ChatPerson(http, "carmen").PublishAsync("Known to nobody");
        using var unknown = await http.GetAsync("/l/nosuchcode");

        await Eventually.SeeAsync(() => Task.FromResult(Metrics.Where(name => !collector.Has("/v1/metrics", name)).ToList()), missing => missing.Count == 0, "metrics");
        await Eventually.SeeAsync(world.StatesAsync, states => states.GetValueOrDefault(DeliveryState.Sent) >= 4, "four sent messages");
        host.RequestStop();
        Assert.Equal(0, (await host.ExitAsync()).ExitCode);

        Assert.True(collector.Has("/v1/traces", "interaction"));
        Assert.True(collector.Has("/v1/traces", "delivery"));
        Assert.True(collector.Has("/v1/metrics", "bot-of-the-test"));
        Assert.Equal(["/v1/metrics", "/v1/traces"], collector.Paths.Order());
        Assert.All(["carmen", "Carmen", "Known to nobody", "nosuchcode", "U9000001", "29:p0"], name => Assert.DoesNotContain(name, collector.All, StringComparison.Ordinal));
    }

    [Fact]
    public void What_nobody_listens_to_costs_no_memory()
    {
        BotTelemetry.Redirected("redirected");
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            BotTelemetry.Redirected("redirected");
            BotTelemetry.Came("slack", DeliveryKind.Note, DeliveryState.Sent, reason: null);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public async Task An_endpoint_that_is_none_stops_the_start()
    {
        using var folder = new HostFolder();
        var refused = await HostProcess.RunAsync("Development", folder.Path, "--Telemetry:Endpoint=collector:4318");

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("Telemetry:Endpoint", refused.Output, StringComparison.Ordinal);
    }
}
