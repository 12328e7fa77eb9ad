using System.Globalization;

namespace AdvocacyBot.Slack.Rendering;

/// <summary>Shortens and splits text between what people see as characters, and closes directional isolates that a cut leaves open.</summary>
internal static class Cutter
{
    private const string Ellipsis = "…";

    /// <summary>How far back from the end a cut looks for a blank to be made at.</summary>
    private const int WordReach = 20;

    /// <summary>The text, or as much of it as fits with an ellipsis.</summary>
    /// <param name="text">Any.</param>
    /// <param name="most">UTF-16 units, at least 1.</param>
    public static string Cut(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        var head = Head(text, most - Ellipsis.Length, out _);
        return head.Length == 0 ? Ellipsis : Bidirectional.Close(head.TrimEnd() + Ellipsis);
    }

    /// <summary>The text in pieces that together say all of it.</summary>
    public static IEnumerable<string> Split(string text, int most)
    {
        text = Bidirectional.Close(text);
        while (text.Length > most)
        {
            var head = Head(text, most, out var opened);
            if (head.Length == 0)
            {
                // One character that is longer than all the room: no language has it, but somebody can type it.
                var end = char.IsHighSurrogate(text[most - 1]) ? most - 1 : most;
                yield return text[..end];
                text = Bidirectional.Close(text[end..]);
                continue;
            }

            yield return Bidirectional.Close(head);
            var rest = text[head.Length..].TrimStart('\n', ' ');

            // What stands open goes on in the next piece, unless the text is nothing but opening.
            text = Bidirectional.Close(opened.Length < head.Length / 2 ? opened + rest : rest);
        }

        if (text.Length > 0)
        {
            yield return text;
        }
    }

    /// <summary>As many whole characters as fit, with room left for closing what they open.</summary>
    private static string Head(string text, int most, out string opened)
    {
        var open = new List<char>();
        var at = 0;
        var blank = 0;
        var openAtBlank = "";
        while (at < text.Length)
        {
            var length = StringInfo.GetNextTextElementLength(text.AsSpan(at));
            var before = open.Count;
            Track(text.AsSpan(at, length), open);
            if (at + length + open.Count > most)
            {
                open.RemoveRange(Math.Min(before, open.Count), Math.Max(0, open.Count - before));
                break;
            }

            at += length;
            if (text[at - 1] is ' ' or '\n')
            {
                blank = at;
                openAtBlank = string.Concat(open);
            }
        }

        if (blank > 0 && at < text.Length && at - blank <= WordReach)
        {
            opened = openAtBlank;
            return text[..blank];
        }

        opened = string.Concat(open);
        return text[..at];
    }

    private static void Track(ReadOnlySpan<char> element, List<char> open)
    {
        foreach (var c in element)
        {
            if (Bidirectional.Closer(c) is not null)
            {
                open.Add(c);
            }
            else if (open.Count > 0 && Bidirectional.Closer(open[^1]) == c)
            {
                open.RemoveAt(open.Count - 1);
            }
        }
    }
}
