using AdvocacyBot.Core.Data;

namespace AdvocacyBot.Core.Campaigns;

/// <summary>What can be done with a campaign as a whole.</summary>
public enum CampaignMove
{
    Schedule = 0,
    Start = 1,
    Pause = 2,
    Resume = 3,
    Close = 4,

    /// <summary>Asks another person to approve it: a new campaign, or an edit of one that was published, which rests until then.</summary>
    Submit = 5,
    SendBack = 6,
}

/// <summary>The states of a campaign and the moves between them; what is not in the table is not allowed.</summary>
public static class CampaignStates
{
    private static readonly Dictionary<(CampaignState From, CampaignMove Move), CampaignState> Moves = new()
    {
        [(CampaignState.Draft, CampaignMove.Schedule)] = CampaignState.Scheduled,
        [(CampaignState.Draft, CampaignMove.Start)] = CampaignState.Running,
        [(CampaignState.Draft, CampaignMove.Close)] = CampaignState.Closed,
        [(CampaignState.Scheduled, CampaignMove.Start)] = CampaignState.Running,
        [(CampaignState.Scheduled, CampaignMove.Pause)] = CampaignState.Paused,
        [(CampaignState.Scheduled, CampaignMove.Close)] = CampaignState.Closed,
        [(CampaignState.Running, CampaignMove.Pause)] = CampaignState.Paused,
        [(CampaignState.Running, CampaignMove.Close)] = CampaignState.Closed,
        [(CampaignState.Paused, CampaignMove.Resume)] = CampaignState.Running,
        [(CampaignState.Paused, CampaignMove.Close)] = CampaignState.Closed,
        [(CampaignState.Draft, CampaignMove.Submit)] = CampaignState.AwaitingApproval,
        [(CampaignState.Scheduled, CampaignMove.Submit)] = CampaignState.AwaitingApproval,
        [(CampaignState.Running, CampaignMove.Submit)] = CampaignState.AwaitingApproval,
        [(CampaignState.Paused, CampaignMove.Submit)] = CampaignState.AwaitingApproval,
        [(CampaignState.AwaitingApproval, CampaignMove.Submit)] = CampaignState.AwaitingApproval,
        [(CampaignState.AwaitingApproval, CampaignMove.SendBack)] = CampaignState.Draft,
        [(CampaignState.AwaitingApproval, CampaignMove.Schedule)] = CampaignState.Scheduled,
        [(CampaignState.AwaitingApproval, CampaignMove.Start)] = CampaignState.Running,
        [(CampaignState.AwaitingApproval, CampaignMove.Close)] = CampaignState.Closed,
    };

    public static bool Allows(CampaignState from, CampaignMove move) => Moves.ContainsKey((from, move));

    /// <summary>Makes the move, or leaves the campaign as it is.</summary>
    /// <returns>Whether the move was allowed.</returns>
    public static bool TryMove(this Campaign campaign, CampaignMove move, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        if (!Moves.TryGetValue((campaign.State, move), out var next))
        {
            return false;
        }

        campaign.State = next;
        campaign.UpdatedAt = now;
        campaign.Version++;
        switch (move)
        {
            case CampaignMove.Schedule or CampaignMove.Start:
                campaign.PublishedAt ??= now;
                break;
            case CampaignMove.Close:
                campaign.ClosedAt = now;
                break;
        }

        return true;
    }

    /// <summary>Its words can still become a first or another post: nobody sees them yet.</summary>
    public static bool IsUnpublished(CampaignState state) => state is CampaignState.Draft or CampaignState.AwaitingApproval;

    /// <summary>Whether its words can be changed.</summary>
    public static bool CanEdit(CampaignState state) => state != CampaignState.Closed;
}
