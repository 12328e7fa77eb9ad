using AdvocacyBot.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Links;

/// <summary>A share as the index wants it.</summary>
internal sealed record FoundShare(string Code, long ShareId, long ConversationId, long CampaignId, string CampaignCode, string Link);

/// <summary>
/// Looks codes up in the database: one query at a time, for all who wait. Guessed codes thus cost one connection at most, however many there
/// are, and a code that exists is still found among them.
/// </summary>
internal sealed class LinkLookup(IDbContextFactory<AdvocacyDb> contexts)
{
    private const int MostAtOnce = 200;
    private const int MostWaiting = 20_000;

    private readonly Lock sync = new();
    private Dictionary<string, TaskCompletionSource<FoundShare?>> waiting = [];
    private bool running;

    /// <returns>Null: there is no such code.</returns>
    /// <exception cref="TimeoutException">Too many codes are waiting.</exception>
    public Task<FoundShare?> FindAsync(string code)
    {
        lock (sync)
        {
            if (waiting.TryGetValue(code, out var asked))
            {
                return asked.Task;
            }

            if (waiting.Count >= MostWaiting)
            {
                throw new TimeoutException("Too many unknown link codes are waiting to be looked up.");
            }

            asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Add(code, asked);
            if (!running)
            {
                running = true;
                _ = Task.Run(RunAsync);
            }

            return asked.Task;
        }
    }

    /// <summary>The youngest shares.</summary>
    public async Task LoadAsync(int most, Action<FoundShare> found, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var youngest = Select(db, db.Shares.OrderByDescending(share => share.Id).Take(most));
        await foreach (var share in youngest.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            found(share);
        }
    }

    private async Task RunAsync()
    {
        while (Take() is { Count: > 0 } asked)
        {
            try
            {
                var found = await QueryAsync([.. asked.Keys]);
                foreach (var (code, answer) in asked)
                {
                    answer.SetResult(found.GetValueOrDefault(code));
                }
            }
            catch (Exception e)
            {
                // Each caller decides what an outage means to it.
                foreach (var answer in asked.Values)
                {
                    answer.TrySetException(e);
                }
            }
        }
    }

    private Dictionary<string, TaskCompletionSource<FoundShare?>> Take()
    {
        lock (sync)
        {
            if (waiting.Count <= MostAtOnce)
            {
                var all = waiting;
                waiting = [];
                running = all.Count > 0;
                return all;
            }

            var some = waiting.Take(MostAtOnce).ToDictionary();
            foreach (var code in some.Keys)
            {
                waiting.Remove(code);
            }

            return some;
        }
    }

    private async Task<Dictionary<string, FoundShare>> QueryAsync(string[] codes)
    {
        await using var db = await contexts.CreateDbContextAsync(CancellationToken.None);
        return await Select(db, db.Shares.Where(share => codes.Contains(share.Code))).ToDictionaryAsync(share => share.Code, CancellationToken.None);
    }

    private static IQueryable<FoundShare> Select(AdvocacyDb db, IQueryable<Share> shares) =>
        from share in shares
        join campaign in db.Campaigns on share.CampaignId equals campaign.Id
        select new FoundShare(share.Code, share.Id, share.ConversationId, share.CampaignId, campaign.Code, campaign.Link);
}
