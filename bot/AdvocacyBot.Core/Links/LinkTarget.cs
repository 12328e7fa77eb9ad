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

/// <summary>Where a share's personal link leads, and what its clicks count for.</summary>
internal sealed class LinkTarget(string code, long shareId, long conversationId, LinkCampaign campaign)
{
    /// <summary>Enough to tell a campaign's posts apart in the destination's analytics, too little to find the link.</summary>
    private const int ContentLength = 6;

    private Tagged[] tagged = [];

    public string Code { get; } = code;

    public long ShareId { get; } = shareId;

    public long ConversationId { get; } = conversationId;

    public LinkCampaign Campaign { get; } = campaign;

    /// <summary>The campaign's link with parameters that say where the visitor came from.</summary>
    /// <param name="network">Null: not known.</param>
    /// <returns>ASCII, without control characters.</returns>
    public string Destination(Network? network)
    {
        foreach (var known in tagged)
        {
            if (ReferenceEquals(known.Network, network))
            {
                return known.Destination;
            }
        }

        var values = new UtmValues(network?.UtmSource ?? "", network?.UtmMedium ?? "", Campaign.Code, Code[..ContentLength]);
        var destination = Utm.Tag(Campaign.Destination, values).OriginalString;

        // Whoever comes second at the same moment makes the same.
        tagged = [.. tagged, new Tagged(network, destination)];
        return destination;
    }

    private sealed record Tagged(Network? Network, string Destination);
}
