using AdvocacyBot.Core.Cards;

namespace AdvocacyBot.Teams.Outbound;

/// <summary>Writes a card as Teams wants it.</summary>
internal interface ICardWriter
{
    /// <returns>UTF-8 JSON.</returns>
    ReadOnlyMemory<byte> Write(AdaptiveCard card);
}
