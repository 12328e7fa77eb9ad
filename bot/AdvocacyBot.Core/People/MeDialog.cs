using System.Globalization;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Suggestions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Core.People;

/// <summary>Own language, whether to be thanked by name, how often and when to be written to, and what there should be little of.</summary>
public sealed class MeDialog : WaterfallDialog
{
    public const string DialogId = "me.settings";
    public const string PromptId = "me.settings.form";
    private const int MostPrompts = 50;
    private readonly AdvocacyDb db;
    private readonly HideName hide;
    private readonly OwnPreferences own;
    private readonly ContactOptions contact;
    private readonly PeopleDirectory directory;
    private readonly AfterCommit afterCommit;

    public MeDialog(AdvocacyDb db, HideName hide, OwnPreferences own, IOptions<ContactOptions> contact, PeopleDirectory directory, AfterCommit afterCommit)
        : base(DialogId)
    {
        ArgumentNullException.ThrowIfNull(contact);
        this.db = db;
        this.hide = hide;
        this.own = own;
        this.contact = contact.Value;
        this.directory = directory;
        this.afterCommit = afterCommit;
        Steps = [AskAsync, SaveAsync];
    }

    public static IReadOnlyDictionary<string, string> Check(FormInput input, DialogContext context)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(context);
        var t = context.Turn.Texts;
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        if (input["prompts"].Length > 0 && (!int.TryParse(input["prompts"], NumberStyles.None, CultureInfo.InvariantCulture, out var prompts) || prompts > MostPrompts))
        {
            errors["prompts"] = t.Format("Preferences.PromptsBroken", ("most", MostPrompts));
        }

        var (from, to) = (Minutes(input["quietFrom"]), Minutes(input["quietTo"]));
        if (input["quietFrom"].Length == 0 != (input["quietTo"].Length == 0))
        {
            errors[input["quietFrom"].Length == 0 ? "quietFrom" : "quietTo"] = t["Preferences.QuietHalf"];
        }
        else if (input["quietFrom"].Length > 0 && (from is null || to is null || from == to))
        {
            errors["quietTo"] = t["Preferences.QuietBroken"];
        }

        if (Days(input["quietDays"]) == QuietHours.AllDays)
        {
            errors["quietDays"] = t["Preferences.QuietAlways"];
        }

        return errors;
    }

    /// <summary>Bits of the days among a field's values.</summary>
    internal static int Days(string values) => values.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Aggregate(0, (days, name) => Enum.TryParse<DayOfWeek>(name, out var day) && Enum.IsDefined(day) ? days | (1 << (int)day) : days);

    internal static string Clock(int minutes) => string.Create(CultureInfo.InvariantCulture, $"{minutes / 60:00}:{minutes % 60:00}");

    private static int? Minutes(string typed) => ContactOptions.Minutes(typed.Length >= 5 ? typed[..5] : typed);

    /// <summary>What holds for the person: their own choice, else the programme's.</summary>
    internal static QuietHours QuietOf(PersonPreferences chosen, ContactOptions contact) =>
        (chosen is { QuietFrom: { } from, QuietTo: { } to } ? new QuietHours(from, to, 0) : contact.Quiet) with { Days = chosen.QuietDays };

    private async Task<DialogTurnResult> AskAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        var chosen = await own.ReadAsync(step.Turn.Person.Id, cancellationToken);
        var fewer = await db.FewerLikeThis.AsNoTracking().Where(f => f.PersonId == step.Turn.Person.Id).Select(f => f.ContentType).ToListAsync(cancellationToken);
        var quiet = QuietOf(chosen, contact);
        var days = t.Language.Culture.DateTimeFormat.DayNames;
        return await step.PromptAsync(
            PromptId,
            new Form
            {
                Token = "",
                Title = t["People.SettingsTitle"],
                Card = Notice.For(t,
                [
                    ComposeForms.LanguageChoice("language", t["People.Language"], step.Turn.Language.Code, t),
                    new InputToggle { Id = "appear", Label = t["Sharing.AppearLabel"], Title = t["Sharing.AppearByName"], Value = step.Turn.Person.AppearByName ? "true" : "false" },
                    new InputNumber { Id = "prompts", Label = t["Preferences.Prompts"], Value = chosen.PromptsPerWeek ?? contact.PromptsPerWeek, Min = 0, Max = MostPrompts },
                    new TextBlock(t.Format("Preferences.QuietHint", ("zone", step.Turn.Person.Ref.TimeZone ?? step.Turn.Workspace.TimeZone))) { IsSubtle = true, Size = "Small" },
                    new InputTime { Id = "quietFrom", Label = t["Preferences.QuietFrom"], Value = quiet.From == quiet.To ? null : Clock(quiet.From) },
                    new InputTime { Id = "quietTo", Label = t["Preferences.QuietTo"], Value = quiet.From == quiet.To ? null : Clock(quiet.To) },
                    new InputChoiceSet
                    {
                        Id = "quietDays",
                        Label = t["Preferences.QuietDays"],
                        IsMultiSelect = true,
                        Style = "expanded",
                        Value = string.Join(',', Enum.GetValues<DayOfWeek>().Where(day => (chosen.QuietDays & (1 << (int)day)) != 0)),
                        Choices = [.. Enum.GetValues<DayOfWeek>().Select(day => new Choice(days[(int)day], day.ToString()))],
                    },
                    SetUpDialog.InterestChoice("fewer", t["Preferences.Fewer"], fewer, t),
                ]),
                Actions = [new FormAction("save", t["Dialogs.Save"]), ComposeForms.Cancel(t)],
            },
            cancellationToken);
    }

    private async Task<DialogTurnResult> SaveAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var input = FormPrompt.InputOf(step.Result);
        var person = await db.People.FirstAsync(p => p.Id == step.Turn.Person.Id, cancellationToken);
        var language = Language.Find(input["language"]) ?? step.Turn.Language;
        person.Language = language.Code;
        var named = input["appear"] == "true";
        if (person.AppearByName && !named)
        {
            await hide.RunAsync(person.Id, step.Turn.Now, cancellationToken);
        }

        person.AppearByName = named;
        await KeepAsync(input, step.Turn, cancellationToken);
        await KeepFewerAsync(SetUpDialog.Types(input["fewer"]), step.Turn, cancellationToken);
        afterCommit.Add(directory.Forget);
        var t = Texts.In(language);
        return await step.EndDialogAsync(null, Reply.Private(Notice.Card(t, t["People.Saved"])), cancellationToken);
    }

    private async Task KeepAsync(FormInput input, TurnContext turn, CancellationToken cancellationToken)
    {
        var chosen = await own.ChangeAsync(turn.Person.Id, turn.Now, cancellationToken);
        var prompts = int.TryParse(input["prompts"], NumberStyles.None, CultureInfo.InvariantCulture, out var most) ? most : (int?)null;

        // Who leaves the programme's own values as they are follows them when they change.
        chosen.PromptsPerWeek = chosen.PromptsPerWeek is null && prompts == contact.PromptsPerWeek ? null : prompts;
        var quiet = (Minutes(input["quietFrom"]), Minutes(input["quietTo"])) is ({ } from, { } to) ? new QuietHours(from, to, 0) : QuietHours.None;
        if (chosen.QuietFrom is not null || quiet != contact.Quiet)
        {
            (chosen.QuietFrom, chosen.QuietTo) = (quiet.From, quiet.To);
        }

        chosen.QuietDays = Days(input["quietDays"]);
    }

    private async Task KeepFewerAsync(IReadOnlyList<ContentType> wanted, TurnContext turn, CancellationToken cancellationToken)
    {
        var stored = await db.FewerLikeThis.Where(f => f.PersonId == turn.Person.Id).ToListAsync(cancellationToken);
        db.FewerLikeThis.RemoveRange(stored.Where(f => !wanted.Contains(f.ContentType)));
        db.FewerLikeThis.AddRange(wanted.Except(stored.Select(f => f.ContentType)).Select(type => new FewerLikeThis { PersonId = turn.Person.Id, ContentType = type, At = turn.Now }));
    }
}
