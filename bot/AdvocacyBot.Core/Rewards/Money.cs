using System.Globalization;
using AdvocacyBot.Core.Localization;

namespace AdvocacyBot.Core.Rewards;

/// <summary>Amounts of money, kept in a currency's smallest unit.</summary>
public static class Money
{
    /// <summary>One amount may not be more than this many smallest units.</summary>
    public const long Most = 1_000_000_000_000;

    /// <summary>Currencies whose smallest unit is not a hundredth (ISO 4217, list one).</summary>
    private static readonly Dictionary<string, int> Decimals = new(StringComparer.Ordinal)
    {
        ["JPY"] = 0, ["KRW"] = 0, ["VND"] = 0, ["CLP"] = 0, ["ISK"] = 0, ["PYG"] = 0, ["UGX"] = 0, ["XAF"] = 0, ["XOF"] = 0,
        ["BHD"] = 3, ["IQD"] = 3, ["JOD"] = 3, ["KWD"] = 3, ["LYD"] = 3, ["OMR"] = 3, ["TND"] = 3,
    };

    /// <summary>The code in capitals, or null for what is none: three Latin letters.</summary>
    public static string? Currency(string typed)
    {
        ArgumentNullException.ThrowIfNull(typed);
        var code = typed.Trim().ToUpperInvariant();
        return code.Length == 3 && code.All(char.IsAsciiLetterUpper) ? code : null;
    }

    /// <summary>
    /// Reads an amount: digits, with commas or spaces between thousands, and a point or a comma before at most as many digits as the currency has.
    /// </summary>
    /// <returns>In the smallest unit; null for anything else, and for 0 or less.</returns>
    public static long? Parse(string typed, string currency)
    {
        ArgumentNullException.ThrowIfNull(typed);
        var digits = Digits(currency);
        var text = string.Concat(typed.Where(c => !char.IsWhiteSpace(c)));
        var marks = text.Where(c => c is '.' or ',').ToList();
        var at = text.LastIndexOfAny(['.', ',']);
        var behind = at < 0 ? 0 : text.Length - at - 1;

        // The last mark parts the smallest unit off where it is the only one of its kind and few enough digits follow. A lone point before more of them says nothing
        // sure: thousands to some, a mistake to others.
        var isDecimal = at >= 0 && marks.Count(mark => mark == text[at]) == 1 && behind > 0 && behind <= digits;
        if (!isDecimal && (marks.Distinct().Count() > 1 || (marks is ['.'])))
        {
            return null;
        }

        var whole = isDecimal ? text[..at] : text;
        var part = isDecimal ? text[(at + 1)..] : "";
        if (!Grouped(whole) || !part.All(char.IsAsciiDigit))
        {
            return null;
        }

        return long.TryParse(string.Concat(whole.Where(char.IsAsciiDigit)) + part.PadRight(digits, '0'), NumberStyles.None, CultureInfo.InvariantCulture, out var amount)
            && amount is > 0 and <= Most
            ? amount
            : null;
    }

    /// <summary>"1,234.50 EUR".</summary>
    public static string Say(long amount, string currency, Texts texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return Bidi.Isolate($"{InWords(amount, currency, texts.Language.Culture)} {currency}", texts.Language);
    }

    /// <summary>As machines read it: <c>1234.50</c>.</summary>
    public static string Plain(long amount, string currency)
    {
        var digits = Digits(currency);
        return ((decimal)amount / Unit(digits)).ToString($"F{digits}", CultureInfo.InvariantCulture);
    }

    private static string InWords(long amount, string currency, CultureInfo culture)
    {
        var digits = Digits(currency);
        return ((decimal)amount / Unit(digits)).ToString($"N{digits}", culture);
    }

    private static int Digits(string currency) => Decimals.GetValueOrDefault(currency, 2);

    private static decimal Unit(int digits) => digits switch
    {
        0 => 1,
        3 => 1000,
        _ => 100,
    };

    /// <summary>Digits alone, or in threes behind the first group.</summary>
    private static bool Grouped(string whole)
    {
        var groups = whole.Split(',', '.');
        return groups.All(group => group.Length > 0 && group.All(char.IsAsciiDigit)) && groups.Skip(1).All(group => group.Length == 3) && (groups.Length == 1 || groups[0].Length <= 3);
    }
}
