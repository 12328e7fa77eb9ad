using System.Runtime.CompilerServices;
using AdvocacyBot.Core.Networks;

namespace AdvocacyBot.Core.Links;

public enum FollowStatus
{
    Found = 0,

    /// <summary>There is no such link.</summary>
    Unknown = 1,

    /// <summary>The link is not in memory and the database cannot be asked.</summary>
    Unavailable = 2,
}

/// <param name="Destination">For <see cref="FollowStatus.Found"/>: an address in ASCII, fit for a <c>Location</c> header.</param>
public readonly record struct Followed(FollowStatus Status, string? Destination);

/// <summary>A visitor follows a personal link: where to, once the visit is written down.</summary>
public sealed class FollowLink(LinkIndex index, NetworkCatalogue networks, ClickWriter clicks)
{
    // A link without a network's letter was copied by hand.
    private readonly Network? copied = networks.Find("copy");

    /// <param name="received">What came after <c>/l/</c>, percent-decoded.</param>
    public ValueTask<Followed> FollowAsync(ReadOnlySpan<char> received, LinkVisit visit, CancellationToken cancellationToken)
    {
        if (!LinkCode.TryParse(received, out var code, out var letter))
        {
            return new(new Followed(FollowStatus.Unknown, Destination: null));
        }

        var network = networks.ByLetter(letter) ?? copied;
        return index.TryGet(code, out var target)
            ? WriteAsync(target, network, visit)
            : LookUpAsync(code.ToString(), network, visit, cancellationToken);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Followed> WriteAsync(LinkTarget target, Network? network, LinkVisit visit)
    {
        await clicks.WriteAsync(target, network?.Key, visit);
        return new(FollowStatus.Found, target.Destination(network));
    }

    private async ValueTask<Followed> LookUpAsync(string code, Network? network, LinkVisit visit, CancellationToken cancellationToken)
    {
        try
        {
            return await index.FindAsync(code, cancellationToken) is { } target
                ? await WriteAsync(target, network, visit)
                : new(FollowStatus.Unknown, Destination: null);
        }
        catch (LinkUnavailableException)
        {
            return new(FollowStatus.Unavailable, Destination: null);
        }
    }
}
