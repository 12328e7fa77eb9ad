using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.People;
using AdvocacyBot.Core.Programme;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Recognition;

/// <summary>The button that opens what a person chooses about recognition.</summary>
public sealed class OpenChoices(DialogEngine dialogs, ActionTokens tokens) : IActionHandler
{
    public async Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var t = turn.Texts;
        return turn.Person.ConsentedAt is null
            ? Reply.Private(Notice.Card(t, t["Recognition.JoinFirst"], new ExecuteAction
            {
                Title = t["Sharing.Join"],
                Verb = Me.JoinVerb,
                Data = new ActionData(tokens.Protect(new ActionToken(Me.JoinVerb, turn.Person.Id, turn.Conversation.Id, 0, 0, "", turn.Now.AddDays(30)))),
            }))
            : await dialogs.BeginAsync(ChoicesDialog.DialogId, null, turn, cancellationToken);
    }
}

/// <summary>Own weekly note and leaderboards: both off until chosen.</summary>
public sealed class ChoicesDialog : WaterfallDialog
{
    public const string DialogId = "recognition.choices";
    public const string PromptId = "recognition.choices.form";
    private readonly AdvocacyDb db;
    private readonly WeeklyNoteTimes times;

    public ChoicesDialog(AdvocacyDb db, WeeklyNoteTimes times)
        : base(DialogId)
    {
        this.db = db;
        this.times = times;
        Steps = [AskAsync, SaveAsync];
    }

    private async Task<DialogTurnResult> AskAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        var choice = await db.RecognitionChoices.AsNoTracking().FirstOrDefaultAsync(c => c.PersonId == step.Turn.Person.Id, cancellationToken);
        var agreed = Leaderboard.Agreed(choice, step.Turn.Person.ConsentedAt);
        return await step.PromptAsync(
            PromptId,
            new Form
            {
                Token = "",
                Title = t["Recognition.ChoicesTitle"],
                Card = Notice.For(t,
                [
                    new InputToggle { Id = "weekly", Label = t["Recognition.WeeklyNote"], Title = t["Recognition.WeeklyNoteWhat"], Value = choice?.WeeklyNote == true ? "true" : "false" },
                    new InputToggle { Id = "board", Label = t["Recognition.OnLeaderboard"], Title = t["Recognition.OnLeaderboardWhat"], Value = agreed ? "true" : "false" },
                    new TextBlock(t["Recognition.ChoicesHint"]) { IsSubtle = true, Size = "Small" },
                ]),
                Actions = [new FormAction("save", t["Dialogs.Save"]), ComposeForms.Cancel(t)],
            },
            cancellationToken);
    }

    private async Task<DialogTurnResult> SaveAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        var input = FormPrompt.InputOf(step.Result);
        var choice = await db.RecognitionChoices.FirstOrDefaultAsync(c => c.PersonId == step.Turn.Person.Id, cancellationToken);
        if (choice is null)
        {
            choice = new RecognitionChoice { PersonId = step.Turn.Person.Id, WorkspaceId = step.Turn.Workspace.Id, ConversationId = step.Turn.Conversation.Id };
            db.RecognitionChoices.Add(choice);
        }

        choice.ConversationId = step.Turn.Conversation.Id;
        choice.WeeklyNote = input["weekly"] == "true";
        choice.NextNoteAt = choice.WeeklyNote ? await times.NextAsync(step.Turn.Person.Id, step.Turn.Now, cancellationToken) : null;
        var agreed = Leaderboard.Agreed(choice, step.Turn.Person.ConsentedAt);
        choice.LeaderboardSince = input["board"] != "true" ? null : agreed ? choice.LeaderboardSince : step.Turn.Now;
        return await step.EndDialogAsync(null, Reply.Private(Notice.Card(t, t["Recognition.Chosen"])), cancellationToken);
    }
}

/// <summary>"No more weekly notes" below a weekly note: one press, no question.</summary>
public sealed class StopWeeklyNote(AdvocacyDb db) : IActionHandler
{
    public async Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        if (await db.RecognitionChoices.FirstOrDefaultAsync(c => c.PersonId == turn.Person.Id, cancellationToken) is { } choice)
        {
            choice.WeeklyNote = false;
            choice.NextNoteAt = null;
        }

        return Reply.ReplaceCard(Notice.Card(turn.Texts, turn.Texts["Recognition.NotesStopped"]));
    }
}
