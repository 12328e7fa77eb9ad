using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.People;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Delivery;

/// <summary>Where and when a note came about.</summary>
/// <param name="ConversationId">Any conversation of the workspace, for a note that the clock brings.</param>
public sealed record NoteOrigin(long WorkspaceId, long ConversationId, DateTimeOffset Now)
{
    public static NoteOrigin Of(TurnContext turn)
    {
        ArgumentNullException.ThrowIfNull(turn);
        return new(turn.Workspace.Id, turn.Conversation.Id, turn.Now);
    }
}

/// <summary>Writes direct messages into the outbox, in the caller's transaction.</summary>
public sealed class NoteWriter(AdvocacyDb db, AfterCommit afterCommit, DeliverySignal signal)
{
    private bool wakes;

    /// <param name="topic">What it says, one of an <see cref="INote"/>'s topics.</param>
    /// <param name="subjectId">What it is about.</param>
    /// <param name="personId">Whom it is for.</param>
    /// <param name="from">Where it came from: workspace, conversation and time.</param>
    /// <param name="occasion">Tells this message from the next one of its topic to the same person about the same thing, e.g. a version or a day.</param>
    public void Add(string topic, long subjectId, long personId, TurnContext from, string occasion) =>
        Add(topic, subjectId, personId, NoteOrigin.Of(from), occasion);

    /// <inheritdoc cref="Add(string, long, long, TurnContext, string)"/>
    public void Add(string topic, long subjectId, long personId, NoteOrigin from, string occasion)
    {
        ArgumentNullException.ThrowIfNull(from);
        db.Deliveries.Add(new Data.Delivery
        {
            PublicId = Guid.NewGuid(),
            WorkspaceId = from.WorkspaceId,
            ConversationId = from.ConversationId,
            Kind = DeliveryKind.Note,
            Key = Key(topic, subjectId, personId, occasion),
            PersonId = personId,
            Topic = topic,
            SubjectId = subjectId,
            NotBefore = from.Now,
            CreatedAt = from.Now,
            UpdatedAt = from.Now,
        });
        if (!wakes)
        {
            wakes = true;
            afterCommit.Add(() => signal.Raise(from.WorkspaceId));
        }
    }

    /// <summary>As <see cref="Add(string, long, long, TurnContext, string)"/>, unless the same was written before.</summary>
    public Task AddOnceAsync(string topic, long subjectId, long personId, TurnContext from, string occasion, CancellationToken cancellationToken) =>
        AddOnceAsync(topic, subjectId, personId, NoteOrigin.Of(from), occasion, cancellationToken);

    /// <inheritdoc cref="AddOnceAsync(string, long, long, TurnContext, string, CancellationToken)"/>
    public async Task AddOnceAsync(string topic, long subjectId, long personId, NoteOrigin from, string occasion, CancellationToken cancellationToken)
    {
        var key = Key(topic, subjectId, personId, occasion);
        if (!await db.Deliveries.AnyAsync(d => d.Key == key, cancellationToken))
        {
            Add(topic, subjectId, personId, from, occasion);
        }
    }

    private static string Key(string topic, long subjectId, long personId, string occasion) => $"note:{topic}:{subjectId}:{personId}:{occasion}";
}

/// <summary>What notes of some topics say; one class for each matter.</summary>
public interface INote
{
    IReadOnlyCollection<string> Topics { get; }

    /// <summary>Which rules of contact hold for them; unasked ones are <see cref="ContactPurpose.Note"/>.</summary>
    ContactPurpose Purpose => ContactPurpose.Answer;

    /// <summary>Reads what is to be said now.</summary>
    /// <param name="note">Topic and subject.</param>
    /// <param name="person">Whom it is for.</param>
    /// <param name="texts">In the person's language.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>Null where it has no object any more.</returns>
    Task<NoteText?> BuildAsync(Data.Delivery note, Person person, Texts texts, CancellationToken cancellationToken);
}

/// <param name="Card">The message.</param>
/// <param name="Summary">One line of plain text for notifications.</param>
public sealed record NoteText(AdaptiveCard Card, string Summary);

/// <summary>A direct message, as it is when it is sent.</summary>
public sealed class NoteContent(AdvocacyDb db, IEnumerable<INote> notes, ContactRules contact, TimeProvider clock) : IDeliveryContent
{
    public DeliveryKind Kind => DeliveryKind.Note;

    public async Task<DeliveryContent> BuildAsync(Data.Delivery delivery, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        var person = await db.People.AsNoTracking().FirstOrDefaultAsync(p => p.Id == delivery.PersonId, cancellationToken);
        if (person is null || !person.Reachable)
        {
            return new DeliveryContent.Skip("person_gone");
        }

        var workspace = await db.Workspaces.AsNoTracking().FirstAsync(w => w.Id == delivery.WorkspaceId, cancellationToken);
        var texts = Texts.In(Language.First(person.Language, workspace.Language));
        var note = notes.First(n => n.Topics.Contains(delivery.Topic ?? ""));
        var verdict = await contact.CheckAsync(person.Id, new Contact(note.Purpose), clock.GetUtcNow(), cancellationToken);
        if (!verdict.IsAllowed)
        {
            return verdict.Until is { } until ? new DeliveryContent.Wait(until, verdict.Code) : new DeliveryContent.Skip(verdict.Code);
        }

        return await note.BuildAsync(delivery, person, texts, cancellationToken) is { } said
            ? new DeliveryContent.Post(said.Card, said.Summary)
            : new DeliveryContent.Skip("no_longer_true");
    }

    public Task OnSentAsync(Data.Delivery delivery, string messageId, CancellationToken cancellationToken) => Task.CompletedTask;
}
