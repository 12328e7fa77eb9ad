using System.Collections.Concurrent;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Localization;

namespace AdvocacyBot.Core.Broadcasts;

/// <summary>
/// A campaign's card is the same for all who read one language, so it is made once and not for each of thousands. Kept for a minute, because it also shows what is
/// not in the campaign's row.
/// </summary>
public sealed class DirectCards(TimeProvider clock)
{
    private const int MostKept = 64;
    private static readonly TimeSpan Freshness = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(long Prompt, int Version, Language Language, string Kind), Kept> kept = new();

    /// <param name="promptId">The card's buttons name it.</param>
    /// <param name="version">Of the campaign.</param>
    /// <param name="language">The reader's.</param>
    /// <param name="kind">Which card.</param>
    /// <param name="make">Makes it where it is not kept.</param>
    public async Task<AdaptiveCard> GetAsync(long promptId, int version, Language language, string kind, Func<Task<AdaptiveCard>> make)
    {
        ArgumentNullException.ThrowIfNull(make);
        var key = (promptId, version, language, kind);
        if (kept.TryGetValue(key, out var known) && clock.GetElapsedTime(known.At) < Freshness)
        {
            return known.Card;
        }

        var card = await make();
        if (kept.Count >= MostKept)
        {
            kept.Clear();
        }

        kept[key] = new Kept(card, clock.GetTimestamp());
        return card;
    }

    private sealed record Kept(AdaptiveCard Card, long At);
}
