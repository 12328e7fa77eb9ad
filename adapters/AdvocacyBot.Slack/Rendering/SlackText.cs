using System.Buffers;
using System.Text;

namespace AdvocacyBot.Slack.Rendering;

/// <summary>Makes people's words harmless in the three places that text stands in: literal blocks, plain text objects, and the message's own <c>text</c>.</summary>
internal static class SlackText
{
    private const string WordJoiner = "\u2060";
    private const char Replacement = '\uFFFD';

    private static readonly SearchValues<char> Suspect = SearchValues.Create([.. Enumerable.Range(0, 32).Where(c => c != '\n').Select(c => (char)c), '<', .. Bidirectional.Controls]);
    private static readonly SearchValues<char> Entities = SearchValues.Create("&<>");

    /// <summary>
    /// For places where Slack takes text as it is (<c>rich_text</c>): control characters go, half a surrogate pair becomes U+FFFD, directional
    /// controls are closed, and the beginnings of mentions (<c>&lt;!</c>, <c>&lt;@</c>, <c>&lt;#</c>) are broken by a word joiner, should a client look for them all the same.
    /// </summary>
    public static string Literal(string text)
    {
        if (text.AsSpan().IndexOfAny(Suspect) < 0 && text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0)
        {
            return text;
        }

        var clean = new StringBuilder(text.Length + 4);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            switch (c)
            {
                case '\r' when i + 1 < text.Length && text[i + 1] == '\n':
                    break;
                case '\r':
                    clean.Append('\n');
                    break;
                case '\t':
                    clean.Append(' ');
                    break;
                case < ' ' and not '\n':
                    break;
                default:
                    i = AppendPaired(clean, text, i);
                    break;
            }
        }

        // Last, since what is taken out between two characters brings them together.
        return Broken(Bidirectional.Close(clean.ToString()));
    }

    /// <summary>
    /// For <c>plain_text</c>: as <see cref="Literal"/>. Slack escapes what is sent (slackapi/bolt-python issue 513) and decodes three entities, so only an
    /// ampersand that would begin one of those is escaped.
    /// </summary>
    public static string Plain(string text)
    {
        var literal = Literal(text);
        var at = literal.IndexOf('&', StringComparison.Ordinal);
        if (at < 0)
        {
            return literal;
        }

        var escaped = new StringBuilder(literal.Length + 8);
        var from = 0;
        for (; at >= 0; at = literal.IndexOf('&', at + 1))
        {
            var rest = literal.AsSpan(at + 1);
            if (rest.StartsWith("amp;") || rest.StartsWith("lt;") || rest.StartsWith("gt;"))
            {
                escaped.Append(literal, from, at - from).Append("&amp;");
                from = at + 1;
            }
        }

        return escaped.Append(literal, from, literal.Length - from).ToString();
    }

    /// <summary>For the message's <c>text</c>, which is mrkdwn: <c>&amp;</c>, <c>&lt;</c> and <c>&gt;</c> escaped once, so that nothing in it is a mention, link or command.</summary>
    public static string Mrkdwn(string text)
    {
        var literal = Literal(text);
        if (literal.AsSpan().IndexOfAny(Entities) < 0)
        {
            return literal;
        }

        var escaped = new StringBuilder(literal.Length + 16);
        foreach (var c in literal)
        {
            _ = c switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                _ => escaped.Append(c),
            };
        }

        return escaped.ToString();
    }

    /// <summary>What Slack escaped, as it was written.</summary>
    public static string Unescape(string text) => text.Contains('&', StringComparison.Ordinal)
        ? text.Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal)
        : text;

    /// <summary>The literal text as it may follow another one's last character in the same line.</summary>
    public static string After(char before, string literal) => before == '<' && literal is ['!' or '@' or '#', ..] ? WordJoiner + literal : literal;

    private static string Broken(string text)
    {
        for (var at = text.IndexOf('<', StringComparison.Ordinal); at >= 0 && at + 1 < text.Length; at = text.IndexOf('<', at + 1))
        {
            if (text[at + 1] is '!' or '@' or '#')
            {
                text = text.Insert(at + 1, WordJoiner);
            }
        }

        return text;
    }

    private static int AppendPaired(StringBuilder clean, string text, int at)
    {
        var c = text[at];
        if (!char.IsSurrogate(c))
        {
            clean.Append(c);
            return at;
        }

        if (char.IsHighSurrogate(c) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
        {
            clean.Append(c).Append(text[at + 1]);
            return at + 1;
        }

        clean.Append(Replacement);
        return at;
    }
}
