using System.Globalization;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Programme;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Suggestions;

/// <summary><c>/advocate approve [page]</c>: suggestions, campaigns that wait for a second person, and colleagues who ask how to answer.</summary>
public sealed class ApprovalQueue(AdvocacyDb db, OpenSuggestions suggestions, QueueCards cards) : ICommandHandler
{
    public Task<Reply> HandleAsync(CommandInvoked interaction, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(interaction);
        return ShowAsync(interaction.Arguments.Trim(), turn, cancellationToken);
    }

    public async Task<Reply> ShowAsync(string asked, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var total = await suggestions.CountAsync(turn.Workspace.Id, cancellationToken);
        var pages = Math.Max(1, (total + QueueCards.PageSize - 1) / QueueCards.PageSize);
        var page = int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, 1, pages) : 1;
        var shown = await suggestions.PageAsync(turn.Workspace.Id, (page - 1) * QueueCards.PageSize, QueueCards.PageSize, cancellationToken);
        var waiting = await db.Campaigns.AsNoTracking()
            .Where(c => c.WorkspaceId == turn.Workspace.Id && c.State == CampaignState.AwaitingApproval)
            .OrderBy(c => c.UpdatedAt).ThenBy(c => c.Id).Take(QueueCards.MostCampaigns).ToListAsync(cancellationToken);
        var rule = FourEyesRule.Parse(await db.Workspaces.Where(w => w.Id == turn.Workspace.Id).Select(w => w.FourEyes).FirstAsync(cancellationToken));
        var asking = await db.HelpRequests.AsNoTracking()
            .Where(r => turn.Person.Has(CampaignRoutes.Managers) && r.WorkspaceId == turn.Workspace.Id && r.State == HelpState.Waiting)
            .OrderBy(r => r.CreatedAt).ThenBy(r => r.Id).Take(QueueCards.MostRequests).ToListAsync(cancellationToken);
        return Reply.Private(cards.Queue(new QueuePage(shown, page, pages, total, waiting, asking, rule is not null), turn));
    }
}

/// <summary>The button of a note that leads to the queue.</summary>
public sealed class ShowQueue(ApprovalQueue queue) : IActionHandler
{
    public Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken) => queue.ShowAsync("", turn, cancellationToken);
}
