using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.People;
using AdvocacyBot.Core.Programme;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Recognition;

/// <summary>What the thanked person gets in private.</summary>
public sealed class ThanksNote(AdvocacyDb db, ThanksCards cards) : INote
{
    public const string Topic = "thanks";

    public IReadOnlyCollection<string> Topics { get; } = [Topic];

    public ContactPurpose Purpose => ContactPurpose.Note;

    public async Task<NoteText?> BuildAsync(Data.Delivery note, Person person, Texts texts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(note);
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(texts);
        var thanks = await db.Thanks.AsNoTracking().FirstOrDefaultAsync(x => x.Id == note.SubjectId && x.WithdrawnAt == null && x.ToId == person.Id, cancellationToken);
        var from = thanks is null ? null : await db.People.AsNoTracking().FirstOrDefaultAsync(p => p.Id == thanks.FromId, cancellationToken);
        if (thanks is null || from is null || thanks.Words.Length == 0)
        {
            // Taken back, or one of the two was erased.
            return null;
        }

        var shown = thanks.HiddenAt is null && (thanks.AgreedAt is not null || ThanksOutbox.MayBeNamed(person));
        var channel = await db.Conversations.AsNoTracking().Where(c => c.Id == thanks.ConversationId).Select(c => c.Name).FirstAsync(cancellationToken);
        return new NoteText(cards.Received(thanks, from.Name, channel, shown, texts), texts.Format("Recognition.ThanksReceived", ("from", from.Name)));
    }
}

/// <summary>"Show it in the channel", "take it out of the channel" and "take it back".</summary>
public sealed class AnswerThanks(AdvocacyDb db, ThanksOutbox outbox, ThanksCards cards, AuditLog audit) : IActionHandler
{
    public async Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(turn);
        var t = turn.Texts;
        var thanks = await db.Thanks.FirstOrDefaultAsync(x => x.Id == token.Subject && x.WorkspaceId == turn.Workspace.Id, cancellationToken);
        var own = token.Verb == RecognitionRoutes.WithdrawThanks ? thanks?.FromId : thanks?.ToId;
        if (thanks is null || own != turn.Person.Id || thanks.WithdrawnAt is not null)
        {
            return Reply.Private(Notice.Card(t, t["Recognition.ThanksGone"]));
        }

        thanks.Version++;
        switch (token.Verb)
        {
            case RecognitionRoutes.WithdrawThanks:
                thanks.WithdrawnAt = turn.Now;
                if (thanks.Public)
                {
                    audit.Note(turn, AuditActions.ThanksWithdrawn, thanks.Id, null, null);
                }

                await outbox.HideAsync(thanks, turn.Now, cancellationToken);
                return Reply.ReplaceCard(Notice.Card(t, t["Recognition.ThanksWithdrawn"]));
            case RecognitionRoutes.HideThanks:
                await outbox.HideAsync(thanks, turn.Now, cancellationToken);
                return Reply.ReplaceCard(Notice.Card(t, t["Recognition.ThanksHidden"]));
            default:
                return await ShowAsync(thanks, turn, cancellationToken);
        }
    }

    private async Task<Reply> ShowAsync(Thanks thanks, TurnContext turn, CancellationToken cancellationToken)
    {
        var t = turn.Texts;
        var from = await db.People.AsNoTracking().FirstOrDefaultAsync(p => p.Id == thanks.FromId, cancellationToken);
        if (!thanks.Public || from is null || thanks.HiddenAt is not null)
        {
            return Reply.Private(Notice.Card(t, t["Recognition.ThanksGone"]));
        }

        if (thanks.AgreedAt is null)
        {
            thanks.AgreedAt = turn.Now;
            audit.Note(turn, AuditActions.ThanksShown, thanks.Id, null, null);
            if (!await outbox.IsPlannedAsync(thanks, cancellationToken))
            {
                outbox.Show(thanks, turn.Now);
            }
        }

        var channel = await db.Conversations.AsNoTracking().Where(c => c.Id == thanks.ConversationId).Select(c => c.Name).FirstAsync(cancellationToken);
        return Reply.ReplaceCard(cards.Received(thanks, from.Name, channel, shown: true, t));
    }
}
