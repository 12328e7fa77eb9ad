using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Data;

namespace AdvocacyBot.Tests.Campaigns;

public sealed class CampaignStatesTests
{
    [Theory]
    [InlineData(CampaignState.Draft, "Schedule Start Close Submit")]
    [InlineData(CampaignState.Scheduled, "Start Pause Close Submit")]
    [InlineData(CampaignState.Running, "Pause Close Submit")]
    [InlineData(CampaignState.Paused, "Resume Close Submit")]
    [InlineData(CampaignState.AwaitingApproval, "Schedule Start Close Submit SendBack")]
    [InlineData(CampaignState.Closed, "")]
    public void Each_state_has_its_moves_and_no_others(CampaignState state, string moves) =>
        Assert.Equal(moves, string.Join(' ', Enum.GetValues<CampaignMove>().Where(move => CampaignStates.Allows(state, move))));

    [Fact]
    public void A_move_that_is_not_allowed_changes_nothing()
    {
        var campaign = new Campaign { Code = "c", Title = "t", Link = "https://example.com", Language = "en", State = CampaignState.Closed, Version = 3 };

        Assert.False(campaign.TryMove(CampaignMove.Start, DateTimeOffset.UnixEpoch));
        Assert.Equal((CampaignState.Closed, 3), (campaign.State, campaign.Version));
    }

    [Theory]
    [InlineData("2026-03-29T01:30", "Europe/London", "2026-03-29T01:30:00Z")] // skipped: moves on
    [InlineData("2026-10-25T01:30", "Europe/London", "2026-10-25T00:30:00Z")] // comes twice: the first
    [InlineData("2026-11-23T09:00", "Asia/Jerusalem", "2026-11-23T07:00:00Z")]
    [InlineData("2026-11-23T09:00", "No/Such", "2026-11-23T09:00:00Z")]
    public void Wall_clock_times_become_instants(string local, string zone, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), CampaignTimes.Instant(local, zone));
}
