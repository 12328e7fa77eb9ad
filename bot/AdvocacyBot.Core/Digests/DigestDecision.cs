using AdvocacyBot.Core.Data;
using NodaTime;

namespace AdvocacyBot.Core.Digests;

/// <summary>What a channel's last due digest comes to: pure, so that every order of runs and changed settings can be tried.</summary>
internal sealed record DigestDecision(DigestChannel Channel, DigestDue Due, bool TooLate)
{
    /// <summary>Unique in the outbox.</summary>
    public string Key => DigestKeys.Weekly(Channel.Id, Due.IsoWeek);

    /// <summary>A digest of the following week stands in the outbox when the due day was moved back; the older one is not made up for.</summary>
    public string NextKey => DigestKeys.Weekly(Channel.Id, DigestWeek.IsoWeek(Due.Date.PlusDays(DigestWeek.Length)));

    public DeliveryState State => TooLate ? DeliveryState.Skipped : DeliveryState.Pending;

    /// <returns>Null where the channel is younger than the digest.</returns>
    public static DigestDecision? Of(DigestChannel channel, Instant now)
    {
        var due = DigestWeek.Latest(channel.Schedule, now);
        return due.At < Instant.FromDateTimeOffset(channel.CreatedAt)
            ? null
            : new DigestDecision(channel, due, now - due.At > DigestWeek.Patience);
    }

    /// <summary>
    /// A week's digest is written once. One that was written as too late is put right when its day was moved to one that is still to come: only
    /// then is the same week due again in time.
    /// </summary>
    /// <param name="known">Keys that are in the outbox, with whether they stand there as too late.</param>
    public bool IsMissingFrom(IReadOnlyDictionary<string, bool> known) =>
        !known.ContainsKey(NextKey) && (!known.TryGetValue(Key, out var wasTooLate) || (wasTooLate && !TooLate));
}
