using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Suggestions;

namespace AdvocacyBot.Tests.Suggestions;

public sealed class SuggestionStatesTests
{
    [Theory]
    [InlineData(SuggestionState.Waiting, "AskBack Approve Decline Withdraw")]
    [InlineData(SuggestionState.AskedBack, "AskBack Answer Approve Decline Withdraw")]
    [InlineData(SuggestionState.Approved, "")]
    [InlineData(SuggestionState.Declined, "")]
    [InlineData(SuggestionState.Withdrawn, "")]
    public void Each_state_has_its_moves_and_no_others(SuggestionState state, string moves) => Assert.Equal(
        moves,
        string.Join(' ', Enum.GetValues<SuggestionMove>().Where(move => In(state).TryMove(move, DateTimeOffset.UnixEpoch))));

    [Fact]
    public void Its_link_is_free_again_as_soon_as_it_is_decided()
    {
        var asked = In(SuggestionState.Waiting);
        asked.TryMove(SuggestionMove.AskBack, DateTimeOffset.UnixEpoch);
        Assert.NotNull(asked.OpenKey);

        asked.TryMove(SuggestionMove.Decline, DateTimeOffset.UnixEpoch);
        Assert.Null(asked.OpenKey);
    }

    [Fact]
    public void A_move_that_is_not_allowed_changes_nothing()
    {
        var declined = In(SuggestionState.Declined);

        Assert.False(declined.TryMove(SuggestionMove.Approve, DateTimeOffset.UnixEpoch));
        Assert.Equal((SuggestionState.Declined, 0, "k"), (declined.State, declined.Version, declined.OpenKey));
    }

    private static Suggestion In(SuggestionState state) => new() { Title = "t", Language = "en", OpenKey = "k", State = state };
}
