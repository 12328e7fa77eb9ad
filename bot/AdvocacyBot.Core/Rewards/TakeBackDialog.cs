using System.Globalization;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Programme;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Rewards;

/// <summary>Takes a reward back: the row stays with who did it, when and why, and its money is free again.</summary>
public sealed class TakeBackDialog : WaterfallDialog
{
    public const string DialogId = "reward.take_back";
    public const string PromptId = "reward.take_back.form";

    private readonly AdvocacyDb db;
    private readonly AuditLog audit;
    private readonly NoteWriter notes;

    public TakeBackDialog(AdvocacyDb db, AuditLog audit, NoteWriter notes)
        : base(DialogId)
    {
        this.db = db;
        this.audit = audit;
        this.notes = notes;
        Steps = [AskAsync, SaveAsync];
    }

    public override Roles For => CampaignRoutes.Managers;

    public static IReadOnlyDictionary<string, string> Check(FormInput input, DialogContext context)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(context);
        return TakeBackForm.Check(input, context.Turn.Texts, "reward", context.Turn.Texts["Rewards.WhyMissing"]);
    }

    private async Task<DialogTurnResult> AskAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        var standing = await db.Rewards.AsNoTracking().Where(r => r.WorkspaceId == step.Turn.Workspace.Id && r.ReversedAt == null)
            .OrderByDescending(r => r.GivenAt).ThenByDescending(r => r.Id).Take(TakeBackForm.Shown).ToListAsync(cancellationToken);
        if (standing.Count == 0)
        {
            return await step.EndDialogAsync(null, Reply.Private(Notice.Card(t, t["Rewards.None"])), cancellationToken);
        }

        var ids = standing.Select(r => r.PersonId).Distinct().ToList();
        var names = await db.People.AsNoTracking().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, cancellationToken);
        return await step.PromptAsync(
            PromptId,
            new Form
            {
                Token = "",
                Title = t["Rewards.TakeBackTitle"],
                Card = TakeBackForm.Card(
                    t, "reward", t["Rewards.TakeBackHow"], t["Rewards.WhyMissing"], standing.Select(r => (Title(r), r.Id.ToString(CultureInfo.InvariantCulture)))),
                Actions = [new FormAction("back", t["Rewards.TakeBackSend"], Destructive: true), ComposeForms.Cancel(t)],
            },
            cancellationToken);

        string Title(Reward reward)
        {
            var name = names.TryGetValue(reward.PersonId, out var known) && known.Length > 0 ? known : t["Rewards.Erased"];
            var money = reward.Currency is { } currency ? $" ({Money.Say(reward.Amount, currency, t)})" : "";
            return $"{name}: {reward.What}{money}";
        }
    }

    private async Task<DialogTurnResult> SaveAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        var input = FormPrompt.InputOf(step.Result);
        var id = long.TryParse(input["reward"], NumberStyles.None, CultureInfo.InvariantCulture, out var chosen) ? chosen : 0;

        // Two who take the same one back at once: the second finds it done.
        await RewardLock.TakeAsync(db, step.Turn.Workspace.Id, cancellationToken);
        var reward = await db.Rewards.FirstOrDefaultAsync(r => r.Id == id && r.WorkspaceId == step.Turn.Workspace.Id, cancellationToken);
        if (reward is null || reward.ReversedAt is not null)
        {
            return await step.EndDialogAsync(null, Reply.Private(Notice.Card(t, t["Rewards.TakenBackAlready"])), cancellationToken);
        }

        reward.ReversedAt = step.Turn.Now;
        reward.ReversedById = step.Turn.Person.Id;
        reward.ReversedReason = Bidi.StripControls(input["reason"]);
        audit.Note(step.Turn, AuditActions.RewardTakenBack, reward.PersonId, GiveDialog.Stored(reward), null);
        if (await db.People.AnyAsync(p => p.Id == reward.PersonId && p.Reachable, cancellationToken))
        {
            notes.Add(RewardNotes.TakenBack, reward.Id, reward.PersonId, step.Turn, "back");
        }

        return await step.EndDialogAsync(null, Reply.Private(Notice.Card(t, t.Format("Rewards.TakenBackDone", ("what", ManageRewards.What(reward, t))))), cancellationToken);
    }
}
