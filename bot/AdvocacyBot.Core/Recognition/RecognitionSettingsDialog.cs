using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Programme;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Recognition;

/// <summary>The owner's button that opens what holds for everybody.</summary>
public sealed class OpenRecognitionSettings(DialogEngine dialogs) : IActionHandler
{
    public Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken) =>
        dialogs.BeginAsync(RecognitionSettingsDialog.DialogId, null, turn, cancellationToken);
}

/// <summary>Leaderboards on or off, and holidays.</summary>
public sealed class RecognitionSettingsDialog : WaterfallDialog
{
    public const string DialogId = "recognition.settings";
    public const string PromptId = "recognition.settings.form";
    private const int MostHolidays = 3000;
    private readonly AdvocacyDb db;
    private readonly AuditLog audit;

    public RecognitionSettingsDialog(AdvocacyDb db, AuditLog audit)
        : base(DialogId)
    {
        this.db = db;
        this.audit = audit;
        Steps = [AskAsync, SaveAsync];
    }

    public override Roles For => Roles.Owner;

    public static IReadOnlyDictionary<string, string> Check(FormInput input, DialogContext context)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(context);
        var t = context.Turn.Texts;
        HolidayRange.ParseAll(input["holidays"], out var bad);
        var problem = input["holidays"].Length > MostHolidays
            ? t.Plural("Campaigns.TooLong", input["holidays"].Length - MostHolidays, ("limit", MostHolidays))
            : bad is null ? null : t.Format("Recognition.BadHoliday", ("line", bad.Length > 40 ? bad[..40] : bad));
        return problem is null ? new Dictionary<string, string>() : new Dictionary<string, string>(StringComparer.Ordinal) { ["holidays"] = problem };
    }

    private async Task<DialogTurnResult> AskAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        var settings = await db.RecognitionSettings.AsNoTracking().FirstOrDefaultAsync(s => s.WorkspaceId == step.Turn.Workspace.Id, cancellationToken);
        return await step.PromptAsync(
            PromptId,
            new Form
            {
                Token = "",
                Title = t["Recognition.SettingsTitle"],
                Card = Notice.For(t,
                [
                    new InputToggle { Id = "boards", Label = t["Recognition.Leaderboards"], Title = t["Recognition.LeaderboardsWhat"], Value = settings?.Leaderboards == true ? "true" : "false" },
                    new InputText { Id = "holidays", Label = t["Recognition.Holidays"], IsMultiline = true, Value = settings?.Holidays, Placeholder = "2026-12-24..2026-12-26" },
                    new TextBlock(t["Recognition.HolidaysHow"]) { IsSubtle = true, Size = "Small" },
                ]),
                Actions = [new FormAction("save", t["Dialogs.Save"]), ComposeForms.Cancel(t)],
            },
            cancellationToken);
    }

    private async Task<DialogTurnResult> SaveAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        var input = FormPrompt.InputOf(step.Result);
        var settings = await db.RecognitionSettings.FirstOrDefaultAsync(s => s.WorkspaceId == step.Turn.Workspace.Id, cancellationToken);
        if (settings is null)
        {
            settings = new RecognitionSettings { WorkspaceId = step.Turn.Workspace.Id };
            db.RecognitionSettings.Add(settings);
        }

        var before = Stored(settings);
        settings.Leaderboards = input["boards"] == "true";
        settings.Holidays = string.Join('\n', HolidayRange.ParseAll(input["holidays"], out _));
        if (before != Stored(settings))
        {
            audit.Note(step.Turn, AuditActions.RecognitionChanged, 0, before, Stored(settings));
        }

        return await step.EndDialogAsync(null, Reply.Private(Notice.Card(t, t["Recognition.SettingsSaved"])), cancellationToken);
    }

    private static string Stored(RecognitionSettings settings) =>
        $"leaderboards={(settings.Leaderboards ? "on" : "off")};holidays={settings.Holidays.Replace("\n", ", ", StringComparison.Ordinal)}";
}
