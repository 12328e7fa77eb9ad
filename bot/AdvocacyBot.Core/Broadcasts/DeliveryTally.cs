using AdvocacyBot.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Broadcasts;

/// <summary>What became of a campaign's messages: each recipient, a channel or a person, counted once, in the state they are in now.</summary>
/// <param name="Counts">By state and reason; no reason: "".</param>
/// <param name="Later">Of those that wait: how many wait for a time of their own.</param>
/// <param name="Updates">Sent messages that are yet to be brought up to date.</param>
public sealed record DeliveryTally(IReadOnlyDictionary<(DeliveryState State, string Reason), int> Counts, int Later, int Updates)
{
    /// <summary>The audience: everything there is, so that the numbers always add up to it.</summary>
    public int Total => Counts.Values.Sum();

    public int Sent => Of(DeliveryState.Sent);

    /// <summary>Not tried yet, to be tried again, or on its way.</summary>
    public int Waiting => Of(DeliveryState.Pending) + Of(DeliveryState.Sending);

    public int Failed => Of(DeliveryState.Failed);

    public int Skipped => Of(DeliveryState.Skipped);

    /// <summary>May have arrived; nobody can tell.</summary>
    public int Unknown => Of(DeliveryState.Unknown);

    public int Of(DeliveryState state) => Counts.Where(c => c.Key.State == state).Sum(c => c.Value);

    public IReadOnlyDictionary<string, int> Reasons(DeliveryState state) =>
        Counts.Where(c => c.Key.State == state).ToDictionary(c => c.Key.Reason, c => c.Value, StringComparer.Ordinal);
}

/// <summary>Reads <see cref="DeliveryTally"/>.</summary>
public sealed class DeliveryTallyQuery(AdvocacyDb db)
{
    public async Task<DeliveryTally> ReadAsync(long campaignId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var prompts = await db.Prompts.AsNoTracking().Where(p => p.CampaignId == campaignId).Select(p => p.Id).ToListAsync(cancellationToken);
        var people = await db.Deliveries.AsNoTracking()
            .Where(d => d.PromptId != null && prompts.Contains(d.PromptId.Value) && d.Kind == DeliveryKind.Prompt && d.PersonId != null)
            .GroupBy(d => new { d.State, d.Reason, Later = d.NotBefore > now })
            .Select(g => new { g.Key.State, g.Key.Reason, g.Key.Later, Count = g.Count() })
            .ToListAsync(cancellationToken);
        var channels = (await Channels(db, prompts).ToListAsync(cancellationToken)).Select(d => new { d.State, d.Reason, Later = d.NotBefore > now, Count = 1 });
        var all = people.Concat(channels).ToList();
        var updates = await db.Deliveries.CountAsync(
            d => d.PromptId != null && prompts.Contains(d.PromptId.Value) && d.Kind == DeliveryKind.PromptUpdate && d.State == DeliveryState.Pending, cancellationToken);
        return new DeliveryTally(
            all.GroupBy(d => (d.State, d.Reason ?? "")).ToDictionary(g => g.Key, g => g.Sum(d => d.Count)),
            all.Where(d => d.State == DeliveryState.Pending && d.Later).Sum(d => d.Count),
            updates);
    }

    /// <summary>The last delivery of each channel's prompt: one that was skipped while the campaign rested has a successor.</summary>
    internal static IQueryable<Data.Delivery> Channels(AdvocacyDb db, List<long> prompts) => db.Deliveries.AsNoTracking()
        .Where(d => d.PromptId != null && prompts.Contains(d.PromptId.Value) && d.Kind == DeliveryKind.Prompt && d.PersonId == null
            && !db.Deliveries.Any(later => later.PromptId == d.PromptId && later.Kind == DeliveryKind.Prompt && later.PersonId == null && later.Id > d.Id));
}
