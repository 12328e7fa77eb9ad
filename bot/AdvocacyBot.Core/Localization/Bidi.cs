using System.Text;

namespace AdvocacyBot.Core.Localization;

/// <summary>Keeps text of one direction whole inside text of the other (Unicode Bidirectional Algorithm, UAX #9).</summary>
public static class Bidi
{
    private const char FirstStrongIsolate = '\u2068';
    private const char PopDirectionalIsolate = '\u2069';

    /// <summary>
    /// Wraps <paramref name="text"/> in an isolate where it could disturb, or be disturbed by, the text around it; controls of its own are removed. Each line by itself: a
    /// line's end closes whatever is open (UAX #9, X8).
    /// </summary>
    public static string Isolate(string text, Language around)
    {
        var stripped = StripControls(text);
        return !Has(stripped, !around.RightToLeft) ? stripped
            : stripped.Contains('\n', StringComparison.Ordinal) ? string.Join('\n', stripped.Split('\n').Select(Line))
            : Line(stripped);

        string Line(string line) => Has(line, !around.RightToLeft) ? $"{FirstStrongIsolate}{line}{PopDirectionalIsolate}" : line;
    }

    /// <summary>Removes embedding, override and isolate controls, which could otherwise reach out of their own text.</summary>
    public static string StripControls(string text)
    {
        if (text.AsSpan().IndexOfAnyInRange('\u202A', '\u202E') < 0 && text.AsSpan().IndexOfAnyInRange('\u2066', '\u2069') < 0)
        {
            return text;
        }

        return string.Concat(text.Where(c => c is not ((>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069'))));
    }

    /// <summary>The direction of the first strong character, or null where there is none (digits, emoji, punctuation).</summary>
    public static bool? IsRightToLeft(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsStrongRightToLeft(rune))
            {
                return true;
            }

            if (Rune.IsLetter(rune))
            {
                return false;
            }
        }

        return null;
    }

    /// <summary>Whether there is a letter of that direction.</summary>
    public static bool Has(string text, bool rightToLeft)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rightToLeft ? IsStrongRightToLeft(rune) : Rune.IsLetter(rune) && !IsStrongRightToLeft(rune))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsStrongRightToLeft(Rune rune) => rune.Value is
        (>= 0x0590 and <= 0x08FF) or (>= 0xFB1D and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFF)
        or (>= 0x10800 and <= 0x10FFF) or (>= 0x1E800 and <= 0x1EFFF) or 0x200F;
}
