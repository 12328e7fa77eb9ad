using AdvocacyBot.Core.Data;

namespace AdvocacyBot.Core.Suggestions;

/// <summary>What can be done with a suggestion.</summary>
public enum SuggestionMove
{
    AskBack = 0,
    Answer = 1,
    Approve = 2,
    Decline = 3,
    Withdraw = 4,
}

/// <summary>The states of a suggestion and the moves between them; what is not in the table is not allowed.</summary>
public static class SuggestionStates
{
    private static readonly Dictionary<(SuggestionState From, SuggestionMove Move), SuggestionState> Moves = new()
    {
        [(SuggestionState.Waiting, SuggestionMove.AskBack)] = SuggestionState.AskedBack,
        [(SuggestionState.Waiting, SuggestionMove.Approve)] = SuggestionState.Approved,
        [(SuggestionState.Waiting, SuggestionMove.Decline)] = SuggestionState.Declined,
        [(SuggestionState.Waiting, SuggestionMove.Withdraw)] = SuggestionState.Withdrawn,
        [(SuggestionState.AskedBack, SuggestionMove.AskBack)] = SuggestionState.AskedBack,
        [(SuggestionState.AskedBack, SuggestionMove.Answer)] = SuggestionState.Waiting,
        [(SuggestionState.AskedBack, SuggestionMove.Approve)] = SuggestionState.Approved,
        [(SuggestionState.AskedBack, SuggestionMove.Decline)] = SuggestionState.Declined,
        [(SuggestionState.AskedBack, SuggestionMove.Withdraw)] = SuggestionState.Withdrawn,
    };

    public static bool IsOpen(SuggestionState state) => state is SuggestionState.Waiting or SuggestionState.AskedBack;

    /// <summary>Makes the move, or leaves the suggestion as it is.</summary>
    /// <returns>Whether the move was allowed.</returns>
    public static bool TryMove(this Suggestion suggestion, SuggestionMove move, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(suggestion);
        if (!Moves.TryGetValue((suggestion.State, move), out var next))
        {
            return false;
        }

        suggestion.State = next;
        suggestion.UpdatedAt = now;
        suggestion.Version++;
        if (!IsOpen(next))
        {
            suggestion.OpenKey = null;
        }

        return true;
    }
}
