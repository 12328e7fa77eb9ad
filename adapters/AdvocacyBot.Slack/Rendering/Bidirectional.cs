using System.Text;

namespace AdvocacyBot.Slack.Rendering;

/// <summary>
/// Direction in Slack: no block has a setting for it. Its clients give every text <c>dir="auto"</c>, so the first strong letter decides; where that would
/// decide wrongly, a mark (U+200F, U+200E) goes before it, at each line, since the phones decide line by line.
/// </summary>
internal static class Bidirectional
{
    private const char LeftToRightMark = '\u200E';
    private const char RightToLeftMark = '\u200F';
    private const char PopFormatting = '\u202C';
    private const char PopIsolate = '\u2069';

    /// <summary>Embeddings, overrides and isolates, with what closes them.</summary>
    public static readonly char[] Controls = ['\u202A', '\u202B', '\u202C', '\u202D', '\u202E', '\u2066', '\u2067', '\u2068', '\u2069'];

    /// <summary>Gives each line the mark it needs.</summary>
    public static string Lines(string text, bool rightToLeft)
    {
        if (!rightToLeft && text.AsSpan().IndexOfAnyExceptInRange('\0', '\u058F') < 0)
        {
            return text;
        }

        if (!text.Contains('\n', StringComparison.Ordinal))
        {
            return NeedsMark(text, rightToLeft) ? Mark(rightToLeft) + text : text;
        }

        var marked = new StringBuilder(text.Length + 8);
        var rest = text.AsSpan();
        while (true)
        {
            var end = rest.IndexOf('\n');
            var line = end < 0 ? rest : rest[..end];
            if (NeedsMark(line, rightToLeft))
            {
                marked.Append(Mark(rightToLeft));
            }

            marked.Append(line);
            if (end < 0)
            {
                return marked.ToString();
            }

            marked.Append('\n');
            rest = rest[(end + 1)..];
        }
    }

    /// <summary>Closes what the text opens, and drops what would close something before it.</summary>
    public static string Close(string text)
    {
        if (text.AsSpan().IndexOfAny(Controls) < 0)
        {
            return text;
        }

        var closed = new StringBuilder(text.Length + 2);
        var open = new Stack<char>();
        foreach (var c in text)
        {
            if (Closer(c) is { } closer)
            {
                open.Push(closer);
            }
            else if (c is PopFormatting or PopIsolate)
            {
                if (open.Count == 0 || open.Peek() != c)
                {
                    continue;
                }

                open.Pop();
            }

            closed.Append(c);
        }

        foreach (var closer in open)
        {
            closed.Append(closer);
        }

        return closed.ToString();
    }

    /// <summary>What closes the control, or null where the character opens nothing.</summary>
    public static char? Closer(char c) => c switch
    {
        '\u202A' or '\u202B' or '\u202D' or '\u202E' => PopFormatting,
        '\u2066' or '\u2067' or '\u2068' => PopIsolate,
        _ => null,
    };

    private static char Mark(bool rightToLeft) => rightToLeft ? RightToLeftMark : LeftToRightMark;

    // Whether a client skips isolates when it looks for the first letter is not the same everywhere, so what stands before one is told.
    private static bool NeedsMark(ReadOnlySpan<char> line, bool rightToLeft)
    {
        foreach (var rune in line.EnumerateRunes())
        {
            if (rune.Value is LeftToRightMark or RightToLeftMark)
            {
                return rune.Value == LeftToRightMark == rightToLeft;
            }

            if (rune.IsBmp && Controls.AsSpan().Contains((char)rune.Value))
            {
                return true;
            }

            if (Rune.IsLetter(rune))
            {
                return IsRightToLeft(rune) != rightToLeft;
            }
        }

        return rightToLeft && !line.IsEmpty;
    }

    private static bool IsRightToLeft(Rune rune) => rune.Value is
        (>= 0x0590 and <= 0x08FF) or (>= 0xFB1D and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFF)
        or (>= 0x10800 and <= 0x10FFF) or (>= 0x1E800 and <= 0x1EFFF);
}
