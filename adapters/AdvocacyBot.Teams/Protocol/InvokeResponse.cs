namespace AdvocacyBot.Teams.Protocol;

/// <summary>The HTTP answer to an invoke: its status, and the body itself without any wrapper.</summary>
/// <param name="Status">HTTP status code.</param>
/// <param name="Body">UTF-8 JSON; empty for none.</param>
internal sealed record InvokeResponse(int Status, ReadOnlyMemory<byte> Body = default);

/// <summary>Takes an activity whose sender has been verified.</summary>
internal interface ITurnHandler
{
    /// <summary>
    /// Handles one activity. The token is the turn's own time-out (see <c>TeamsOptions.TurnTimeout</c>), not the end of the HTTP request: what was begun is
    /// finished when Teams has given up waiting.
    /// </summary>
    /// <returns>Null: an empty 200 for a message or event, 501 for an invoke.</returns>
    Task<InvokeResponse?> HandleAsync(Activity activity, CancellationToken cancellationToken);
}
