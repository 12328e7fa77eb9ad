using AdvocacyBot.Core.Chat;
using AdvocacyBot.Teams.Data;
using AdvocacyBot.Teams.Protocol;

namespace AdvocacyBot.Teams.Chat;

/// <summary>Takes every activity to where it is handled. Types that are not known are nobody's business here and are taken calmly.</summary>
internal sealed class TeamsTurnHandler(
    MessageTurns messages, InvokeTurns invokes, ReactionTurns reactions, LifecycleTurns lifecycle, IConversationReferences references, Rosters rosters, TimeProvider clock)
    : ITurnHandler
{
    public async Task<InvokeResponse?> HandleAsync(Activity activity, CancellationToken cancellationToken)
    {
        if (TeamsTurn.From(activity, clock) is not { } turn)
        {
            return null;
        }

        switch (activity.Type)
        {
            case ActivityTypes.Message:
                await NoteAsync(turn, cancellationToken);
                await messages.HandleAsync(turn, cancellationToken);
                return null;
            case ActivityTypes.Invoke:
                // A message extension is used in conversations that the bot is not in.
                if (!ComposeExtensions.IsFrom(activity))
                {
                    await NoteAsync(turn, cancellationToken);
                }

                return await invokes.HandleAsync(turn, cancellationToken);
            case ActivityTypes.MessageReaction:
                await reactions.HandleAsync(turn, cancellationToken);
                return null;
            case ActivityTypes.ConversationUpdate:
            case ActivityTypes.InstallationUpdate:
                await lifecycle.HandleAsync(turn, cancellationToken);
                return null;
            default:
                // Edited and deleted messages among them: what was asked for has been done.
                return null;
        }
    }

    private async ValueTask NoteAsync(TeamsTurn turn, CancellationToken cancellationToken)
    {
        if (turn.Reference() is { } reference)
        {
            await references.NoteAsync(reference, cancellationToken);
            rosters.Want(reference);
        }
    }
}
