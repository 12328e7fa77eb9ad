using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;

namespace AdvocacyBot.Core.Dialogs;

/// <summary>
/// Whether a person has a dialog open, looked up without the engine: making that, with all its dialogs, costs many times the look, and most people have none.
/// </summary>
public sealed class OpenDialogs(QuickReads reads)
{
    public async ValueTask<bool> AnyAsync(TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var expires = await reads.FirstAsync(
            new("""SELECT "ExpiresAt" FROM dialog_states WHERE "ConversationId" = $1 AND "PersonId" = $2""", turn.Conversation.Id, turn.Person.Id),
            row => row.Number(0),
            cancellationToken);
        return expires > turn.Now.ToUnixTimeMilliseconds();
    }
}
