using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Core.Dialogs;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Programme;

/// <summary><c>/advocate stop</c>: stops everything, after asking.</summary>
public sealed class StopSending(DialogEngine dialogs) : ICommandHandler
{
    public Task<Reply> HandleAsync(CommandInvoked interaction, TurnContext turn, CancellationToken cancellationToken) =>
        dialogs.BeginAsync(StopDialog.DialogId, null, turn, cancellationToken);
}

/// <summary>"Stop everything?" and, if so, pausing what runs and holding what is to be sent.</summary>
public sealed class StopDialog : WaterfallDialog
{
    public const string DialogId = "stop";
    public const string ConfirmPrompt = "stop.confirm";
    private readonly AdvocacyDb db;
    private readonly HoldEverything hold;

    public StopDialog(AdvocacyDb db, HoldEverything hold)
        : base(DialogId)
    {
        this.db = db;
        this.hold = hold;
        Steps = [AskAsync, StopAsync];
    }

    public override Roles For => CampaignRoutes.Managers;

    private async Task<DialogTurnResult> AskAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        if (await db.Workspaces.AnyAsync(w => w.Id == step.Turn.Workspace.Id && w.StoppedAt != null, cancellationToken))
        {
            return await step.EndDialogAsync(null, Reply.Private(Notice.Card(t, t["Programme.StoppedAlready"])), cancellationToken);
        }

        var live = await HoldEverything.Live(db, step.Turn.Workspace.Id).CountAsync(cancellationToken);
        return await step.PromptAsync(
            ConfirmPrompt,
            new Form
            {
                Token = "",
                Title = t["Programme.StopTitle"],
                Card = Notice.For(t, [new TextBlock(t["Programme.StopAsk"]), new TextBlock(t.Plural("Programme.StopCampaigns", live)) { IsSubtle = true }]),
                Actions = [new FormAction("stop", t["Programme.StopButton"], Destructive: true), ComposeForms.Cancel(t)],
            },
            cancellationToken);
    }

    private async Task<DialogTurnResult> StopAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        var paused = await hold.StopAsync(step.Turn, cancellationToken);
        return await step.EndDialogAsync(null, Reply.Private(Notice.Card(t, t.Plural("Programme.Stopped", paused))), cancellationToken);
    }
}

/// <summary><c>/advocate resume</c>: lets everything that was stopped go on.</summary>
public sealed class ResumeSending(HoldEverything hold) : ICommandHandler
{
    public async Task<Reply> HandleAsync(CommandInvoked interaction, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var t = turn.Texts;
        var resumed = await hold.ResumeAsync(turn, cancellationToken);
        return Reply.Private(Notice.Card(t, resumed is { } count ? t.Plural("Programme.Resumed", count) : t["Programme.NotStopped"]));
    }
}

/// <summary>Stops a workspace's sending and lets it go on. Runs in the caller's transaction.</summary>
public sealed class HoldEverything(AdvocacyDb db, PublishCampaign publish, AuditLog audit, AfterCommit afterCommit, DeliverySignal signal)
{
    public static IQueryable<Campaign> Live(AdvocacyDb db, long workspaceId)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Campaigns.Where(c => c.WorkspaceId == workspaceId && (c.State == CampaignState.Running || c.State == CampaignState.Scheduled));
    }

    /// <returns>How many campaigns were paused.</returns>
    public async Task<int> StopAsync(TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var workspace = await db.Workspaces.FirstAsync(w => w.Id == turn.Workspace.Id, cancellationToken);
        workspace.StoppedAt ??= turn.Now;
        var campaigns = await Live(db, turn.Workspace.Id).Include(c => c.Prompts).ToListAsync(cancellationToken);
        foreach (var campaign in campaigns)
        {
            campaign.TryMove(CampaignMove.Pause, turn.Now);
            campaign.HeldAt = turn.Now;
            await publish.PlanAsync(campaign, turn.Now, cancellationToken);
        }

        audit.Note(turn, AuditActions.SendingStopped, 0, null, $"campaigns paused: {campaigns.Count}");
        afterCommit.Add(() => signal.Raise(turn.Workspace.Id));
        return campaigns.Count;
    }

    /// <returns>How many campaigns run again; null where nothing was stopped.</returns>
    public async Task<int?> ResumeAsync(TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var workspace = await db.Workspaces.FirstAsync(w => w.Id == turn.Workspace.Id, cancellationToken);
        if (workspace.StoppedAt is null)
        {
            return null;
        }

        workspace.StoppedAt = null;
        var held = await db.Campaigns.Include(c => c.Prompts)
            .Where(c => c.WorkspaceId == turn.Workspace.Id && c.HeldAt != null && c.State == CampaignState.Paused).ToListAsync(cancellationToken);
        foreach (var campaign in held)
        {
            campaign.TryMove(CampaignMove.Resume, turn.Now);
            campaign.HeldAt = null;
            await publish.PlanAsync(campaign, turn.Now, cancellationToken);
        }

        audit.Note(turn, AuditActions.SendingResumed, 0, null, $"campaigns resumed: {held.Count}");
        afterCommit.Add(() => signal.Raise(turn.Workspace.Id));
        return held.Count;
    }
}
