using System.Text;

namespace AdvocacyBot.Teams.Protocol;

/// <summary>How much Teams takes in one message (learn.microsoft.com, format-your-bot-messages: 100 KB, in UTF-16).</summary>
internal static class MessageSize
{
    public const int Most = 100 * 1000;

    // Names, ids and entities around a card.
    private const int Around = 4 * 1000;

    /// <summary>Bytes that Teams counts: UTF-16, whatever is sent.</summary>
    public static int Of(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetCharCount(utf8) * 2;

    /// <param name="card">UTF-8 JSON of what is to go into a message or an invoke's answer.</param>
    public static bool IsTooLong(ReadOnlyMemory<byte> card) => card.Length > (Most - Around) / 2 && Of(card.Span) > Most - Around;
}
