using AdvocacyBot.Slack.Rendering.Blocks;

namespace AdvocacyBot.Slack.Rendering;

/// <summary>Collects runs into paragraphs, quotations and lists of one direction.</summary>
internal sealed class RichTextBuilder(bool rightToLeft, bool quote)
{
    private readonly List<RichTextPart> parts = [];
    private List<RichTextRun> runs = [];

    public bool RightToLeft => rightToLeft;

    public bool Quote => quote;

    public bool IsEmpty => parts.Count == 0 && runs.Count == 0;

    /// <summary>Literal text; nothing in it is looked for.</summary>
    public void Text(string text, RichTextStyle? style)
    {
        if (text.Length == 0)
        {
            return;
        }

        if (runs.Count > 0 && runs[^1] is TextRun last && Equals(last.Style, style))
        {
            runs[^1] = last with { Text = last.Text + text };
            return;
        }

        runs.Add(new TextRun(text) { Style = style });
    }

    /// <summary>A link; its address is shown as text where Slack would not take it.</summary>
    public void Link(string text, string url, RichTextStyle? style)
    {
        if (!IsTaken(url))
        {
            Text(text == url ? text : $"{text} ({url})", style);
            return;
        }

        runs.Add(new LinkRun(url, text.Length > 0 ? text : url) { Style = style });
    }

    public void NewLine()
    {
        if (runs.Count > 0)
        {
            Text("\n", runs[^1].Style);
        }
    }

    /// <summary>A list; in a quotation, which can hold none, lines with a bullet or number.</summary>
    /// <param name="ordered">Numbered from 1.</param>
    /// <param name="items">Each writes its own line.</param>
    public void List(bool ordered, IReadOnlyList<Action<RichTextBuilder>> items)
    {
        if (quote)
        {
            for (var i = 0; i < items.Count; i++)
            {
                NewLine();
                Text(ordered ? $"{i + 1}. " : "• ", style: null);
                items[i](this);
            }

            return;
        }

        Flush();
        var sections = new List<RichTextPart>(items.Count);
        foreach (var item in items)
        {
            var line = new RichTextBuilder(rightToLeft, quote: false);
            item(line);
            line.Flush();

            // A list inside a list is told in the same one.
            sections.AddRange(line.parts.SelectMany(part => part is RichTextList inner ? inner.Elements : [part]));
        }

        if (sections.Count > 0)
        {
            parts.Add(new RichTextList(ordered ? "ordered" : "bullet", sections));
        }
    }

    public IReadOnlyList<RichTextPart> Build()
    {
        Flush();
        return parts;
    }

    private static bool IsTaken(string url) =>
        url.Length is > 0 and <= Limits.Url
        && Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeMailto);

    private void Flush()
    {
        // A line break at the end would show as an empty line.
        while (runs.Count > 0 && runs[^1] is TextRun { Text: [.., '\n' or ' '] } last)
        {
            runs.RemoveAt(runs.Count - 1);
            if (last.Text.TrimEnd('\n', ' ') is { Length: > 0 } trimmed)
            {
                runs.Add(last with { Text = trimmed });
            }
        }

        Finish();
        if (runs.Count > 0)
        {
            parts.Add(quote ? new RichTextQuote(runs) : new RichTextSection(runs));
            runs = [];
        }
    }

    // Here and not word by word: what is dangerous, or has a direction, can be put together from pieces.
    private void Finish()
    {
        var lineStart = true;
        var before = '\n';
        for (var i = 0; i < runs.Count; i++)
        {
            if (runs[i] is LinkRun link)
            {
                var text = SlackText.After(before, SlackText.Literal(link.Text));
                runs[i] = link with { Text = Directed(text.Length > 0 ? text : link.Url, lineStart) };
                lineStart = false;
                before = text.Length > 0 ? text[^1] : before;
            }
            else if (runs[i] is TextRun { Text: var raw } run)
            {
                var text = SlackText.After(before, SlackText.Literal(raw));
                before = text.Length > 0 ? text[^1] : before;
                runs[i] = ReferenceEquals(text, raw) && !NeedsDirection(text) ? run : run with { Text = Directed(text, lineStart) };
                lineStart = text.EndsWith('\n');
            }
        }

        runs.RemoveAll(run => run is TextRun { Text.Length: 0 });
    }

    private bool NeedsDirection(string text) => rightToLeft || text.AsSpan().IndexOfAnyExceptInRange('\0', '\u058F') >= 0;

    private string Directed(string text, bool lineStart)
    {
        var from = lineStart ? 0 : text.IndexOf('\n', StringComparison.Ordinal) + 1;
        return from == 0 && !lineStart ? text : text[..from] + Bidirectional.Lines(text[from..], rightToLeft);
    }
}
