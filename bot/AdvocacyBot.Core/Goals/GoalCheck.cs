using System.Globalization;
using System.Text.RegularExpressions;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Localization;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;

namespace AdvocacyBot.Core.Goals;

/// <summary>What stands in a goal's form, as far as it can be read.</summary>
internal sealed partial record GoalInput(GoalKind? Kind, long? CampaignId, decimal? Target, string Currency, LocalDate? Start, LocalDate? End)
{
    public static GoalInput Read(FormInput input) => new(
        Enum.TryParse<GoalKind>(input["kind"], out var kind) && Enum.IsDefined(kind) ? kind : null,
        long.TryParse(input["whose"], NumberStyles.None, CultureInfo.InvariantCulture, out var campaign) ? campaign : null,
        Number(input["target"].TrimEnd('%').TrimEnd()),
        input["currency"].ToUpperInvariant(),
        Date(input["start"]),
        Date(input["end"]));

    // "12,5" is no thousand: commas count only where they stand between groups of three.
    private static decimal? Number(string text) =>
        Grouped().IsMatch(text) && decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex(@"\A([0-9]{1,20}|[0-9]{1,3}(,[0-9]{3})+)(\.[0-9]{1,6})?\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Grouped();

    private static LocalDate? Date(string text) => LocalDatePattern.Iso.Parse(text) is { Success: true } parsed ? parsed.Value : null;
}

/// <summary>Judges a goal's form.</summary>
public sealed class GoalCheck(AdvocacyDb db)
{
    /// <summary>Of one workspace.</summary>
    public const int MostGoals = 50;

    private const decimal LargestTarget = 1_000_000_000m;
    private const int MostYears = 5;

    public async Task<IReadOnlyDictionary<string, string>> CheckAsync(FormInput input, DialogContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var t = context.Turn.Texts;
        var goal = GoalInput.Read(input);
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        if (goal.Kind is null)
        {
            errors["kind"] = t["Goals.KindUnknown"];
        }

        if (goal.CampaignId is null || (goal.CampaignId > 0 && !await db.Campaigns.AnyAsync(c => c.Id == goal.CampaignId && c.WorkspaceId == context.Turn.Workspace.Id, cancellationToken)))
        {
            errors["whose"] = t["Goals.WhoseGone"];
        }

        if (Target(goal.Kind, goal.Target) is { } key)
        {
            errors["target"] = t[key];
        }

        if (goal.Kind == GoalKind.EarnedMediaValue && !IsCurrency(goal.Currency))
        {
            errors["currency"] = t["Goals.CurrencyMissing"];
        }

        Times(goal, CampaignTimes.Local(context.Turn.Now, context.Turn.Workspace.TimeZone).Date, errors, t);
        return errors;
    }

    /// <summary>Three capital letters, as ISO 4217 has them.</summary>
    internal static bool IsCurrency(string text) => text.Length == 3 && text.All(char.IsAsciiLetterUpper);

    private static string? Target(GoalKind? kind, decimal? target) => target switch
    {
        null or <= 0 => "Goals.TargetMissing",
        > 100 when kind == GoalKind.ParticipationRate => "Goals.TargetTooHigh",
        > LargestTarget => "Goals.TargetTooLarge",
        _ when kind is { } known && target % GoalMeasure.Step(known) != 0 => known switch
        {
            GoalKind.ParticipationRate => "Goals.TargetTenths",
            GoalKind.EarnedMediaValue => "Goals.TargetHundredths",
            _ => "Goals.TargetWhole",
        },
        _ => null,
    };

    private static void Times(GoalInput goal, LocalDate today, Dictionary<string, string> errors, Texts t)
    {
        if (goal.Start is null)
        {
            errors["start"] = t["Goals.DateBroken"];
        }

        if (goal.End is not { } end)
        {
            errors["end"] = t["Goals.DateBroken"];
        }
        else if (end < today)
        {
            errors["end"] = t.Format("Goals.EndPast", ("today", GoalWords.Day(today, t)));
        }
        else if (goal.Start is { } start && end < start)
        {
            errors["end"] = t["Goals.EndBeforeStart"];
        }
        else if (goal.Start is { } first && end > first.PlusYears(MostYears))
        {
            errors["end"] = t["Goals.TooLong"];
        }
    }
}
