using System.Text;

namespace AdvocacyBot.Core.Cards;

/// <summary>People's words inside card text.</summary>
public static class CardText
{
    /// <summary>
    /// Makes text stand for itself in the Markdown subset of Adaptive Cards: no emphasis, link, list or heading comes out of it.
    /// Backslash escapes are understood by Teams and by the official renderer's Markdown processors alike.
    /// </summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        var lineStart = true;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is '\\' or '*' or '_' or '[' or ']' or '`' or '<' or '>' or '~'
                || (lineStart && c is ('#' or '-' or '+'))
                || (c == '.' && IsOrdinalBefore(text, i)))
            {
                escaped.Append('\\');
            }

            escaped.Append(c);
            lineStart = c == '\n' || (lineStart && c == ' ');
        }

        return escaped.ToString();
    }

    private static bool IsOrdinalBefore(string text, int dot)
    {
        var i = dot - 1;
        while (i >= 0 && char.IsAsciiDigit(text[i]))
        {
            i--;
        }

        return i < dot - 1 && (i < 0 || text[i] == '\n');
    }
}
