using AdvocacyBot.Core.Broadcasts;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Leadership;
using AdvocacyBot.Core.Programme;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Campaigns;

/// <summary>
/// The last button of composing: publishes, saves an edit, or asks another person to approve where the programme wants that. Runs in the caller's transaction.
/// </summary>
public sealed class FinishComposing(AdvocacyDb db, PublishCampaign publish, Approvals approvals, AskSponsor sponsor, AuditLog audit)
{
    /// <param name="campaign">Tracked, with texts and prompts; not closed.</param>
    /// <param name="draft">What was composed.</param>
    /// <param name="turn">Who and when.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>What to tell the person.</returns>
    public async Task<string> RunAsync(Campaign campaign, CampaignDraft draft, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(draft);
        ArgumentNullException.ThrowIfNull(turn);
        var t = turn.Texts;
        var (state, version) = (campaign.State, campaign.Version);
        var changes = CampaignDraft.From(campaign).Changes(draft);
        draft.ApplyTo(campaign, turn.Now);
        var asked = await sponsor.RunAsync(campaign, turn, cancellationToken);
        var title = ("title", (object?)CardText.Escape(campaign.Title));
        if ((CampaignStates.IsUnpublished(state) || changes.Count > 0) && await approvals.AreNeededAsync(draft, turn, cancellationToken))
        {
            campaign.AddWriter(turn.Person.Id);
            NoteEdit();
            var approvers = await approvals.SubmitAsync(campaign, draft, turn, cancellationToken);
            return With(approvers == 0 ? t.Format("Programme.SubmittedNobody", title) : t.Plural("Programme.Submitted", approvers, title));
        }

        campaign.WrittenBy = null;
        await publish.RunAsync(campaign, draft, turn, cancellationToken);
        if (CampaignStates.IsUnpublished(state))
        {
            audit.Note(turn, AuditActions.CampaignPublished, campaign.Id, state.ToString(), campaign.State.ToString());
        }
        else
        {
            NoteEdit();
        }

        var said = !CampaignStates.IsUnpublished(state)
            ? t.Format("Campaigns.Edited", title)
            : campaign.State == CampaignState.Scheduled
                ? t.Format("Campaigns.Scheduled", title, ("when", draft.Start.Replace('T', ' ')))
                : await PublishedAsync(campaign, draft, t, cancellationToken);
        var stopped = await db.Workspaces.AnyAsync(w => w.Id == turn.Workspace.Id && w.StoppedAt != null, cancellationToken);
        return With(stopped ? $"{said} {t["Programme.StoppedNote"]}" : said);

        string With(string first) => asked is null ? first : $"{first} {asked}";

        async Task<string> PublishedAsync(Campaign published, CampaignDraft composed, Localization.Texts texts, CancellationToken token)
        {
            var inChannels = composed.Channels.Count > 0 ? texts.Plural("Campaigns.Published", composed.Channels.Count, title) : null;
            if (composed.Audience is not { By: AudienceBy.Direct })
            {
                return inChannels ?? texts.Format("Broadcasts.PublishedNowhere", title);
            }

            var people = await db.Deliveries.CountAsync(
                d => d.CampaignId == published.Id && d.PersonId != null && d.Kind == DeliveryKind.Prompt && d.State == DeliveryState.Pending, token);
            var direct = people switch
            {
                0 => texts.Format("Broadcasts.PublishedNobody", title),
                < CampaignNumbers.SmallestGroup => texts.Format("Broadcasts.PublishedFew", title, ("limit", CampaignNumbers.SmallestGroup)),
                _ => texts.Plural("Broadcasts.PublishedDirect", people, title),
            };
            return inChannels is null ? direct : $"{inChannels} {direct}";
        }

        void NoteEdit()
        {
            if (state != CampaignState.Draft && changes.Count > 0)
            {
                audit.Note(turn, AuditActions.CampaignEdited, campaign.Id, $"version {version}", $"version {campaign.Version}: {string.Join(", ", changes)}");
            }
        }
    }
}
