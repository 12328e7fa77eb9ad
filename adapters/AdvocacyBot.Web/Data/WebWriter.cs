using AdvocacyBot.Core.Data;
using AdvocacyBot.Web.Hub;

namespace AdvocacyBot.Web.Data;

/// <summary>
/// Writes messages in the group commit: what returns is on disk, and the hub has been told. Takes no cancellation: what it writes shows an effect that is
/// committed already, and must not be lost because somebody closed the page.
/// </summary>
internal sealed class WebWriter(GroupCommitter committer, ChangeSignal signal, TimeProvider clock)
{
    public string NewId() => Guid.CreateVersion7(clock.GetUtcNow()).ToString("N");

    /// <returns>False: the same delivery or request has made a message before.</returns>
    public Task<bool> InsertAsync(NewMessage message) => WriteAsync(WebStatements.Insert(message));

    /// <inheritdoc cref="WebStatements.ReplaceOwn"/>
    /// <returns>False: it is not theirs, or is gone.</returns>
    public Task<bool> ReplaceOwnAsync(string messageId, string personId, string card, string? summary) =>
        WriteAsync(WebStatements.ReplaceOwn(messageId, personId, card, summary));

    public Task<bool> OverlayAsync(string messageId, string personId, string card) => WriteAsync(WebStatements.Overlay(messageId, personId, card));

    /// <returns>False: there is no such message.</returns>
    public Task<bool> ReplaceForAllAsync(string messageId, string card, string summary) =>
        WriteAsync(WebStatements.ReplaceForAll(messageId, card, summary));

    public Task<bool> RemoveAsync(string messageId) => WriteAsync(WebStatements.Remove(messageId, clock.GetUtcNow()));

    public Task<bool> ReactAsync(string messageId, string personId, string reaction, bool added) =>
        WriteAsync(WebStatements.React(messageId, personId, reaction, added, clock.GetUtcNow()));

    private async Task<bool> WriteAsync(BatchStatement[] statements)
    {
        var affected = await committer.ExecuteAsync(statements, CancellationToken.None);
        signal.Raise();
        return affected[1] > 0;
    }
}
