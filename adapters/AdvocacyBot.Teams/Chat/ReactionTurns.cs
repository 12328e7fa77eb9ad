using AdvocacyBot.Core.Chat;

namespace AdvocacyBot.Teams.Chat;

/// <summary>Reactions on the bot's messages; Teams tells of no others, and names the message in <c>replyToId</c>.</summary>
internal sealed class ReactionTurns(InteractionRouter router)
{
    public async Task HandleAsync(TeamsTurn turn, CancellationToken cancellationToken)
    {
        if (TeamsTurn.Clean(turn.Activity.ReplyToId) is not { Length: > 0 } message)
        {
            return;
        }

        foreach (var (reactions, added) in new[] { (turn.Activity.ReactionsAdded, true), (turn.Activity.ReactionsRemoved, false) })
        {
            foreach (var reaction in reactions)
            {
                if (TeamsTurn.Clean(reaction.Type) is { Length: > 0 } name)
                {
                    await router.StoreAsync(turn.Reaction(name, added, message), cancellationToken);
                }
            }
        }
    }
}
