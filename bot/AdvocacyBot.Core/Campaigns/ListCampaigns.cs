using System.Globalization;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Rhythm;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Campaigns;

/// <summary>
/// <c>/advocate campaigns [page]</c>: newest first, with what can be done with each. <c>calendar</c> and <c>recurring</c> show the same by time.
/// </summary>
public sealed class ListCampaigns(AdvocacyDb db, CampaignCards cards, ShowCalendar calendar, ListRecurrences recurring) : ICommandHandler
{
    public async Task<Reply> HandleAsync(CommandInvoked interaction, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(interaction);
        ArgumentNullException.ThrowIfNull(turn);
        var words = interaction.Arguments.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries);
        switch (words.FirstOrDefault()?.ToLowerInvariant())
        {
            case "calendar" or "לוח" or "יומן":
                return await calendar.ShowAsync(words.ElementAtOrDefault(1) ?? "", turn, cancellationToken);
            case "recurring" or "חוזרים":
                return Reply.Private(await recurring.CardAsync(said: null, turn, cancellationToken));
        }

        var all = db.Campaigns.AsNoTracking().Where(c => c.WorkspaceId == turn.Workspace.Id);
        var total = await all.CountAsync(cancellationToken);
        var pages = Math.Max(1, (total + CampaignCards.PageSize - 1) / CampaignCards.PageSize);
        var page = int.TryParse(interaction.Arguments.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var asked)
            ? Math.Clamp(asked, 1, pages)
            : 1;
        var campaigns = await all
            .OrderBy(c => c.State == CampaignState.Closed).ThenByDescending(c => c.UpdatedAt).ThenByDescending(c => c.Id)
            .Skip((page - 1) * CampaignCards.PageSize).Take(CampaignCards.PageSize)
            .ToListAsync(cancellationToken);
        var stopped = await db.Workspaces.AnyAsync(w => w.Id == turn.Workspace.Id && w.StoppedAt != null, cancellationToken);
        return Reply.Private(cards.List(campaigns, page, total, stopped, turn));
    }
}
