using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Programme;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Rhythm;

/// <summary>All campaigns that come again, for <c>/advocate campaigns recurring</c> and its button.</summary>
public sealed class ListRecurrences(AdvocacyDb db, RecurrenceCards cards) : IActionHandler
{
    private const int Most = 12;

    public async Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken) =>
        Reply.Private(await CardAsync(said: null, turn, cancellationToken));

    public async Task<AdaptiveCard> CardAsync(string? said, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var all = await (
            from recurrence in db.Recurrences.AsNoTracking()
            join campaign in db.Campaigns.AsNoTracking() on recurrence.CampaignId equals campaign.Id
            where recurrence.WorkspaceId == turn.Workspace.Id && recurrence.StoppedAt == null
            orderby recurrence.Id descending
            select new { recurrence, campaign.Title }).Take(Most).ToListAsync(cancellationToken);
        return cards.List(all.ConvertAll(x => (x.recurrence, x.Title)), said, turn);
    }
}

/// <summary><em>Skip</em>, <em>Keep</em> and <em>Stop</em>. What has been made for a day that is not to be is closed before it starts.</summary>
public sealed class ChangeRecurrence(AdvocacyDb db, ListRecurrences list, MoveCampaign move, AuditLog audit) : IActionHandler
{
    public async Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(turn);
        var t = turn.Texts;
        var recurrence = await db.Recurrences.FirstOrDefaultAsync(
            r => r.Id == token.Subject && r.WorkspaceId == turn.Workspace.Id && r.StoppedAt == null, cancellationToken);
        if (recurrence is null)
        {
            return Reply.ReplaceCard(await list.CardAsync(t["Rhythm.NotRecurringAnyMore"], turn, cancellationToken));
        }

        string said;
        if (token.Verb == RhythmRoutes.Stop)
        {
            recurrence.StoppedAt = turn.Now;
            audit.Note(turn, AuditActions.RecurrenceStopped, recurrence.Id, null, null);
            await CloseAsync(recurrence, day: null, turn, cancellationToken);
            said = t["Rhythm.StoppedNow"];
        }
        else if (RecurrenceRule.Date(token.Text) is { } day)
        {
            var skip = token.Verb == RhythmRoutes.Skip;
            if (!skip && RecurrenceWords.IsDone(recurrence, day))
            {
                return Reply.ReplaceCard(await list.CardAsync(t["Rhythm.TooLateToKeep"], turn, cancellationToken));
            }

            recurrence.SkipDay(token.Text, skip);
            audit.Note(turn, AuditActions.RecurrenceSkipped, recurrence.Id, null, $"{token.Text}: {(skip ? "skipped" : "kept")}");
            if (skip)
            {
                await CloseAsync(recurrence, token.Text, turn, cancellationToken);
            }

            said = t.Format(skip ? "Rhythm.SkippedNow" : "Rhythm.KeptNow", ("day", RecurrenceWords.Day(day, t)));
        }
        else
        {
            return Reply.ReplaceCard(await list.CardAsync(said: null, turn, cancellationToken));
        }

        recurrence.Version++;
        await db.SaveChangesAsync(cancellationToken);
        return Reply.ReplaceCard(await list.CardAsync(said, turn, cancellationToken));
    }

    private async Task CloseAsync(Recurrence recurrence, string? day, TurnContext turn, CancellationToken cancellationToken)
    {
        var made = await db.Campaigns.Include(c => c.Texts).Include(c => c.Prompts)
            .Where(c => c.RecurrenceId == recurrence.Id && (day == null || c.Occurrence == day)
                && (c.State == CampaignState.Scheduled || c.State == CampaignState.AwaitingApproval) && c.Prompts.All(p => p.PostedAt == null))
            .ToListAsync(cancellationToken);
        foreach (var campaign in made)
        {
            await move.MoveAsync(campaign, CampaignMove.Close, turn, cancellationToken);
        }
    }
}
