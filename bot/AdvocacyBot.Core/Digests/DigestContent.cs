using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Core.Localization;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace AdvocacyBot.Core.Digests;

/// <summary>What digests in the outbox say, read when they are sent: the weeks of those that go out together with the same few statements.</summary>
public sealed class DigestContent(AdvocacyDb db, DigestQuery query, DigestCards cards, ReadDigestExtras extras, TimeProvider clock) : IDeliveryContent
{
    public DeliveryKind Kind => DeliveryKind.Digest;

    public async Task<DeliveryContent> BuildAsync(Data.Delivery delivery, CancellationToken cancellationToken) => (await BuildManyAsync([delivery], cancellationToken))[0];

    public async Task<IReadOnlyList<DeliveryContent>> BuildManyAsync(IReadOnlyList<Data.Delivery> deliveries, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(deliveries);
        var now = clock.GetUtcNow();
        var ids = deliveries.Select(d => d.ConversationId).ToList();
        var channels = await DigestChannel.In(db).Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancellationToken);
        var planned = deliveries.Select(d => Plan(d, channels.GetValueOrDefault(d.ConversationId), now)).ToList();
        var scopes = planned.Where(p => p.Skip is null).Select(p => new DigestScope(p.Channel!.Id, p.Period!)).ToList();
        var numbers = scopes.Zip(scopes.Count == 0 ? [] : await query.ReadAllAsync(scopes, now, cancellationToken)).ToDictionary(read => read.First.ConversationId, read => read.Second);

        // The same for all channels of a workspace and a time zone.
        var around = new Dictionary<(long Workspace, string TimeZone, LocalDate FirstDay), DigestExtras>();
        var built = new List<DeliveryContent>(planned.Count);
        foreach (var (skip, channel, period) in planned)
        {
            if (skip is not null)
            {
                built.Add(skip);
                continue;
            }

            var key = (channel!.WorkspaceId, channel.TimeZone, period!.FirstDay);
            if (!around.TryGetValue(key, out var other))
            {
                around[key] = other = await extras.RunAsync(channel.WorkspaceId, period, channel.TimeZone, now, cancellationToken);
            }

            var digest = cards.Build(numbers[channel.Id], period, channel.TimeZone, Texts.In(channel.Language), extras: other);
            built.Add(new DeliveryContent.Post(digest.Card, digest.Summary));
        }

        return built;
    }

    /// <summary>Nothing to note: the delivery itself says that the digest went out.</summary>
    public Task OnSentAsync(Data.Delivery delivery, string messageId, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Whether a digest is still wanted, and of which days.</summary>
    private static (DeliveryContent.Skip? Skip, DigestChannel? Channel, DigestPeriod? Period) Plan(Data.Delivery delivery, DigestChannel? channel, DateTimeOffset now)
    {
        var firstDay = DigestWeek.FirstDay(delivery.Period)
            ?? throw new InvalidOperationException($"Delivery {delivery.Id} is a digest without a first day.");
        if (channel is null || channel.Removed)
        {
            return (new DeliveryContent.Skip(DigestKeys.ChannelRemoved), channel, null);
        }

        var askedFor = DigestKeys.WasAskedFor(delivery.Key);
        if (!askedFor && !channel.DigestOn)
        {
            return (new DeliveryContent.Skip(DigestKeys.DigestOff), channel, null);
        }

        var present = Instant.FromDateTimeOffset(now);
        var due = askedFor ? Instant.FromDateTimeOffset(delivery.CreatedAt) : DigestWeek.DueAt(channel.Schedule, firstDay);
        return present - due > DigestWeek.Patience
            ? (new DeliveryContent.Skip(DigestKeys.TooLate), channel, null)
            : (null, channel, DigestWeek.Period(channel.TimeZone, firstDay, present));
    }
}
