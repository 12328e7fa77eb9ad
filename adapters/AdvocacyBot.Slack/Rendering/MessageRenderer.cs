using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Slack.Rendering.Blocks;

namespace AdvocacyBot.Slack.Rendering;

/// <summary>A card as a message.</summary>
internal static class MessageRenderer
{
    /// <param name="card">Any card of ours; inputs are shown as what they hold, since messages take no fields.</param>
    /// <param name="summary">One line of plain text for notifications and screen readers; null: the card read aloud.</param>
    public static SlackMessage Render(AdaptiveCard card, string? summary)
    {
        var buttons = new ButtonBlocks();
        var walk = new CardBlocks(card, fields: null, buttons);
        var body = walk.Body(card.Body);
        List<Block> actions = [.. buttons.Of(card.Actions)];
        var said = summary ?? card.Speak ?? card.FallbackText;
        var size = body.Sum(BlockSize.Of) + actions.Sum(BlockSize.Of);
        if (body.Count + actions.Count <= Limits.MessageBlocks && size <= Limits.MessageJson)
        {
            body.AddRange(actions);
            return Message(body, said);
        }

        var note = Note(walk.Language);
        var first = Take(body, 0, Limits.MessageBlocks - actions.Count - 1, Limits.MessageJson - actions.Sum(BlockSize.Of) - BlockSize.Of(note));
        var more = new List<SlackMessage>();
        for (var at = first; at < body.Count;)
        {
            var count = Take(body, at, Limits.MessageBlocks, Limits.MessageJson);
            more.Add(Message(body.GetRange(at, count), said: null));
            at += count;
        }

        return Message([.. body[..first], .. more.Count > 0 ? [note] : Array.Empty<Block>(), .. actions], said) with { More = more };
    }

    private static SlackMessage Message(List<Block> blocks, string? said)
    {
        var text = Line(said) ?? Line(ReadAloud.Of(blocks)) ?? "…";
        return new SlackMessage(text, blocks.Count > 0 ? blocks : [new ContextBlock([new PlainText("…")])]);
    }

    private static string? Line(string? said) =>
        string.IsNullOrEmpty(said) || SlackText.Mrkdwn(Cutter.Cut(said, Limits.Summary)) is not { Length: > 0 } line ? null : line;

    private static ContextBlock Note(Language language) =>
        new([new PlainText(Bidirectional.Lines(RenderingTexts.In(language)["SlackCards.Continues"], language.RightToLeft))]);

    /// <summary>How many blocks from <paramref name="from"/> fit, at least one.</summary>
    private static int Take(List<Block> blocks, int from, int most, int size)
    {
        var count = 0;
        while (from + count < blocks.Count && count < most && (count == 0 || BlockSize.Of(blocks[from + count]) <= size))
        {
            size -= BlockSize.Of(blocks[from + count]);
            count++;
        }

        return count;
    }
}
