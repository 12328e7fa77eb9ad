using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Dialogs;
using NodaTime;
using NodaTime.Text;

namespace AdvocacyBot.Core.People;

/// <summary>No unasked messages until a day that the person chooses.</summary>
public sealed class PauseDialog : WaterfallDialog
{
    public const string DialogId = "me.pause";
    public const string PromptId = "me.pause.form";
    private const string GoOn = "goon";
    private static readonly Period Longest = Period.FromYears(2);
    private static readonly LocalDatePattern Day = LocalDatePattern.Iso;
    private readonly OwnPreferences own;

    public PauseDialog(OwnPreferences own)
        : base(DialogId)
    {
        this.own = own;
        Steps = [AskAsync, SaveAsync];
    }

    public static IReadOnlyDictionary<string, string> Check(FormInput input, DialogContext context)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(context);
        var t = context.Turn.Texts;
        var today = Today(context.Turn);
        if (!Day.Parse(input["until"]).TryGetValue(default, out var until) || until <= today)
        {
            return new Dictionary<string, string> { ["until"] = t["Preferences.PauseBroken"] };
        }

        return until > today + Longest
            ? new Dictionary<string, string> { ["until"] = t["Preferences.PauseTooLong"] }
            : new Dictionary<string, string>();
    }

    /// <summary>The day it is where the person is.</summary>
    internal static LocalDate Today(TurnContext turn) => CampaignTimes.Local(turn.Now, turn.Person.Ref.TimeZone ?? turn.Workspace.TimeZone).Date;

    private async Task<DialogTurnResult> AskAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        var today = Today(step.Turn);
        var chosen = await own.ReadAsync(step.Turn.Person.Id, cancellationToken);
        var paused = Until(chosen.PausedUntil, today);
        return await step.PromptAsync(
            PromptId,
            new Form
            {
                Token = "",
                Title = t["Preferences.PauseTitle"],
                Card = Notice.For(t,
                [
                    new TextBlock(t["Preferences.PauseHint"]),
                    new InputDate
                    {
                        Id = "until",
                        Label = t["Preferences.PauseUntil"],
                        Value = Day.Format(paused ?? today.PlusMonths(1)),
                        Min = Day.Format(today.PlusDays(1)),
                        Max = Day.Format(today + Longest),
                    },
                ]),
                Actions =
                [
                    new FormAction("pause", t["Preferences.Pause"]),
                    .. paused is null ? Array.Empty<FormAction>() : [new FormAction(GoOn, t["Preferences.GoOn"], Validates: false)],
                    ComposeForms.Cancel(t),
                ],
            },
            cancellationToken);
    }

    /// <summary>The day of a pause that is not over.</summary>
    internal static LocalDate? Until(string? stored, LocalDate today) =>
        stored is not null && Day.Parse(stored).TryGetValue(default, out var until) && until > today ? until : null;

    private async Task<DialogTurnResult> SaveAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        var preferences = await own.ChangeAsync(step.Turn.Person.Id, step.Turn.Now, cancellationToken);
        if (FormPrompt.ActionOf(step.Result) == GoOn)
        {
            preferences.PausedUntil = null;
            return await step.EndDialogAsync(null, Reply.Private(Notice.Card(t, t["Preferences.PauseEnded"])), cancellationToken);
        }

        var until = FormPrompt.InputOf(step.Result)["until"];
        preferences.PausedUntil = until;
        return await step.EndDialogAsync(null, Reply.Private(Notice.Card(t, t.Format("Preferences.Paused", ("date", until)))), cancellationToken);
    }
}
