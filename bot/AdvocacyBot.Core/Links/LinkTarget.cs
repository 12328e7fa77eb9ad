using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Networks;

namespace AdvocacyBot.Core.Links;

/// <summary>What the links of one campaign have in common.</summary>
internal sealed class LinkCampaign(long id, string code, Uri destination)
{
    public long Id { get; } = id;

    public string Code { get; } = code;

    public Uri Destination { get; } = destination;

    /// <summary>The campaign was edited: read it again. What is known still serves when the database does not.</summary>
    public bool Stale { get; set; }

    /// <returns>Null where the link is not an address we may send people to.</returns>
    public static LinkCampaign? For(long id, string code, string link) =>
        Uri.TryCreate(link, UriKind.Absolute, out var destination) && destination.Scheme is "https" or "http"
            ? new(id, code, destination)
            : null;
}

/// <summary>Where a share's personal link leads, and what its clicks count for. Small and flat: there is one for each share.</summary>
internal sealed class LinkTarget(string code, long shareId, long conversationId, LinkCampaign campaign)
{
    /// <summary>Enough to tell a campaign's posts apart in the destination's analytics.</summary>
    private const int ContentLength = 6;

    private readonly string code = code;

    // Nearly every link is followed on one network only.
    private Tagged? first;
    private Tagged[] others = [];

    public long ShareId { get; } = shareId;

    public long ConversationId { get; } = conversationId;

    public LinkCampaign Campaign { get; } = campaign;

    /// <summary>The campaign's link with parameters that say where the visitor came from.</summary>
    /// <param name="network">Null: not known.</param>
    /// <returns>ASCII, without control characters.</returns>
    public string Destination(Network? network)
    {
        if (first is { } known && ReferenceEquals(known.Network, network))
        {
            return known.Destination;
        }

        foreach (var other in others)
        {
            if (ReferenceEquals(other.Network, network))
            {
                return other.Destination;
            }
        }

        return Tag(network);
    }

    // Whoever comes second at the same moment makes the same.
    private string Tag(Network? network)
    {
        var values = new UtmValues(
            network?.UtmSource ?? "", network?.UtmMedium ?? "", Campaign.Code, code[..ContentLength], network is null ? code : LinkCode.For(code, network.Letter));
        var tagged = new Tagged(network, Utm.Tag(Campaign.Destination, values).OriginalString);
        if (Interlocked.CompareExchange(ref first, tagged, comparand: null) is not null)
        {
            others = [.. others, tagged];
        }

        return tagged.Destination;
    }

    private sealed record Tagged(Network? Network, string Destination);
}
