using AdvocacyBot.Teams.Data;
using AdvocacyBot.Teams.Protocol;

namespace AdvocacyBot.Teams.Chat;

/// <summary>Takes every activity to where it is handled. Types that are not known are nobody's business here and are taken calmly.</summary>
internal sealed class TeamsTurnHandler(
    MessageTurns messages, InvokeTurns invokes, ReactionTurns reactions, LifecycleTurns lifecycle, IConversationReferences references, TenantClock tenants,
    Rosters rosters, TimeProvider clock) : ITurnHandler
{
    public async Task<InvokeResponse?> HandleAsync(Activity activity, CancellationToken cancellationToken)
    {
        if (TeamsTurn.From(activity, clock) is not { } turn)
        {
            return null;
        }

        var answer = await HandleAsync(turn, cancellationToken);
        return turn.Expected is { } expected && (answer is not null || activity.Type != ActivityTypes.Invoke) ? expected.Answer(activity, answer) : answer;
    }

    private async Task<InvokeResponse?> HandleAsync(TeamsTurn turn, CancellationToken cancellationToken)
    {
        switch (turn.Activity.Type)
        {
            case ActivityTypes.Message:
                var heard = await NoteAsync(turn, cancellationToken);
                await messages.HandleAsync(turn, cancellationToken);
                await tenants.SettleAsync(turn, cancellationToken);
                Read(heard);
                return null;
            case ActivityTypes.Invoke:
                // A message extension is used in conversations that the bot is not in.
                var used = ComposeExtensions.IsFrom(turn.Activity) ? null : await NoteAsync(turn, cancellationToken);
                var answer = await invokes.HandleAsync(turn, cancellationToken);
                Read(used);
                return answer;
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

    private async ValueTask<ConversationReference?> NoteAsync(TeamsTurn turn, CancellationToken cancellationToken)
    {
        var reference = turn.Reference();
        if (reference is not null)
        {
            await references.NoteAsync(reference, cancellationToken);
        }

        return reference;
    }

    // Afterwards, when the programme knows the conversation.
    private void Read(ConversationReference? reference)
    {
        if (reference is not null)
        {
            rosters.Want(reference);
        }
    }
}
