using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Slack.Inbound;
using Microsoft.Extensions.Logging;

namespace AdvocacyBot.Slack.Installations;

/// <summary>The app was removed or its tokens revoked: nothing is sent there any more, and what is secret is forgotten.</summary>
internal sealed partial class LostAccess(InstallationStore store, InstallationBook book, InteractionRouter router, TimeProvider clock, ILogger<LostAccess> logger)
{
    /// <summary>Errors that say the token will never work again (docs.slack.dev, each method's errors).</summary>
    public static bool Means(string error) => error is "account_inactive" or "token_revoked" or "team_access_not_granted";

    public async Task NoteAsync(string installationId, string reason, CancellationToken cancellationToken)
    {
        if (!book.End(installationId))
        {
            return;
        }

        Log.Lost(logger, installationId, reason);
        try
        {
            await PurgeAsync(installationId, cancellationToken);
        }
        catch
        {
            // It is told again: by the repeated event, or by the next call.
            book.Reopen();
            throw;
        }
    }

    private async Task PurgeAsync(string installationId, CancellationToken cancellationToken)
    {
        var reply = await router.DispatchAsync(
            new BotRemoved
            {
                Workspace = new WorkspaceRef(Platforms.Slack, installationId),
                Conversation = new ConversationRef(SlackIds.Slackbot.Id, ConversationKind.Personal),
                Person = SlackIds.Slackbot,
                DedupKey = $"lost:{clock.GetUtcNow().ToUnixTimeMilliseconds()}",
                At = clock.GetUtcNow(),
                WholeWorkspace = true,
            },
            cancellationToken);
        if (reply is PrivateReply { NotStored: true })
        {
            throw new DatabaseUnavailableException("The end of a Slack installation could not be stored.", innerException: null);
        }

        // Last, because a repeated event finds its way by it.
        await store.RemoveAsync(installationId, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Slack installation {Installation} has ended: {Reason}")]
        public static partial void Lost(ILogger logger, string installation, string reason);
    }
}
