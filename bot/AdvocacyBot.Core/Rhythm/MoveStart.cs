using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Programme;
using NodaTime;

namespace AdvocacyBot.Core.Rhythm;

/// <summary><em>Move to …</em>: a scheduled campaign starts on another day at the same hour, and ends as much later.</summary>
public sealed class MoveStart(ManagedCampaigns campaigns, FinishComposing finish, CampaignCards cards) : IActionHandler
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

        if (campaign.State != CampaignState.Scheduled || campaign.LocalStart is not { } start || RecurrenceRule.Date(start[..10]) is not { } from || RecurrenceRule.Date(token.Text) is not { } to)
        {
            return Reply.ReplaceCard(cards.One(campaign, t.Format("Campaigns.MoveNotAllowed", ("title", CardText.Escape(campaign.Title)), ("state", t[$"Campaigns.State{campaign.State}"])), turn));
        }

        if (to < CampaignTimes.Local(turn.Now, turn.Workspace.TimeZone).Date)
        {
            return Reply.ReplaceCard(cards.One(campaign, t["Rhythm.MovePast"], turn));
        }

        var days = Period.DaysBetween(from, to);
        var draft = CampaignDraft.From(campaign) with { Start = Later(start, days), End = campaign.LocalEnd is { } end ? Later(end, days) : "" };
        var said = await finish.RunAsync(campaign, draft, turn, cancellationToken);
        return Reply.ReplaceCard(cards.One(campaign, $"{t.Format("Rhythm.Moved", ("title", CardText.Escape(campaign.Title)), ("day", RecurrenceWords.Day(to, t)))} {said}", turn));
    }

    private static string Later(string local, int days) => RecurrenceRule.Local(RecurrenceRule.Date(local[..10])!.Value.PlusDays(days), local[^5..]);
}
