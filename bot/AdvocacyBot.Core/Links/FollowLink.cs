using System.Runtime.InteropServices;
using AdvocacyBot.Core.Networks;

namespace AdvocacyBot.Core.Links;

/// <summary>A link that exists, on the network it was made for.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly struct FoundLink
{
    private readonly LinkTarget target;
    private readonly Network? network;

    internal FoundLink(LinkTarget target, Network? network)
    {
        this.target = target;
        this.network = network;
    }

    /// <summary>Where it leads: ASCII, fit for a <c>Location</c> header.</summary>
    public string Destination => target.Destination(network);

    internal LinkTarget Target => target;

    internal Network? Network => network;
}

/// <summary>A visitor follows a personal link: find out where to, write the visit down, send them on.</summary>
public sealed class FollowLink(LinkIndex index, NetworkCatalogue networks, ClickWriter clicks)
{
    // A link without a network's letter was copied by hand.
    private readonly Network? copied = networks.Find("copy");

    /// <param name="received">What came after <c>/l/</c>, percent-decoded.</param>
    /// <returns>Null: there is no such link. Completes at once for a link in memory.</returns>
    /// <exception cref="LinkUnavailableException">The link is not in memory and the database cannot be asked.</exception>
    public ValueTask<FoundLink?> FindAsync(ReadOnlySpan<char> received, CancellationToken cancellationToken)
    {
        if (!LinkCode.TryParse(received, out var code, out var letter))
        {
            return new((FoundLink?)null);
        }

        var network = networks.ByLetter(letter) ?? copied;
        return index.TryGet(code, out var target)
            ? new(new FoundLink(target, network))
            : LookUpAsync(code.ToString(), network, cancellationToken);
    }

    /// <summary>Writes the visit down. Never fails.</summary>
    /// <returns>Completes when it is on disk; or is counted as uncounted, or takes longer than <see cref="TrackedLinkOptions.LongestWait"/>.</returns>
    public ValueTask CountAsync(FoundLink link, LinkVisit visit) => clicks.WriteAsync(link.Target, link.Network?.Key, visit);

    private async ValueTask<FoundLink?> LookUpAsync(string code, Network? network, CancellationToken cancellationToken) =>
        await index.FindAsync(code, cancellationToken) is { } target ? new FoundLink(target, network) : null;
}
