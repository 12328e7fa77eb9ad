using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Core.Localization;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace AdvocacyBot.Core.Digests;

/// <summary>What a digest in the outbox says, read when it is sent.</summary>
public sealed class DigestContent(AdvocacyDb db, DigestQuery query, DigestCards cards, ReadDigestExtras extras, TimeProvider clock) : IDeliveryContent
{
    public DeliveryKind Kind => DeliveryKind.Digest;

    public async Task<DeliveryContent> BuildAsync(Data.Delivery delivery, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        var firstDay = DigestWeek.FirstDay(delivery.Period)
            ?? throw new InvalidOperationException($"Delivery {delivery.Id} is a digest without a first day.");
        var now = clock.GetUtcNow();
        var channel = await DigestChannel.In(db).FirstOrDefaultAsync(c => c.Id == delivery.ConversationId, cancellationToken);
        if (channel is null || channel.Removed)
        {
            return new DeliveryContent.Skip(DigestKeys.ChannelRemoved);
        }

        var askedFor = DigestKeys.WasAskedFor(delivery.Key);
        if (!askedFor && !channel.DigestOn)
        {
            return new DeliveryContent.Skip(DigestKeys.DigestOff);
        }

        var present = Instant.FromDateTimeOffset(now);
        var due = askedFor ? Instant.FromDateTimeOffset(delivery.CreatedAt) : DigestWeek.DueAt(channel.Schedule, firstDay);
        if (present - due > DigestWeek.Patience)
        {
            return new DeliveryContent.Skip(DigestKeys.TooLate);
        }

        var period = DigestWeek.Period(channel.TimeZone, firstDay, present);
        var numbers = await query.ReadAsync(new DigestScope(channel.Id, period), now, cancellationToken);
        var around = await extras.RunAsync(channel.WorkspaceId, period, channel.TimeZone, now, cancellationToken);
        var digest = cards.Build(numbers, period, channel.TimeZone, Texts.In(channel.Language), extras: around);
        return new DeliveryContent.Post(digest.Card, digest.Summary);
    }

    /// <summary>Nothing to note: the delivery itself says that the digest went out.</summary>
    public Task OnSentAsync(Data.Delivery delivery, string messageId, CancellationToken cancellationToken) => Task.CompletedTask;
}
