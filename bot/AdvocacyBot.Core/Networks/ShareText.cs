using System.Text;

namespace AdvocacyBot.Core.Networks;

/// <summary>A person's text on its way into a composer.</summary>
internal static class ShareText
{
    /// <summary>
    /// Line breaks as <c>\n</c>, lone surrogates as U+FFFD (they have no UTF-8 form), other control characters but tabs left out:
    /// servers refuse addresses with <c>%00</c>.
    /// </summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        var afterReturn = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value == '\n' && afterReturn)
            {
                afterReturn = false;
                continue;
            }

            afterReturn = rune.Value == '\r';
            if (afterReturn)
            {
                clean.Append('\n');
            }
            else if (!Rune.IsControl(rune) || rune.Value is '\n' or '\t')
            {
                clean.Append(rune.ToString());
            }
        }

        return clean.ToString();
    }

    /// <summary>The text, or <paramref name="instead"/> where it is blank, in one line.</summary>
    public static string Line(string text, string instead = "") =>
        string.Join(' ', Clean(string.IsNullOrWhiteSpace(text) ? instead : text).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Text and link in one field, the link last, where previews look for it.</summary>
    /// <param name="text">Clean.</param>
    public static string Join(string text, string separator, string link)
    {
        if (link.Length == 0)
        {
            return text;
        }

        return string.IsNullOrWhiteSpace(text) ? link : text + separator + link;
    }
}
