using System.Globalization;
using System.Text;

namespace AdvocacyBot.Host.LinkPreviews;

/// <summary>Makes a stranger's text safe to put in a line of ours.</summary>
internal static class PreviewText
{
    private const string Ellipsis = "…";

    /// <summary>
    /// One line, no control or direction-control characters (Unicode's Bidi_Control), at most <paramref name="maxLength"/> UTF-16
    /// characters, cut between graphemes. Null where nothing is left.
    /// </summary>
    public static string? Clean(string? text, int maxLength)
    {
        if (text is null)
        {
            return null;
        }

        var clean = new StringBuilder(Math.Min(text.Length, maxLength + 1));
        var space = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                space = clean.Length > 0;
            }
            else if (!IsUnwanted(rune))
            {
                clean.Append(space ? " " : "").Append(rune);
                space = false;
            }
        }

        return clean.Length == 0 ? null : Cut(clean.ToString(), maxLength);
    }

    private static bool IsUnwanted(Rune rune) =>
        Rune.IsControl(rune)
        || rune.Value is 0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069)
        || rune.Value is 0xFEFF or 0xFFFD or 0x200B or 0x00AD
        || Rune.GetUnicodeCategory(rune) == UnicodeCategory.PrivateUse;

    private static string Cut(string text, int maxLength)
    {
        if (text.Length <= maxLength)
        {
            return text;
        }

        var end = 0;
        while (true)
        {
            var next = end + StringInfo.GetNextTextElementLength(text, end);
            if (next > maxLength - Ellipsis.Length)
            {
                return text[..end].TrimEnd() + Ellipsis;
            }

            end = next;
        }
    }
}
