using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Programme;
using AdvocacyBot.Core.Suggestions;

namespace AdvocacyBot.Core.Digests;

/// <summary>The button of a digest when nothing is open to share: an empty suggestion.</summary>
public sealed class SuggestFromDigest(DialogEngine dialogs) : IActionHandler
{
    public Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        return dialogs.BeginAsync(
            SuggestDialog.DialogId,
            SuggestDialog.With(new SuggestionDraft { Language = turn.Language.Code, ByName = turn.Person.AppearByName }, note: null),
            turn,
            cancellationToken);
    }
}
