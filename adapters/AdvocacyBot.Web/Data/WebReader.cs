using AdvocacyBot.Core.Data;
using AdvocacyBot.Web.Api;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Web.Data;

/// <summary>Reads messages as one person sees them; nothing that is another person's comes through here.</summary>
internal sealed class WebReader(IDbContextFactory<WebDb> contexts, QuickReads reads)
{
    /// <summary>Number of the last change.</summary>
    public async Task<long> SeqAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Clock.AsNoTracking().Select(c => c.Seq).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>A message that the person sees, or null.</summary>
    public ValueTask<MessageHead?> FindAsync(string messageId, string personId, CancellationToken cancellationToken) =>
        messageId.Contains('\0', StringComparison.Ordinal)
            ? new((MessageHead?)null) // PostgreSQL refuses the whole query.
            : reads.FirstAsync(
                new(
                    """
                    SELECT "Id", "ChannelId", "AuthorId", "VisibleTo", "At", "Seq" FROM web_messages
                    WHERE "Id" = $1 AND "RemovedAt" IS NULL AND ("VisibleTo" IS NULL OR "VisibleTo" = $2)
                    """,
                    messageId,
                    personId),
                static row => new MessageHead(
                    row.Text(0)!, row.Text(1)!, row.Text(2), row.Text(3), DateTimeOffset.FromUnixTimeMilliseconds(row.Number(4)), row.Number(5)),
                cancellationToken);

    /// <summary>Number of a message's last change.</summary>
    public ValueTask<long> ChangeAsync(string messageId, CancellationToken cancellationToken) =>
        reads.FirstAsync(new("""SELECT "ChangeSeq" FROM web_messages WHERE "Id" = $1""", messageId), static row => row.Number(0), cancellationToken);

    /// <summary>The message as the person sees it now, or null.</summary>
    public async Task<MessageView?> ViewAsync(string messageId, string personId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var message = await Visible(db, personId).FirstOrDefaultAsync(m => m.Id == messageId, cancellationToken);
        return message is null ? null : (await ViewsAsync(db, [message], personId, cancellationToken))[0];
    }

    /// <summary>What a request made, for its repetition.</summary>
    public async Task<string?> FindByKeyAsync(string dedupKey, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Messages.Where(m => m.DedupKey == dedupKey).Select(m => m.Id).FirstOrDefaultAsync(cancellationToken);
    }

    public async Task<string?> FindByDeliveryAsync(string deliveryId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Messages.Where(m => m.DeliveryId == deliveryId).Select(m => m.Id).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>The newest messages of a channel, oldest first.</summary>
    /// <param name="channelId">One the person is in.</param>
    /// <param name="personId">Who looks.</param>
    /// <param name="before">Only messages with a lower number.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async Task<MessagesView> PageAsync(string channelId, string personId, long before, int limit, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);

        // First, so that a change made meanwhile is told again by the hub rather than missed.
        var seq = await db.Clock.AsNoTracking().Select(c => c.Seq).FirstOrDefaultAsync(cancellationToken);
        var messages = await Visible(db, personId).Where(m => m.ChannelId == channelId && m.Seq < before)
            .OrderByDescending(m => m.Seq).Take(limit + 1).ToListAsync(cancellationToken);
        var more = messages.Count > limit;
        if (more)
        {
            messages.RemoveAt(limit);
        }

        messages.Reverse();
        return new MessagesView(await ViewsAsync(db, messages, personId, cancellationToken), more, seq);
    }

    /// <summary>Number of the newest message the person sees, by channel; channels without one are left out.</summary>
    public async Task<IReadOnlyDictionary<string, long>> LastSeqAsync(IReadOnlyList<string> channelIds, string personId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Visible(db, personId).Where(m => channelIds.Contains(m.ChannelId)).GroupBy(m => m.ChannelId)
            .Select(g => new { Channel = g.Key, Seq = g.Max(m => m.Seq) }).ToDictionaryAsync(x => x.Channel, x => x.Seq, cancellationToken);
    }

    /// <summary>What changed for a person after a number, oldest first.</summary>
    public async Task<Changes> ChangesAsync(
        long after, IReadOnlyList<string> channelIds, string personId, int limit, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var overlays = db.Overlays.Where(o => o.PersonId == personId && o.ChangeSeq > after).Select(o => new { Id = o.MessageId, Seq = o.ChangeSeq });
        var changed = await db.Messages
            .Where(m => m.ChangeSeq > after && (m.VisibleTo == null || m.VisibleTo == personId) && channelIds.Contains(m.ChannelId))
            .Select(m => new { m.Id, Seq = m.ChangeSeq }).Concat(overlays).OrderBy(c => c.Seq).Take(limit).ToListAsync(cancellationToken);
        if (changed.Count == 0)
        {
            return new Changes([], after);
        }

        var ids = changed.ConvertAll(c => c.Id);
        var messages = await db.Messages.AsNoTracking()
            .Where(m => ids.Contains(m.Id) && (m.VisibleTo == null || m.VisibleTo == personId) && channelIds.Contains(m.ChannelId)).ToListAsync(cancellationToken);
        var views = (await ViewsAsync(db, messages, personId, cancellationToken)).ToDictionary(v => v.Id);
        var byId = messages.ToDictionary(m => m.Id);
        return new Changes(
            [
                .. changed.Where(c => byId.ContainsKey(c.Id))
                    .Select(c => new Change(c.Seq, views[c.Id], byId[c.Id].RemovedAt is not null, c.Seq == byId[c.Id].ChangeSeq && byId[c.Id].ContentSeq <= after)),
            ],
            changed[^1].Seq);
    }

    private static IQueryable<WebMessage> Visible(WebDb db, string personId) =>
        db.Messages.AsNoTracking().Where(m => m.RemovedAt == null && (m.VisibleTo == null || m.VisibleTo == personId));

    private static async Task<IReadOnlyList<MessageView>> ViewsAsync(
        WebDb db, IReadOnlyList<WebMessage> messages, string personId, CancellationToken cancellationToken)
    {
        // Neither reactions nor overlays are on private messages.
        var shared = messages.Where(m => m.VisibleTo is null).Select(m => m.Id).ToList();
        if (shared.Count == 0)
        {
            return [.. messages.Select(m => View(m, overlay: null, []))];
        }

        var overlays = await db.Overlays.AsNoTracking().Where(o => o.PersonId == personId && shared.Contains(o.MessageId))
            .ToDictionaryAsync(o => o.MessageId, cancellationToken);
        var reactions = (await db.Reactions.AsNoTracking().Where(r => shared.Contains(r.MessageId)).ToListAsync(cancellationToken)).ToLookup(r => r.MessageId);
        return [.. messages.Select(m => View(m, overlays.GetValueOrDefault(m.Id), reactions[m.Id]))];
    }

    private static MessageView View(WebMessage m, WebOverlay? overlay, IEnumerable<WebReaction> reactions) => new(
        m.Id,
        m.Seq,
        Math.Max(m.ChangeSeq, overlay?.ChangeSeq ?? 0),
        m.ChannelId,
        m.AuthorId,
        m.At,
        m.Text,
        overlay?.Card ?? m.Card,
        m.Summary,
        m.VisibleTo is not null,
        overlay is not null,
        [
            .. reactions.OrderBy(r => r.At).ThenBy(r => r.PersonId, StringComparer.Ordinal).GroupBy(r => r.Reaction)
                .Select(g => new ReactionView(g.Key, [.. g.Select(r => r.PersonId)])),
        ]);
}

/// <summary>A message without what it says; the members are those of <see cref="WebMessage"/>.</summary>
internal sealed record MessageHead(string Id, string ChannelId, string? AuthorId, string? VisibleTo, DateTimeOffset At, long Seq);

/// <param name="List">Oldest first.</param>
/// <param name="Through">The number up to which the reading is complete.</param>
internal sealed record Changes(IReadOnlyList<Change> List, long Through);

/// <param name="Seq">Its number.</param>
/// <param name="Message">The message as the person sees it now.</param>
/// <param name="Removed">It is gone.</param>
/// <param name="ReactionsOnly">Nothing but its reactions changed since the number asked for.</param>
internal sealed record Change(long Seq, MessageView Message, bool Removed, bool ReactionsOnly);
