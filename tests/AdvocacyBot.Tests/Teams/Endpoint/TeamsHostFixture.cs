using AdvocacyBot.Tests.Teams.Support;

namespace AdvocacyBot.Tests.Teams.Endpoint;

/// <summary>One host for a class of tests that each send activities of their own.</summary>
public sealed class TeamsHostFixture : IAsyncLifetime
{
    internal RecordingTurns Turns { get; } = new();

    internal TeamsHost Host { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Host = await TeamsHost.StartAsync(handler: Turns);
        TokenCases.AddKeys(Host.Login);
    }

    public Task DisposeAsync() => Host.DisposeAsync().AsTask();
}
