using AdvocacyBot.Tests.Infrastructure;
using AdvocacyBot.Tests.Teams.Support;

namespace AdvocacyBot.Tests.Teams.Journeys;

/// <summary>Waits for what the host does beside the requests (outbox, rosters).</summary>
internal static class TeamsHostWaits
{
    public static Task SeesAsync(this TeamsHost host, Func<bool> condition, string what) => host.SeesAsync(() => Task.FromResult(condition()), what);

    public static Task SeesAsync(this TeamsHost host, Func<Task<bool>> condition, string what) => Eventually.SeeAsync(
        async () =>
        {
            // Takes a moment of the host, so that the looking leaves it room.
            using var answer = await host.Http.GetAsync(new Uri("/health/ready", UriKind.Relative));
            return await condition();
        },
        what);

    public static async Task<SentMessage> MessageAsync(this TeamsHost host, string conversation, Func<SentMessage, bool> wanted, string what)
    {
        await host.SeesAsync(() => host.Connector.In(conversation).Any(wanted), what);
        return host.Connector.In(conversation).Last(wanted);
    }
}
