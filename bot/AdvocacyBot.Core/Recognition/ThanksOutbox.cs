using System.Globalization;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.People;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Recognition;

/// <summary>Plans what is sent about thanks. Runs in the caller's transaction.</summary>
public sealed class ThanksOutbox(AdvocacyDb db, NoteWriter notes, AfterCommit afterCommit, DeliverySignal signal)
{
    private const string Down = ":down";

    /// <summary>Whether somebody agreed to be named in channels.</summary>
    public static bool MayBeNamed(Person person)
    {
        ArgumentNullException.ThrowIfNull(person);
        return person is { AppearByName: true, ConsentedAt: not null };
    }

    /// <summary>Whether a delivery takes the thanks out of the channel.</summary>
    internal static bool TakesDown(Data.Delivery delivery) => delivery.Key.EndsWith(Down, StringComparison.Ordinal);

    /// <summary>The thanked person hears it in private.</summary>
    public void Tell(Thanks thanks, TurnContext turn)
    {
        ArgumentNullException.ThrowIfNull(thanks);
        notes.Add(ThanksNote.Topic, thanks.Id, thanks.ToId, turn, "said");
    }

    /// <summary>Says it in the channel it was said in.</summary>
    public void Show(Thanks thanks, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(thanks);
        db.Deliveries.Add(Row(thanks, "", now));
        afterCommit.Add(() => signal.Raise(thanks.WorkspaceId));
    }

    /// <summary>Whether it was planned to be said in the channel.</summary>
    public Task<bool> IsPlannedAsync(Thanks thanks, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(thanks);
        var key = Key(thanks, "");
        return db.Deliveries.AnyAsync(d => d.Key == key, cancellationToken);
    }

    /// <summary>Takes it out of the channel, where it is or may still be on its way.</summary>
    public async Task HideAsync(Thanks thanks, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(thanks);
        await TakeDownAsync(db, thanks, now, cancellationToken);
        afterCommit.Add(() => signal.Raise(thanks.WorkspaceId));
    }

    /// <summary>As <see cref="HideAsync"/>, for a context of somebody else's; the sender finds the row at its next look.</summary>
    internal static async Task TakeDownAsync(AdvocacyDb db, Thanks thanks, DateTimeOffset now, CancellationToken cancellationToken)
    {
        thanks.HiddenAt ??= now;
        thanks.Version++;
        var (shown, down) = (Key(thanks, ""), Key(thanks, Down));
        if (await db.Deliveries.AnyAsync(d => d.Key == shown, cancellationToken) && !await db.Deliveries.AnyAsync(d => d.Key == down, cancellationToken))
        {
            db.Deliveries.Add(Row(thanks, Down, now));
        }
    }

    private static string Key(Thanks thanks, string what) => string.Create(CultureInfo.InvariantCulture, $"thanks:{thanks.Id}{what}");

    private static Data.Delivery Row(Thanks thanks, string what, DateTimeOffset now) => new()
    {
        PublicId = Guid.NewGuid(),
        WorkspaceId = thanks.WorkspaceId,
        ConversationId = thanks.ConversationId,
        Kind = DeliveryKind.Thanks,
        Key = Key(thanks, what),
        SubjectId = thanks.Id,
        NotBefore = now,
        CreatedAt = now,
        UpdatedAt = now,
    };
}

/// <summary>Thanks in a channel, as it is when it is sent: whoever does not want to be named by then is not.</summary>
public sealed class ThanksContent(AdvocacyDb db) : IDeliveryContent
{
    public DeliveryKind Kind => DeliveryKind.Thanks;

    public async Task<DeliveryContent> BuildAsync(Data.Delivery delivery, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        var thanks = await db.Thanks.AsNoTracking().FirstOrDefaultAsync(x => x.Id == delivery.SubjectId, cancellationToken);
        var channel = await Digests.DigestChannel.In(db).FirstOrDefaultAsync(c => c.Id == delivery.ConversationId, cancellationToken);
        if (thanks is null || channel is null || channel.Removed)
        {
            return new DeliveryContent.Skip("channel_removed");
        }

        var t = Texts.In(channel.Language);
        if (ThanksOutbox.TakesDown(delivery))
        {
            return thanks.MessageId is { } message
                ? new DeliveryContent.Update(ThanksCards.TakenDown(t), t["Recognition.ThanksTakenDown"], message)
                : new DeliveryContent.Skip("not_shown");
        }

        var from = await db.People.AsNoTracking().FirstOrDefaultAsync(p => p.Id == thanks.FromId, cancellationToken);
        var to = await db.People.AsNoTracking().FirstOrDefaultAsync(p => p.Id == thanks.ToId, cancellationToken);
        if (from is null || to is null || thanks.HiddenAt is not null || thanks.WithdrawnAt is not null || (thanks.AgreedAt is null && !ThanksOutbox.MayBeNamed(to)))
        {
            return new DeliveryContent.Skip("not_to_be_named");
        }

        return new DeliveryContent.Post(
            ThanksCards.Public(thanks, from.Name, to.Name, t), t.Format("Recognition.ThanksPublicCard", ("from", from.Name), ("to", to.Name)));
    }

    public async Task OnSentAsync(Data.Delivery delivery, string messageId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        if (!ThanksOutbox.TakesDown(delivery) && await db.Thanks.FirstOrDefaultAsync(x => x.Id == delivery.SubjectId, cancellationToken) is { } thanks)
        {
            thanks.MessageId = messageId;
        }
    }
}

/// <summary>Somebody is not to be named in channels any more: thanks that name them are taken out.</summary>
public sealed class HideThanks(AdvocacyDb db, ThanksOutbox outbox) : INamedInChannels
{
    public async Task HideAsync(long personId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var standing = await db.Thanks.Where(x => (x.ToId == personId || x.FromId == personId) && x.Public && x.HiddenAt == null).ToListAsync(cancellationToken);
        foreach (var thanks in standing)
        {
            await outbox.HideAsync(thanks, now, cancellationToken);
        }
    }
}
