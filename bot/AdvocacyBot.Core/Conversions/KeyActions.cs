using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Programme;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Conversions;

/// <summary>"Applicants and leads" below the goals: the keys of the systems that report them.</summary>
public sealed class ShowKeys(KeyCards cards) : IActionHandler
{
    public async Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken) =>
        Reply.Private(await cards.ListAsync(turn, cancellationToken));
}

/// <summary>Makes a key, by itself or in place of another one, which goes on working for <see cref="ConversionKeys.Overlap"/>.</summary>
public sealed class MakeKey(AdvocacyDb db, ConversionKeys keys, KeyCards cards, AuditLog audit) : IActionHandler
{
    public async Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(turn);
        var t = turn.Texts;
        if (await KeyCards.Working(db, turn).CountAsync(cancellationToken) >= ConversionKeys.Most)
        {
            return Reply.Private(Notice.Card(t, t.Format("Conversions.TooMany", ("limit", ConversionKeys.Most))));
        }

        ConversionKey? rotated = null;
        if (token.Verb == ConversionRoutes.Rotate)
        {
            rotated = await KeyCards.Working(db, turn).FirstOrDefaultAsync(k => k.Id == token.Subject && k.ExpiresAt == null, cancellationToken);
            if (rotated is null)
            {
                return Reply.Private(Notice.Card(t, t["Conversions.KeyGone"]));
            }

            rotated.ExpiresAt = turn.Now + ConversionKeys.Overlap;
        }

        var made = keys.Add(db, turn.Workspace.Id, turn.Now);
        await db.SaveChangesAsync(cancellationToken);
        var id = await db.ConversionKeys.Where(k => k.PublicId == made.PublicId).Select(k => k.Id).SingleAsync(cancellationToken);
        if (rotated is null)
        {
            audit.Note(turn, AuditActions.ConversionKeyMade, id, null, null);
        }
        else
        {
            audit.Note(turn, AuditActions.ConversionKeyRotated, rotated.Id, null, $"#{id}");
        }

        return Reply.Private(cards.New(made, rotated, turn));
    }
}

/// <summary>Ends a key at once.</summary>
public sealed class RevokeKey(AdvocacyDb db, AuditLog audit) : IActionHandler
{
    public async Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(turn);
        var t = turn.Texts;
        var key = await KeyCards.Working(db, turn).FirstOrDefaultAsync(k => k.Id == token.Subject, cancellationToken);
        if (key is null)
        {
            return Reply.Private(Notice.Card(t, t["Conversions.KeyGone"]));
        }

        key.RevokedAt = turn.Now;
        audit.Note(turn, AuditActions.ConversionKeyRevoked, key.Id, null, null);
        return Reply.Private(Notice.Card(t, t.Format("Conversions.Revoked", ("key", CardText.Escape(key.PublicId)))));
    }
}
