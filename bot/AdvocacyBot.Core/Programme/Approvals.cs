using System.Globalization;
using AdvocacyBot.Core.Broadcasts;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Programme;

public enum ApprovalOutcome
{
    Approved = 0,
    SentBack = 1,

    /// <summary>It is not waiting for approval any more.</summary>
    NotWaiting = 2,

    /// <summary>It was edited since it was shown.</summary>
    Changed = 3,

    /// <summary>The person wrote part of it.</summary>
    Own = 4,

    /// <summary>Its end has passed while it waited.</summary>
    Over = 5,
}

/// <summary>Approval by a second person. Runs in the caller's transaction.</summary>
public sealed class Approvals(AdvocacyDb db, PublishCampaign publish, AuditLog audit, NoteWriter notes)
{
    /// <summary>Who may approve.</summary>
    public const Roles Approvers = Roles.Approver | Roles.Owner;

    /// <summary>Whether another person has to approve what was composed.</summary>
    public async Task<bool> AreNeededAsync(CampaignDraft draft, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(draft);
        ArgumentNullException.ThrowIfNull(turn);
        var stored = await db.Workspaces.AsNoTracking().Where(w => w.Id == turn.Workspace.Id).Select(w => w.FourEyes).FirstAsync(cancellationToken);
        IReadOnlyCollection<long> places = draft.Audience is { By: AudienceBy.Direct } ? [.. draft.Channels, FourEyesRule.DirectMessages] : draft.Channels;
        return FourEyesRule.Parse(stored)?.AppliesTo(draft.ContentType, places) == true;
    }

    /// <summary>Asks for approval.</summary>
    /// <returns>How many people can give it.</returns>
    public async Task<int> SubmitAsync(Campaign campaign, CampaignDraft draft, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(turn);
        var before = campaign.State.ToString();
        await publish.SubmitAsync(campaign, draft, turn, cancellationToken);
        audit.Note(turn, AuditActions.CampaignSubmitted, campaign.Id, before, campaign.State.ToString());
        var approvers = await db.People.AsNoTracking()
            .Where(p => p.WorkspaceId == turn.Workspace.Id && p.Reachable && (p.Roles & Approvers) != Roles.None)
            .Select(p => p.Id).ToListAsync(cancellationToken);
        approvers.RemoveAll(id => campaign.IsWrittenBy(id));
        foreach (var approver in approvers)
        {
            notes.Add(ApprovalNotes.Asked, campaign.Id, approver, turn, campaign.Version.ToString(CultureInfo.InvariantCulture));
        }

        return approvers.Count;
    }

    /// <param name="campaign">Tracked, with texts and prompts.</param>
    /// <param name="version">Of the campaign when it was shown to the person.</param>
    /// <param name="turn">Who and when.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public async Task<ApprovalOutcome> ApproveAsync(Campaign campaign, int version, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(turn);
        if (Refusal(campaign, version, turn) is { } refusal)
        {
            return refusal;
        }

        // What goes to people alone has no prompts before it is published.
        var over = campaign.Prompts.Count > 0
            ? campaign.Prompts.TrueForAll(p => p.EndsAt is { } end && end <= turn.Now)
            : CampaignTimes.Instant(campaign.LocalEnd, turn.Workspace.TimeZone) <= turn.Now;
        if (over)
        {
            return ApprovalOutcome.Over;
        }

        var told = Writers(campaign);
        campaign.WrittenBy = null;
        await publish.RunAsync(campaign, CampaignDraft.From(campaign), turn, cancellationToken);
        audit.Note(turn, AuditActions.CampaignApproved, campaign.Id, nameof(CampaignState.AwaitingApproval), campaign.State.ToString());
        Tell(ApprovalNotes.Approved, campaign, told, turn);
        return ApprovalOutcome.Approved;
    }

    /// <inheritdoc cref="ApproveAsync"/>
    /// <param name="reason">In the approver's words; reaches those who wrote it.</param>
    public ApprovalOutcome SendBack(Campaign campaign, int version, string reason, TurnContext turn)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(turn);
        if (Refusal(campaign, version, turn) is { } refusal)
        {
            return refusal;
        }

        campaign.TryMove(CampaignMove.SendBack, turn.Now);
        campaign.SentBackReason = reason;
        audit.Note(turn, AuditActions.CampaignSentBack, campaign.Id, nameof(CampaignState.AwaitingApproval), campaign.State.ToString());
        Tell(ApprovalNotes.SentBack, campaign, Writers(campaign), turn);
        return ApprovalOutcome.SentBack;
    }

    private static ApprovalOutcome? Refusal(Campaign campaign, int version, TurnContext turn) => campaign switch
    {
        { State: not CampaignState.AwaitingApproval } => ApprovalOutcome.NotWaiting,
        _ when campaign.Version != version => ApprovalOutcome.Changed,
        _ when campaign.IsWrittenBy(turn.Person.Id) => ApprovalOutcome.Own,
        _ => null,
    };

    private static List<long> Writers(Campaign campaign) =>
        [.. campaign.Writers.Append(campaign.AuthorId).Distinct()];

    private void Tell(string topic, Campaign campaign, List<long> people, TurnContext turn)
    {
        foreach (var person in people.Where(id => id != turn.Person.Id))
        {
            notes.Add(topic, campaign.Id, person, turn, campaign.Version.ToString(CultureInfo.InvariantCulture));
        }
    }
}
