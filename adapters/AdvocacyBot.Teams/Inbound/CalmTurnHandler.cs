using AdvocacyBot.Teams.Protocol;

namespace AdvocacyBot.Teams.Inbound;

/// <summary>Takes everything and does nothing.</summary>
internal sealed class CalmTurnHandler : ITurnHandler
{
    public Task<InvokeResponse?> HandleAsync(Activity activity, CancellationToken cancellationToken) => Task.FromResult<InvokeResponse?>(null);
}
