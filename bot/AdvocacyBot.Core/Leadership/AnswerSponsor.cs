using System.Globalization;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Programme;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Leadership;

/// <summary>A campaign whose sponsor the person is, still to be answered about or changed.</summary>
public sealed class SponsoredCampaigns(AdvocacyDb db)
{
    /// <returns>Tracked, with texts and prompts; or what to tell the person.</returns>
    public async Task<(Campaign? Campaign, Reply? Refusal)> FindAsync(long campaignId, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var campaign = await db.Campaigns.Include(c => c.Texts).Include(c => c.Prompts)
            .FirstOrDefaultAsync(c => c.Id == campaignId && c.WorkspaceId == turn.Workspace.Id && c.SponsorId == turn.Person.Id, cancellationToken);
        return campaign is null || campaign.State == CampaignState.Closed || campaign.SponsorAsk is null
            ? (null, Reply.Private(Notice.Card(turn.Texts, turn.Texts["Leadership.NotAskedAnyMore"])))
            : (campaign, null);
    }
}

/// <summary><em>Agree</em>, <em>Not in my name</em> and <em>Write</em>.</summary>
public sealed class AnswerSponsor(SponsoredCampaigns campaigns, SponsorAnswer answer, SponsorCards cards, DialogEngine dialogs) : IActionHandler
{
    public async Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(turn);
        var t = turn.Texts;
        var (campaign, refusal) = await campaigns.FindAsync(token.Subject, turn, cancellationToken);
        if (campaign is null)
        {
            return refusal!;
        }

        if (token.Verb == LeadershipRoutes.Write)
        {
            return await dialogs.BeginAsync(SponsorDialog.DialogId, SponsorDialog.With(campaign.Id), turn, cancellationToken);
        }

        if (token.Verb == LeadershipRoutes.Agree && (token.Generation != SponsorCards.Mark(campaign.SponsorMessage) || string.IsNullOrEmpty(campaign.SponsorMessage)))
        {
            return Reply.ReplaceCard(cards.Asked(campaign, turn.Person.Id, t));
        }

        var verdict = token.Verb == LeadershipRoutes.Agree ? SponsorAsk.Agreed : SponsorAsk.Declined;
        await answer.RunAsync(campaign, verdict, turn, cancellationToken);
        return Reply.ReplaceCard(Notice.Card(t, t.Format($"Leadership.You{verdict}", ("title", CardText.Escape(campaign.Title)))));
    }
}

/// <summary>Writes a sponsor's answer down: cards that stand are brought in line, and who composed the campaign hears of it. Runs in the caller's transaction.</summary>
public sealed class SponsorAnswer(AdvocacyDb db, PublishCampaign publish, AuditLog audit, NoteWriter notes, AfterCommit afterCommit, DeliverySignal signal)
{
    /// <param name="campaign">Tracked, with prompts.</param>
    public async Task RunAsync(Campaign campaign, SponsorAsk verdict, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(turn);
        if (campaign.SponsorAsk == verdict)
        {
            return;
        }

        audit.Note(turn, AuditActions.SponsorAnswered, campaign.Id, campaign.SponsorAsk?.ToString(), verdict.ToString());
        campaign.SponsorAsk = verdict;
        campaign.UpdatedAt = turn.Now;
        campaign.Version++;
        await db.SaveChangesAsync(cancellationToken);
        await publish.PlanAsync(campaign, turn.Now, cancellationToken);
        Tell(campaign, turn);
        afterCommit.Add(() => signal.Raise(campaign.WorkspaceId));
    }

    /// <summary>Only who composed it hears.</summary>
    public void Tell(Campaign campaign, TurnContext turn)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(turn);
        if (campaign.AuthorId != turn.Person.Id)
        {
            notes.Add(SponsorNotes.Answered, campaign.Id, campaign.AuthorId, turn, campaign.Version.ToString(CultureInfo.InvariantCulture));
        }
    }
}
