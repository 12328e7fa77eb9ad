using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Links;
using AdvocacyBot.Core.Networks;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Conversions;

/// <summary>Why a conversion is tied to no link; the names are answered to callers.</summary>
public enum Untied
{
    /// <summary>None was reported.</summary>
    NoReference = 0,

    /// <summary>No link of this programme has the reference.</summary>
    UnknownReference = 1,

    /// <summary>It happened before the link was made.</summary>
    BeforeLink = 2,

    /// <summary>The link was not visited within the window.</summary>
    OutsideWindow = 3,
}

/// <param name="Share">Whose link it was.</param>
/// <param name="Network">The network the link was made for; null where that is not known.</param>
public sealed record Touch(Share Share, string? Network);

/// <summary>
/// Finds the link that was touched last before a conversion, within the window. A touch is the last visit of a person that is stored. Where none is, a link
/// that is younger than the window counts as touched when it was made: whoever has its reference came through it, and cannot have come earlier.
/// </summary>
internal sealed class LastTouch(AdvocacyDb db, NetworkCatalogue networks, long workspaceId, TimeSpan window)
{
    /// <summary>The caller's clock may be behind ours.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, Share> shares = new(StringComparer.Ordinal);

    /// <summary>Reads the links that are spoken of, all at once.</summary>
    public async Task LoadAsync(IEnumerable<ConversionItem> items, CancellationToken cancellationToken)
    {
        var codes = items.SelectMany(item => item.Refs).Select(reference => LinkReference.TryParse(reference, out var code, out _) ? code : "")
            .Where(code => code.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        foreach (var share in await db.Shares.AsNoTracking().Where(s => s.WorkspaceId == workspaceId && codes.Contains(s.Code)).ToListAsync(cancellationToken))
        {
            shares[share.Code] = share;
        }
    }

    public async Task<(Touch? Touch, Untied Reason)> FindAsync(ConversionItem item, CancellationToken cancellationToken)
    {
        if (item.Refs.Count == 0)
        {
            return (null, Untied.NoReference);
        }

        var known = new List<(Share Share, char Letter)>();
        foreach (var reference in item.Refs)
        {
            if (LinkReference.TryParse(reference, out var code, out var letter) && shares.TryGetValue(code, out var share))
            {
                known.Add((share, letter));
            }
        }

        if (known.Count == 0)
        {
            return (null, Untied.UnknownReference);
        }

        known.RemoveAll(link => item.At + Slack < link.Share.CreatedAt);
        if (known.Count == 0)
        {
            return (null, Untied.BeforeLink);
        }

        (Touch Touch, DateTimeOffset At)? last = null;
        foreach (var (share, letter) in known)
        {
            var young = share.CreatedAt >= item.At - window;
            var visit = young && known.Count == 1 && letter != '\0' ? null : await VisitAsync(share, item.At, cancellationToken);
            var at = visit?.At ?? (young ? share.CreatedAt : null);
            if (at is { } touched && (last is null || touched > last.Value.At))
            {
                last = (new Touch(share, networks.ByLetter(letter)?.Key ?? visit?.Network), touched);
            }
        }

        return last is { } found ? (found.Touch, default) : (null, Untied.OutsideWindow);
    }

    // By channel and time first: that is the index visits have.
    private async Task<Visit?> VisitAsync(Share share, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var (from, to) = (at - window, at + Slack);
        return await db.Clicks.AsNoTracking()
            .Where(c => c.ConversationId == share.ConversationId && c.At >= from && c.At <= to && c.CampaignId == share.CampaignId && c.ShareId == share.Id
                && (c.Class == (int)ClickClass.Human || c.Class == (int)ClickClass.Repeat))
            .OrderByDescending(c => c.At).ThenByDescending(c => c.Id)
            .Select(c => new Visit(c.At, c.Network))
            .FirstOrDefaultAsync(cancellationToken);
    }

    private sealed record Visit(DateTimeOffset At, string? Network);
}
