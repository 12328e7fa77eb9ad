using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Programme;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Goals;

/// <summary>The buttons that open a goal's form, empty or filled.</summary>
public sealed class OpenGoal(AdvocacyDb db, DialogEngine dialogs) : IActionHandler
{
    public async Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(turn);
        var id = token.Verb == GoalRoutes.Edit ? token.Subject : 0;
        if (id != 0 && !await db.Goals.AnyAsync(g => g.Id == id && g.WorkspaceId == turn.Workspace.Id, cancellationToken))
        {
            return Reply.Private(Notice.Card(turn.Texts, turn.Texts["Goals.NotThere"]));
        }

        return await dialogs.BeginAsync(GoalDialog.DialogId, GoalDialog.With(id), turn, cancellationToken);
    }
}

/// <summary>"Remove" below a goal.</summary>
public sealed class RemoveGoal(AdvocacyDb db, AuditLog audit) : IActionHandler
{
    public async Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(turn);
        var t = turn.Texts;
        var goal = await db.Goals.FirstOrDefaultAsync(g => g.Id == token.Subject && g.WorkspaceId == turn.Workspace.Id, cancellationToken);
        if (goal is null)
        {
            return Reply.Private(Notice.Card(t, t["Goals.NotThere"]));
        }

        db.Goals.Remove(goal);
        audit.Note(turn, AuditActions.GoalRemoved, goal.Id, GoalDialog.Trace(goal), null);
        return Reply.Private(Notice.Card(t, t.Format(
            "Goals.Removed", ("kind", GoalWords.Kind(goal.Kind, t)), ("target", GoalWords.Amount(goal.Kind, goal.Currency, goal.Target, t)))));
    }
}

/// <summary>The button that opens what a click costs.</summary>
public sealed class OpenCosts(DialogEngine dialogs) : IActionHandler
{
    public Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken) =>
        dialogs.BeginAsync(CostsDialog.DialogId, null, turn, cancellationToken);
}
