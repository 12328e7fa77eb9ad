using System.Diagnostics;
using AdvocacyBot.Tests.Teams.Support;

namespace AdvocacyBot.Tests.Teams.Journeys;

/// <summary>Waits for what the host does beside the requests (outbox, rosters) by asking it something that takes a moment, until it has happened.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static Task SeesAsync(this TeamsHost host, Func<bool> condition, string what) => host.SeesAsync(() => Task.FromResult(condition()), what);

    public static async Task SeesAsync(this TeamsHost host, Func<Task<bool>> condition, string what)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(watch.Elapsed < Patience, $"In vain: {what}");
            using var answer = await host.Http.GetAsync(new Uri("/health/ready", UriKind.Relative));
        }
    }

    public static async Task<SentMessage> MessageAsync(this TeamsHost host, string conversation, Func<SentMessage, bool> wanted, string what)
    {
        await host.SeesAsync(() => host.Connector.In(conversation).Any(wanted), what);
        return host.Connector.In(conversation).Last(wanted);
    }
}
