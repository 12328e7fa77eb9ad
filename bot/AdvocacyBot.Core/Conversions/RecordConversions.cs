using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Networks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Core.Conversions;

/// <summary>What became of an entry; the names are answered to callers.</summary>
public enum ConversionStatus
{
    Recorded = 0,

    /// <summary>An entry with this id was there; the first one stays as it is.</summary>
    Duplicate = 1,

    /// <summary>It counts no more, or never will: its reversal came first.</summary>
    Reversed = 2,

    /// <summary>See the problem; nothing was written.</summary>
    Rejected = 3,
}

/// <param name="Entry">What was reported.</param>
/// <param name="Status">What became of it.</param>
/// <param name="Tied">For what was recorded: whether it is tied to a personal link.</param>
/// <param name="Untied">Why not.</param>
/// <param name="Note">More in words, where there is something to say.</param>
public sealed record ConversionResult(ConversionEntry Entry, ConversionStatus Status, bool Tied = false, Untied? Untied = null, string? Note = null);

/// <summary>Writes reported conversions, each once, all in one transaction.</summary>
public sealed class RecordConversions(
    Database database, IDbContextFactory<AdvocacyDb> contexts, NetworkCatalogue networks, IOptions<ConversionOptions> options, TimeProvider clock)
{
    private const int Attempts = 3;

    /// <param name="key">Who reports, and for which workspace.</param>
    /// <param name="entries">As they were read.</param>
    /// <param name="cancellationToken">Cancels the work; nothing is written then.</param>
    /// <returns>In the order of <paramref name="entries"/>.</returns>
    public async Task<IReadOnlyList<ConversionResult>> RunAsync(OpenConversionKey key, IReadOnlyList<ConversionEntry> entries, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(entries);
        for (var attempt = 1; ; attempt++)
        {
            using var write = await database.EnterWriteAsync(cancellationToken);
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            try
            {
                var results = await RunAsync(db, key, entries, cancellationToken);
                await db.SaveChangesAsync(cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                return results;
            }
            catch (Exception e) when (attempt < Attempts && Collision.Is(e))
            {
                // The same ids came by another host at the same moment: now they are there.
            }
        }
    }

    private async Task<List<ConversionResult>> RunAsync(AdvocacyDb db, OpenConversionKey key, IReadOnlyList<ConversionEntry> entries, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var items = entries.Select(entry => entry.Item).OfType<ConversionItem>().ToList();
        var ids = items.Select(item => item.Id).Distinct(StringComparer.Ordinal).ToList();
        var there = await db.Conversions.Where(c => c.WorkspaceId == key.WorkspaceId && ids.Contains(c.ExternalId))
            .ToDictionaryAsync(c => c.ExternalId, StringComparer.Ordinal, cancellationToken);
        var touches = new LastTouch(db, networks, key.WorkspaceId, options.Value.Window);
        await touches.LoadAsync(items, cancellationToken);
        var results = new List<ConversionResult>(entries.Count);
        foreach (var entry in entries)
        {
            results.Add(entry.Item is { } item
                ? await OneAsync(db, key.WorkspaceId, entry, item, there, touches, now, cancellationToken)
                : new ConversionResult(entry, ConversionStatus.Rejected, Note: entry.Problem));
        }

        await db.ConversionKeys.Where(k => k.Id == key.Id).ExecuteUpdateAsync(set => set.SetProperty(k => k.UsedAt, now), cancellationToken);
        return results;
    }

    private static async Task<ConversionResult> OneAsync(
        AdvocacyDb db, long workspaceId, ConversionEntry entry, ConversionItem item, Dictionary<string, Conversion> there, LastTouch touches, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        if (there.TryGetValue(item.Id, out var known) && (known.Type is not null || item.Type is null))
        {
            return Again(entry, item, known, now);
        }

        // New, or all that came so far is its reversal.
        var conversion = known ?? new Conversion { WorkspaceId = workspaceId, ExternalId = item.Id, RecordedAt = now };
        var cameFirst = known?.ReversedAt is not null;
        conversion.Type = item.Type;
        conversion.At = item.At;
        conversion.Amount = item.Amount;
        conversion.Currency = item.Currency;
        conversion.ReversedAt ??= item.Reversed ? now : null;
        var (touch, reason) = item.Type is null ? (null, Untied.NoReference) : await touches.FindAsync(item, cancellationToken);
        if (touch is not null)
        {
            (conversion.ShareId, conversion.PersonId) = (touch.Share.Id, touch.Share.PersonId);
            (conversion.CampaignId, conversion.ConversationId, conversion.Network) = (touch.Share.CampaignId, touch.Share.ConversationId, touch.Network);
        }

        if (known is null)
        {
            db.Conversions.Add(conversion);
            there[item.Id] = conversion;
        }

        return conversion.ReversedAt is null
            ? new ConversionResult(entry, ConversionStatus.Recorded, touch is not null, touch is null ? reason : null)
            : new ConversionResult(entry, ConversionStatus.Reversed, Note: item switch
            {
                { Type: null } => "There is no such conversion yet. If it comes, it will not count.",
                _ when cameFirst => "Its reversal came first: it does not count.",
                _ => null,
            });
    }

    private static ConversionResult Again(ConversionEntry entry, ConversionItem item, Conversion known, DateTimeOffset now)
    {
        if (item.Reversed)
        {
            var before = known.ReversedAt is not null;
            known.ReversedAt ??= now;
            return new ConversionResult(entry, before ? ConversionStatus.Duplicate : ConversionStatus.Reversed, Note: before ? "It was reversed before." : null);
        }

        var differs = known.Type != item.Type || known.Amount != item.Amount || known.Currency != item.Currency;
        return new ConversionResult(
            entry, ConversionStatus.Duplicate, known.CampaignId is not null, Note: known.ReversedAt is not null
                ? "It was reversed; an id is used once. Report it under a new id if it is to count again."
                : differs ? "It was reported before with other values; the first ones stay. To correct it, reverse this id and report a new one." : null);
    }
}
