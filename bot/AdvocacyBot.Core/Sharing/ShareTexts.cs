using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Disclosures;
using AdvocacyBot.Core.Links;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Networks;

namespace AdvocacyBot.Core.Sharing;

/// <summary>What a person's text must be: not empty, and fitting at least one of the campaign's networks.</summary>
public static class ShareTexts
{
    /// <summary>Judges the text as it will be shared, with what the programme adds to it.</summary>
    /// <returns>A message, or null where the text is fine.</returns>
    public static string? Problem(
        Share share, Campaign campaign, string text, IReadOnlyList<Network> offered, DisclosureRule disclosure, PublicAddress address, Language language)
    {
        ArgumentNullException.ThrowIfNull(disclosure);
        ArgumentNullException.ThrowIfNull(share);
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(offered);
        ArgumentNullException.ThrowIfNull(address);
        if (text.Length == 0)
        {
            return Texts.In(language)["Sharing.EditMissing"];
        }

        var shared = disclosure.Add(text, share.Language);
        var counts = offered.Select(network => (Network: network, Count: network.Count(shared, address.Tracked(share.Code, network.Letter).AbsoluteUri, campaign.Title))).ToList();
        return counts.Count > 0 && counts.TrueForAll(c => !c.Count.Fits)
            ? NetworkTexts.TooLong(counts[0].Network, counts[0].Count, language)
            : null;
    }
}
