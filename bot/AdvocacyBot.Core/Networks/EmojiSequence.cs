using System.Text;

namespace AdvocacyBot.Core.Networks;

/// <summary>Emoji sequences of UTS #51: flags, keycaps, skin tones, tag sequences and everything joined with U+200D, which people see as one.</summary>
internal static class EmojiSequence
{
    private const char Joiner = '\u200D';
    private const char EmojiStyle = '\uFE0F';
    private const char Keycap = '\u20E3';

    /// <summary>
    /// Code points of the Basic Multilingual Plane with the property Emoji, ASCII left out, as pairs of first and last
    /// (Unicode 17, emoji-data.txt). Beyond that plane the blocks U+1F000 to U+1FAFF are taken whole.
    /// </summary>
    private const string Ranges =
        "\u00A9\u00A9\u00AE\u00AE\u203C\u203C\u2049\u2049\u2122\u2122\u2139\u2139\u2194\u2199\u21A9\u21AA\u231A\u231B\u2328\u2328\u23CF\u23CF"
        + "\u23E9\u23F3\u23F8\u23FA\u24C2\u24C2\u25AA\u25AB\u25B6\u25B6\u25C0\u25C0\u25FB\u25FE\u2600\u2604\u260E\u260E\u2611\u2611\u2614\u2615"
        + "\u2618\u2618\u261D\u261D\u2620\u2620\u2622\u2623\u2626\u2626\u262A\u262A\u262E\u262F\u2638\u263A\u2640\u2640\u2642\u2642\u2648\u2653"
        + "\u265F\u2660\u2663\u2663\u2665\u2666\u2668\u2668\u267B\u267B\u267E\u267F\u2692\u2697\u2699\u2699\u269B\u269C\u26A0\u26A1\u26A7\u26A7"
        + "\u26AA\u26AB\u26B0\u26B1\u26BD\u26BE\u26C4\u26C5\u26C8\u26C8\u26CE\u26CF\u26D1\u26D1\u26D3\u26D4\u26E9\u26EA\u26F0\u26F5\u26F7\u26FA"
        + "\u26FD\u26FD\u2702\u2702\u2705\u2705\u2708\u270D\u270F\u270F\u2712\u2712\u2714\u2714\u2716\u2716\u271D\u271D\u2721\u2721\u2728\u2728"
        + "\u2733\u2734\u2744\u2744\u2747\u2747\u274C\u274C\u274E\u274E\u2753\u2755\u2757\u2757\u2763\u2764\u2795\u2797\u27A1\u27A1\u27B0\u27B0"
        + "\u27BF\u27BF\u2934\u2935\u2B05\u2B07\u2B1B\u2B1C\u2B50\u2B50\u2B55\u2B55\u3030\u3030\u303D\u303D\u3297\u3297\u3299\u3299";

    /// <summary>UTF-16 length of the emoji that <paramref name="text"/> begins with, or 0.</summary>
    public static int LengthAt(ReadOnlySpan<char> text)
    {
        var length = KeycapLength(text);
        if (length > 0)
        {
            return length;
        }

        length = FlagLength(text);
        if (length > 0)
        {
            return length;
        }

        length = ElementLength(text);
        if (length == 0)
        {
            return 0;
        }

        while (length < text.Length && text[length] == Joiner)
        {
            var next = ElementLength(text[(length + 1)..]);
            if (next == 0)
            {
                break;
            }

            length += 1 + next;
        }

        return length;
    }

    private static int KeycapLength(ReadOnlySpan<char> text)
    {
        if (text.Length < 2 || !(char.IsAsciiDigit(text[0]) || text[0] is '#' or '*'))
        {
            return 0;
        }

        var end = text[1] == EmojiStyle ? 2 : 1;
        return end < text.Length && text[end] == Keycap ? end + 1 : 0;
    }

    private static int FlagLength(ReadOnlySpan<char> text) =>
        text.Length >= 4 && IsRegional(text) && IsRegional(text[2..]) ? 4 : 0;

    private static int ElementLength(ReadOnlySpan<char> text)
    {
        if (Rune.DecodeFromUtf16(text, out var rune, out var length) != System.Buffers.OperationStatus.Done || !IsEmoji(rune.Value))
        {
            return 0;
        }

        var styled = length < text.Length && text[length] == EmojiStyle;
        if (rune.Value < 0x100 && !styled)
        {
            return 0; // © and ® are letters of the text unless asked to be pictures
        }

        length += styled ? 1 : 0;
        while (Rune.DecodeFromUtf16(text[length..], out var next, out var more) == System.Buffers.OperationStatus.Done
            && next.Value is (>= 0x1F3FB and <= 0x1F3FF) or (>= 0xE0020 and <= 0xE007F))
        {
            length += more;
        }

        return length;
    }

    private static bool IsRegional(ReadOnlySpan<char> text) =>
        Rune.DecodeFromUtf16(text, out var rune, out _) == System.Buffers.OperationStatus.Done && rune.Value is >= 0x1F1E6 and <= 0x1F1FF;

    private static bool IsEmoji(int value)
    {
        if (value is >= 0x1F000 and <= 0x1FAFF)
        {
            return true;
        }

        for (var i = 0; value <= 0xFFFF && i < Ranges.Length && Ranges[i] <= value; i += 2)
        {
            if (value <= Ranges[i + 1])
            {
                return true;
            }
        }

        return false;
    }
}
