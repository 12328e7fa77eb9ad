using System.Globalization;
using System.Text.Json.Nodes;
using AdvocacyBot.Core.Broadcasts;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Programme;
using NodaTime;
using NodaTime.Extensions;
using NodaTime.Text;

namespace AdvocacyBot.Core.Rhythm;

/// <summary><em>Repeat</em> on a campaign: opens the form.</summary>
public sealed class RepeatCampaign(ManagedCampaigns campaigns, DialogEngine dialogs) : IActionHandler
{
    public async Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(turn);
        var (campaign, refusal) = await campaigns.FindAsync(token.Subject, turn, cancellationToken);
        return campaign is null ? refusal!
            : campaign.Prompts.Count == 0 && Audience.Parse(campaign.Audience) is not { By: AudienceBy.Direct } ? Reply.Private(Notice.Card(turn.Texts, turn.Texts["Rhythm.RepeatDraft"]))
            : await dialogs.BeginAsync(RepeatDialog.DialogId, RepeatDialog.With(campaign.Id), turn, cancellationToken);
    }
}

/// <summary>Asks how often, on which day and until when a campaign is to come again.</summary>
public sealed class RepeatDialog : WaterfallDialog
{
    public const string DialogId = "campaign.repeat";
    public const string PromptId = "campaign.repeat.form";
    private const int MostEvery = 52;
    private const int MostTimes = 200;
    private const int MostOpenDays = 365;
    private readonly AdvocacyDb db;
    private readonly ManagedCampaigns campaigns;
    private readonly RecurrenceCards cards;
    private readonly AuditLog audit;

    public RepeatDialog(AdvocacyDb db, ManagedCampaigns campaigns, RecurrenceCards cards, AuditLog audit)
        : base(DialogId)
    {
        this.db = db;
        this.campaigns = campaigns;
        this.cards = cards;
        this.audit = audit;
        Steps = [AskAsync, SaveAsync];
    }

    public override Roles For => CampaignRoutes.Managers;

    public static JsonObject With(long campaignId) => new() { ["campaign"] = campaignId };

    public static IReadOnlyDictionary<string, string> Check(FormInput input, DialogContext context)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(context);
        var t = context.Turn.Texts;
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        Whole("every", 1, MostEvery, needed: true);
        Whole("times", 1, MostTimes, needed: false);
        Whole("openDays", 1, MostOpenDays, needed: false);
        if (!Enum.TryParse<RecurrenceUnit>(input["unit"], out var unit) || !Enum.IsDefined(unit))
        {
            errors["unit"] = t["Campaigns.ChooseOne"];
        }

        if (!Enum.TryParse<DayOfWeek>(input["day"], out var day) || !Enum.IsDefined(day))
        {
            errors["day"] = t["Campaigns.ChooseOne"];
        }

        if (Number(input["nth"]) is not (>= 1 and <= RecurrenceRule.LastOfMonth))
        {
            errors["nth"] = t["Campaigns.ChooseOne"];
        }

        if (Time(input["time"]) is null)
        {
            errors["time"] = t["Rhythm.TimeBroken"];
        }

        var today = CampaignTimes.Local(context.Turn.Now, context.Turn.Conversation.TimeZone).Date;
        if (RecurrenceRule.Date(input["from"]) is not { } from)
        {
            errors["from"] = t["Rhythm.DateBroken"];
        }
        else if (from < today)
        {
            errors["from"] = t["Rhythm.FromPast"];
        }
        else if (input["until"].Length > 0 && RecurrenceRule.Date(input["until"]) is null)
        {
            errors["until"] = t["Rhythm.DateBroken"];
        }
        else if (errors.Count == 0 && !RuleOf(input).Dates().Any())
        {
            errors["until"] = t["Rhythm.NeverComes"];
        }

        return errors;

        void Whole(string field, int least, int most, bool needed)
        {
            if (input[field].Length == 0 ? needed : Number(input[field]) is not { } number || number < least || number > most)
            {
                errors[field] = t.Format("Rhythm.NumberBroken", ("least", least), ("most", most));
            }
        }
    }

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? Time(string text) =>
        text.Length >= 5 && LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(text[..5]).Success ? text[..5] : null;

    private static RecurrenceRule RuleOf(FormInput input) => new(
        Enum.Parse<RecurrenceUnit>(input["unit"]),
        Number(input["every"])!.Value,
        Enum.Parse<DayOfWeek>(input["day"]).ToIsoDayOfWeek(),
        Number(input["nth"])!.Value,
        RecurrenceRule.Date(input["from"])!.Value,
        RecurrenceRule.Date(input["until"]),
        Number(input["times"]));

    private async Task<DialogTurnResult> AskAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        var (campaign, refusal) = await campaigns.FindAsync((long)step.Options["campaign"]!, step.Turn, cancellationToken);
        if (campaign is null)
        {
            return await step.EndDialogAsync(null, refusal!, cancellationToken);
        }

        var tomorrow = CampaignTimes.Local(step.Turn.Now, step.Turn.Conversation.TimeZone).Date.PlusDays(1);
        var days = t.Language.Culture.DateTimeFormat;
        return await step.PromptAsync(
            PromptId,
            new Form
            {
                Token = "",
                Title = t["Rhythm.RepeatTitle"],
                Card = Notice.For(t,
                [
                    new TextBlock(t.Format("Rhythm.RepeatWhat", ("title", CardText.Escape(campaign.Title)))),
                    new InputNumber { Id = "every", Label = t["Rhythm.Every"], Value = 1, Min = 1, Max = MostEvery },
                    Choice("unit", t["Rhythm.Unit"], nameof(RecurrenceUnit.Weeks), Enum.GetNames<RecurrenceUnit>().Select(unit => new Choice(t[$"Rhythm.Unit{unit}"], unit))),
                    Choice("day", t["Rhythm.Day"], tomorrow.DayOfWeek.ToDayOfWeek().ToString(), Enum.GetValues<DayOfWeek>().Select(day => new Choice(days.GetDayName(day), day.ToString()))),
                    Choice("nth", t["Rhythm.Nth"], "1", Enumerable.Range(1, RecurrenceRule.LastOfMonth).Select(nth => new Choice(t[$"Rhythm.Nth{nth}"], nth.ToString(CultureInfo.InvariantCulture)))),
                    new InputTime { Id = "time", Label = t["Rhythm.Time"], Value = campaign.LocalStart is { } start ? start[^5..] : "09:00" },
                    new InputDate { Id = "from", Label = t["Rhythm.From"], Value = RecurrenceRule.Text(tomorrow) },
                    new InputDate { Id = "until", Label = t["Rhythm.Until"] },
                    new InputNumber { Id = "times", Label = t["Rhythm.Times"], Min = 1, Max = MostTimes },
                    new InputNumber { Id = "openDays", Label = t["Rhythm.OpenDays"], Min = 1, Max = MostOpenDays },
                    new TextBlock(t["Rhythm.RepeatHint"]) { IsSubtle = true, Size = "Small" },
                ]),
                Actions = [new FormAction("save", t["Dialogs.Save"]), ComposeForms.Cancel(t)],
            },
            cancellationToken);

        static InputChoiceSet Choice(string id, string label, string value, IEnumerable<Choice> choices) =>
            new() { Id = id, Label = label, Value = value, Style = "compact", Choices = [.. choices] };
    }

    private async Task<DialogTurnResult> SaveAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        var input = FormPrompt.InputOf(step.Result);
        var (campaign, refusal) = await campaigns.FindAsync((long)step.Options["campaign"]!, step.Turn, cancellationToken);
        if (campaign is null)
        {
            return await step.EndDialogAsync(null, refusal!, cancellationToken);
        }

        var rule = RuleOf(input);
        var recurrence = new Recurrence
        {
            WorkspaceId = step.Turn.Workspace.Id,
            CampaignId = campaign.Id,
            AuthorId = step.Turn.Person.Id,
            Unit = rule.Unit,
            Every = rule.Every,
            Day = rule.Day.ToDayOfWeek(),
            Nth = rule.Nth,
            LocalTime = Time(input["time"])!,
            FirstDay = RecurrenceRule.Text(rule.First),
            LastDay = rule.Last is { } last ? RecurrenceRule.Text(last) : null,
            Times = rule.Times,
            OpenDays = Number(input["openDays"]),
            CreatedAt = step.Turn.Now,
        };
        db.Recurrences.Add(recurrence);
        await db.SaveChangesAsync(cancellationToken);
        audit.Note(step.Turn, AuditActions.RecurrenceStarted, recurrence.Id, null, $"campaign {campaign.Id}");
        return await step.EndDialogAsync(
            null, Reply.Private(cards.One(recurrence, campaign.Title, t.Format("Rhythm.RepeatSaved", ("title", CardText.Escape(campaign.Title))), step.Turn)), cancellationToken);
    }
}
