using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;

namespace AdvocacyBot.Teams.Chat;

/// <summary>For what happens without anybody waiting for an answer: reactions, members, installations.</summary>
internal static class Storing
{
    /// <summary>Carries it out, or has Teams deliver the activity again.</summary>
    /// <exception cref="DatabaseUnavailableException">The database could not store it.</exception>
    public static async Task<Reply> StoreAsync(this InteractionRouter router, Interaction interaction, CancellationToken cancellationToken)
    {
        var reply = await router.DispatchAsync(interaction, cancellationToken);
        return reply is PrivateReply { NotStored: true }
            ? throw new DatabaseUnavailableException("The database could not store what Teams told.", innerException: null)
            : reply;
    }
}
