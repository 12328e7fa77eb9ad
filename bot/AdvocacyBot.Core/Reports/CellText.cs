using AdvocacyBot.Core.Localization;

namespace AdvocacyBot.Core.Reports;

/// <summary>Makes people's words safe in spreadsheets.</summary>
public static class CellText
{
    /// <summary>
    /// What a spreadsheet could take for the beginning of a formula, full-width forms included; OWASP, "CSV Injection". Tab and carriage return hide what comes after them.
    /// </summary>
    private const string Dangerous = "=+-@\t\r\n|%＝＋－＠｜％";

    /// <summary>The text with an apostrophe before it where it could be read as a formula, and without characters that change its direction or cannot be in a file.</summary>
    public static string Safe(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var clean = string.Concat(Bidi.StripControls(text).Where(c => c is '\t' or '\n' or '\r' || !char.IsControl(c)).Where(c => c is not ('\uFFFE' or '\uFFFF')));
        clean = WithoutHalfPairs(clean);
        var first = clean.AsSpan().TrimStart(" \u00A0\u200B\u200E\u200F\uFEFF\u3000");
        return clean.Length > 0 && (Dangerous.Contains(clean[0], StringComparison.Ordinal) || (first.Length > 0 && Dangerous.Contains(first[0], StringComparison.Ordinal))) ? "'" + clean : clean;
    }

    /// <summary>Half a surrogate pair has no form in UTF-8.</summary>
    private static string WithoutHalfPairs(string text)
    {
        var runes = new System.Text.StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            runes.Append(rune.ToString());
        }

        return runes.ToString();
    }
}
