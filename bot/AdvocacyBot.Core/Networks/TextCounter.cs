using System.Globalization;
using System.Text;

namespace AdvocacyBot.Core.Networks;

/// <summary>The counting rules that look at the text alone.</summary>
internal static class TextCounter
{
    /// <param name="text">Clean (<see cref="ShareText.Clean"/>).</param>
    public static int Count(CountRule rule, string text) => rule switch
    {
        CountRule.Utf16 => text.Length,
        CountRule.XWeighted => XWeight.Of(text),
        CountRule.Graphemes => Graphemes(text),
        CountRule.EmojiBytes => EmojiBytes(text),
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "Not a rule about the text alone."),
    };

    private static int Graphemes(ReadOnlySpan<char> text)
    {
        var count = 0;
        for (var at = 0; at < text.Length; at += StringInfo.GetNextTextElementLength(text[at..]))
        {
            count++;
        }

        return count;
    }

    private static int EmojiBytes(ReadOnlySpan<char> text)
    {
        var count = 0;
        var at = 0;
        while (at < text.Length)
        {
            var emoji = EmojiSequence.LengthAt(text[at..]);
            if (emoji > 0)
            {
                count += Encoding.UTF8.GetByteCount(text.Slice(at, emoji));
                at += emoji;
            }
            else
            {
                Rune.DecodeFromUtf16(text[at..], out _, out var length);
                count++;
                at += length;
            }
        }

        return count;
    }
}
