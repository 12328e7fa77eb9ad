using System.Globalization;
using System.Text.RegularExpressions;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Data;
using NodaTime;
using NodaTime.Text;

namespace AdvocacyBot.Core.Conversions;

/// <summary>One reported applicant or lead, or the reversal of one.</summary>
/// <param name="Id">The caller's.</param>
/// <param name="Type">Null in a reversal that names nothing but the id.</param>
/// <param name="Refs">Links that were handed on, as they were reported.</param>
/// <param name="At">When it happened.</param>
/// <param name="Amount">With <paramref name="Currency"/>, or null.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Reversed">It counts no more.</param>
public sealed record ConversionItem(string Id, ConversionType? Type, IReadOnlyList<string> Refs, DateTimeOffset At, decimal? Amount, string? Currency, bool Reversed);

/// <summary>One entry of a report: an item, or what is wrong with it.</summary>
/// <param name="Place">Index in a batch, from 0; line of a file, from 1.</param>
/// <param name="Id">As far as it could be read.</param>
/// <param name="Item">Null: see <paramref name="Problem"/>.</param>
/// <param name="Problem">What is wrong and what would be right, in English: integrators read it.</param>
/// <param name="Ignored">Names of fields that are not known here; their values were not looked at.</param>
public sealed record ConversionEntry(int Place, string? Id, ConversionItem? Item, string? Problem, IReadOnlyList<string> Ignored);

/// <summary>Reads entries from named texts, whatever form they came in.</summary>
public sealed partial class ConversionReader(DateTimeOffset now, string timeZone)
{
    /// <summary>The names of fields, and how else they may be written.</summary>
    public static readonly IReadOnlyList<string> Fields = ["id", "type", "ref", "occurredAt", "amount", "currency", "reversed"];

    private const int MostRefs = 20;
    private const int LongestRef = 2000;

    /// <summary>Clocks differ.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <param name="place">See <see cref="ConversionEntry"/>.</param>
    /// <param name="values">By name as in <see cref="Fields"/>; what is empty counts as not there.</param>
    /// <param name="refs">Several, where the form has lists; otherwise null.</param>
    /// <param name="ignored">What else was there.</param>
    public ConversionEntry Read(int place, IReadOnlyDictionary<string, string> values, IReadOnlyList<string>? refs, IReadOnlyList<string> ignored)
    {
        ArgumentNullException.ThrowIfNull(values);
        var id = Value("id");
        var shownId = Id().IsMatch(id) ? id : null;
        return Problem(values, refs, out var item) is { } problem
            ? new ConversionEntry(place, shownId, null, problem, ignored)
            : new ConversionEntry(place, shownId, item, null, ignored);

        string Value(string name) => values.TryGetValue(name, out var value) ? value.Trim() : "";
    }

    private string? Problem(IReadOnlyDictionary<string, string> values, IReadOnlyList<string>? refs, out ConversionItem? item)
    {
        item = null;
        var id = Value("id");
        if (!Id().IsMatch(id))
        {
            return id.Length == 0
                ? "id: is missing. Give each conversion an id of your own, so that it counts once however often it is sent."
                : "id: may have 1 to 100 letters, digits and . _ : / - only. Use an internal number, never a name or an e-mail address.";
        }

        if (Flag(Value("reversed")) is not { } reversed)
        {
            return "reversed: must be true or false.";
        }

        ConversionType? type = Value("type").ToUpperInvariant() switch { "APPLICANT" => ConversionType.Applicant, "LEAD" => ConversionType.Lead, _ => null };
        if (type is null && !(reversed && Value("type").Length == 0))
        {
            return "type: must be applicant or lead.";
        }

        refs ??= Value("ref").Split([' ', ';', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (refs.Count > MostRefs || refs.Any(one => one.Length > LongestRef))
        {
            return $"ref: at most {MostRefs} references of {LongestRef} characters.";
        }

        if (Time(Value("occurredAt")) is not { } at)
        {
            return "occurredAt: must be a time with its offset such as 2026-11-23T10:00:00Z, or a date such as 2026-11-23.";
        }

        if (at > now + Ahead || at < Earliest)
        {
            return "occurredAt: lies in the future, or before the year 2000.";
        }

        var (amount, currency) = (Value("amount"), Value("currency").ToUpperInvariant());
        if (Money(amount, currency, out var money) is { } problem)
        {
            return problem;
        }

        item = new ConversionItem(id, type, refs, at, money, money is null ? null : currency, reversed);
        return null;

        string Value(string name) => values.TryGetValue(name, out var value) ? value.Trim() : "";
    }

    /// <summary>A date alone is meant as the whole day: its end, by the workspace's clock, or now. Nothing: now.</summary>
    private DateTimeOffset? Time(string text)
    {
        if (text.Length == 0)
        {
            return now;
        }

        if (LocalDatePattern.Iso.Parse(text) is { Success: true } date)
        {
            var end = date.Value.PlusDays(1).AtStartOfDayInZone(CampaignTimes.Zone(timeZone)).ToDateTimeOffset().AddMilliseconds(-1);
            return date.Value > CampaignTimes.Local(now, timeZone).Date ? DateTimeOffset.MaxValue : end < now ? end : now;
        }

        return OffsetDateTimePattern.Rfc3339.Parse(text) is { Success: true } time && time.Value.Year is > 1 and < 9999 ? time.Value.ToInstant().ToDateTimeOffset() : null;
    }

    private static string? Money(string amount, string currency, out decimal? money)
    {
        money = null;
        if (amount.Length == 0)
        {
            return currency.Length == 0 ? null : "currency: is there without an amount.";
        }

        if (!decimal.TryParse(amount, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) || value > MicrosConverter.Largest || decimal.Round(value, 6) != value)
        {
            return "amount: must be a number such as 1250.50, from 0 to 1000000000.";
        }

        if (currency.Length != 3 || !currency.All(char.IsAsciiLetterUpper))
        {
            return "currency: an amount needs one, three letters as in EUR.";
        }

        money = value;
        return null;
    }

    private static bool? Flag(string text) => text.ToUpperInvariant() switch
    {
        "" or "FALSE" or "0" or "NO" => false,
        "TRUE" or "1" or "YES" => true,
        _ => null,
    };

    [GeneratedRegex(@"\A[A-Za-z0-9._:/-]{1,100}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Id();
}
