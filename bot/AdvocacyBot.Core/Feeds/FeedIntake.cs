using System.Security.Cryptography;
using System.Text;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Core.Suggestions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Core.Feeds;

/// <param name="Brought">Items that are suggestions now, or joined one.</param>
/// <param name="PassedOver">Items that were new and are left out: older than the newest few.</param>
public sealed record FeedYield(int Brought, int PassedOver);

/// <summary>
/// Puts a feed's new items into the queue of suggestions. An item is known by its link in canonical form: whatever was seen, suggested, decided or is a campaign does
/// not come again. Runs in the caller's transaction.
/// </summary>
public sealed class FeedIntake(AdvocacyDb db, TellQueue queue, IOptions<FeedOptions> options)
{
    /// <param name="feed">Tracked and saved.</param>
    /// <param name="look">What was read.</param>
    /// <param name="now">The present.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public async Task<FeedYield> RunAsync(Feed feed, FeedLook.Found look, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(feed);
        ArgumentNullException.ThrowIfNull(look);
        var first = !await db.FeedItems.AnyAsync(i => i.FeedId == feed.Id, cancellationToken);
        var entries = look.Document.Entries.DistinctBy(e => Key(e.Link)).ToList();
        var keys = entries.ConvertAll(e => Key(e.Link));
        var seen = await db.FeedItems.Where(i => i.FeedId == feed.Id && keys.Contains(i.Key)).Select(i => i.Key).ToHashSetAsync(cancellationToken);

        // Newest first; what has no date keeps its place in the feed, which is that order nearly everywhere.
        var fresh = entries.FindAll(e => !seen.Contains(Key(e.Link))).OrderByDescending(e => e.At ?? now).ToList();
        db.FeedItems.AddRange(fresh.Select(e => new FeedItem { FeedId = feed.Id, Key = Key(e.Link), At = now }));
        var most = first ? options.Value.FirstItems : options.Value.MostItems;
        var wanted = fresh.Take(most).Reverse().ToList();
        var brought = wanted.Count == 0 ? 0 : await SuggestAsync(feed, wanted, now, cancellationToken);
        feed.Title = look.Document.Title.Length > 0 ? look.Document.Title : feed.Title;
        feed.Address = look.Address.AbsoluteUri;
        feed.ETag = look.Version.ETag;
        feed.LastModified = look.Version.LastModified;
        feed.Brought += brought;
        feed.LookedAt = now;
        feed.NextAt = now + FeedPace.After(look.Document.Wait, options.Value);
        (feed.Problem, feed.ProblemDetail, feed.Failures) = (null, null, 0);
        return new FeedYield(brought, fresh.Count - wanted.Count);
    }

    private static string Key(Uri link) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(CanonicalLink.Of(link))));

    private async Task<int> SuggestAsync(Feed feed, List<FeedEntry> entries, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var used = await UsedAsync(feed.WorkspaceId, cancellationToken);
        var brought = 0;
        var added = false;
        foreach (var entry in entries)
        {
            var key = CanonicalLink.Key(feed.WorkspaceId, entry.Link);
            if (await db.Suggestions.FirstOrDefaultAsync(s => s.OpenKey == key, cancellationToken) is { } open)
            {
                if (open.FeedId is null)
                {
                    open.FeedId = feed.Id;
                    open.UpdatedAt = now;
                    open.Version++;
                    brought++;
                }

                continue;
            }

            if (used.Contains(CanonicalLink.Of(entry.Link)))
            {
                continue;
            }

            db.Suggestions.Add(new Suggestion
            {
                WorkspaceId = feed.WorkspaceId,
                FeedId = feed.Id,
                Link = entry.Link.AbsoluteUri,
                OpenKey = key,
                Title = entry.Title,
                Why = entry.Summary,
                MediaUrl = entry.Picture?.AbsoluteUri,
                Language = entry.Language,
                CreatedAt = now,
                UpdatedAt = now,
            });
            await db.SaveChangesAsync(cancellationToken);
            brought++;
            added = true;
        }

        if (added)
        {
            await queue.RunAsync(new NoteOrigin(feed.WorkspaceId, feed.ConversationId, now), exceptPersonId: 0, cancellationToken);
        }

        return brought;
    }

    /// <summary>Links that were decided on, or are campaigns.</summary>
    private async Task<HashSet<string>> UsedAsync(long workspaceId, CancellationToken cancellationToken)
    {
        var decided = await db.Suggestions.AsNoTracking()
            .Where(s => s.WorkspaceId == workspaceId && s.OpenKey == null && s.Link != null && s.State != SuggestionState.Withdrawn)
            .Select(s => s.Link!).ToListAsync(cancellationToken);
        var campaigns = await db.Campaigns.AsNoTracking().Where(c => c.WorkspaceId == workspaceId).Select(c => c.Link).Distinct().ToListAsync(cancellationToken);
        return [.. decided.Concat(campaigns).Select(ComposeValidation.WebAddress).OfType<Uri>().Select(CanonicalLink.Of)];
    }
}
