using System.Buffers;
using System.Text;

namespace AdvocacyBot.Core.Cards;

/// <summary>People's words inside card text.</summary>
public static class CardText
{
    private const char NoBreakSpace = '\u00A0';
    private const int TabWidth = 4;

    /// <summary>Lines indented this far are code in Markdown.</summary>
    private const int CodeIndent = 4;
    private const string Blank = " \t";

    private static readonly SearchValues<char> Entity = SearchValues.Create("#0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>
    /// Makes text stand for itself in the Markdown subset of Adaptive Cards: no emphasis, link, list or heading comes out of it, no entity and no
    /// <c>{{DATE(…)}}</c> is replaced. Backslash escapes are understood by Teams and by the official renderer's Markdown processors alike; only what would mean
    /// something is escaped, so that renderers without Markdown stay readable.
    /// </summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        var rest = text.Replace("\0", "", StringComparison.Ordinal).AsSpan();
        while (true)
        {
            var end = rest.IndexOfAny('\n', '\r');
            AppendLine(escaped, end < 0 ? rest : rest[..end]);
            if (end < 0)
            {
                return escaped.ToString();
            }

            escaped.Append(rest[end]);
            rest = rest[(end + 1)..];
        }
    }

    private static void AppendLine(StringBuilder escaped, ReadOnlySpan<char> line)
    {
        var words = line.TrimStart(Blank);
        AppendIndent(escaped, line[..^words.Length]);
        var marker = BlockMarker(words);
        for (var i = 0; i < words.Length; i++)
        {
            if (i == marker || IsInlineMarker(words, i))
            {
                escaped.Append('\\');
            }

            escaped.Append(words[i]);
        }
    }

    // Spaces that Markdown does not count look the same and make no code of the line.
    private static void AppendIndent(StringBuilder escaped, ReadOnlySpan<char> indent)
    {
        var width = indent.Length + (indent.Count('\t') * (TabWidth - 1));
        if (width < CodeIndent)
        {
            escaped.Append(indent);
        }
        else
        {
            escaped.Append(NoBreakSpace, width);
        }
    }

    private static bool IsInlineMarker(ReadOnlySpan<char> words, int at) => words[at] switch
    {
        '\\' or '*' or '_' or '[' or ']' or '`' or '<' or '~' => true,
        '&' => IsEntity(words[(at + 1)..]),
        '{' => at > 0 && words[at - 1] == '{',
        _ => false,
    };

    private static bool IsEntity(ReadOnlySpan<char> afterAmpersand)
    {
        var end = afterAmpersand.IndexOf(';');
        return end > 0 && !afterAmpersand[..end].ContainsAnyExcept(Entity);
    }

    /// <summary>Index of what would make a list, heading, quotation, table or rule of the line, or -1.</summary>
    private static int BlockMarker(ReadOnlySpan<char> words)
    {
        if (words.IsEmpty)
        {
            return -1;
        }

        var isMarker = words[0] switch
        {
            '>' or '|' => true,
            '#' => EndsWord(words, words.IndexOfAnyExcept('#')),
            '+' => EndsWord(words, 1),
            '-' => EndsWord(words, 1) || words[1] is '-' or '|' or ':',
            ':' => words.Length > 1 && words[1] == '-',
            '=' => words.Trim(Blank).IndexOfAnyExcept('=') < 0,
            _ => false,
        };
        if (isMarker)
        {
            return 0;
        }

        var digits = words.IndexOfAnyExceptInRange('0', '9');
        return digits > 0 && words[digits] is '.' or ')' && EndsWord(words, digits + 1) ? digits : -1;
    }

    private static bool EndsWord(ReadOnlySpan<char> words, int at) => at < 0 || at >= words.Length || Blank.Contains(words[at], StringComparison.Ordinal);
}
