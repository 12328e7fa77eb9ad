using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Sharing;

/// <summary>A reaction on a prompt, given or taken back. The platform's time decides, so that the two arriving in the wrong order end right.</summary>
public sealed class RecordReaction(AdvocacyDb db, TimeProvider clock) : IInteractionHandler<ReactionChanged>
{
    private const int MaxName = 64;
    private const int Looks = 40;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    /// <summary>People react faster than a platform answers: while a card is being posted, its message may be the one that is reacted to.</summary>
    public async Task PrepareAsync(ReactionChanged interaction, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(interaction);
        ArgumentNullException.ThrowIfNull(turn);
        for (var look = 0; look < Looks && await IsBeingPostedAsync(interaction.Message.MessageId, turn, cancellationToken); look++)
        {
            await Task.Delay(BetweenLooks, clock, cancellationToken);
        }
    }

    public async Task<Reply> HandleAsync(ReactionChanged interaction, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(interaction);
        ArgumentNullException.ThrowIfNull(turn);
        var name = interaction.Reaction.Length > MaxName ? interaction.Reaction[..MaxName] : interaction.Reaction;
        var prompt = await db.Prompts.AsNoTracking().FirstOrDefaultAsync(
            p => p.ConversationId == turn.Conversation.Id && p.MessageId == interaction.Message.MessageId, cancellationToken)
            ?? await Direct(interaction.Message.MessageId, turn.Person.Id).FirstOrDefaultAsync(cancellationToken);
        if (prompt is null)
        {
            return Reply.None;
        }

        var standing = await db.PromptReactions.FirstOrDefaultAsync(
            r => r.PromptId == prompt.Id && r.PersonId == turn.Person.Id && r.Reaction == name, cancellationToken);
        if (standing is null)
        {
            standing = new PromptReaction { PromptId = prompt.Id, PersonId = turn.Person.Id, Reaction = name, ChangedAt = DateTimeOffset.UnixEpoch };
            db.PromptReactions.Add(standing);
        }

        if (interaction.At < standing.ChangedAt)
        {
            return Reply.None;
        }

        standing.ChangedAt = interaction.At;
        if (standing.On == interaction.Added)
        {
            return Reply.None;
        }

        standing.On = interaction.Added;
        standing.Changes++;
        if (interaction.Added)
        {
            standing.OnAt = interaction.At;
        }

        db.Ledger.Add(new LedgerEvent
        {
            Key = $"reacted:{prompt.Id}:{turn.Person.Id}:{name}:{standing.Changes}",
            WorkspaceId = turn.Workspace.Id,
            ConversationId = prompt.ConversationId,
            CampaignId = prompt.CampaignId,
            PersonId = turn.Person.Id,
            Kind = LedgerKind.Reacted,
            Amount = interaction.Added ? 1 : -1,
            Detail = name,
            At = standing.OnAt,
            RecordedAt = turn.Now,
        });
        return Reply.None;
    }

    /// <summary>The prompt of a direct message: only the person it was sent to can react to it.</summary>
    private IQueryable<Prompt> Direct(string messageId, long personId) =>
        from delivery in db.Deliveries.AsNoTracking()
        where delivery.PersonId == personId && delivery.Kind == DeliveryKind.Prompt && delivery.MessageId == messageId
        join prompt in db.Prompts.AsNoTracking() on delivery.PromptId equals prompt.Id
        select prompt;

    private async Task<bool> IsBeingPostedAsync(string messageId, TurnContext turn, CancellationToken cancellationToken) =>
        (await db.Deliveries.AnyAsync(
            d => d.ConversationId == turn.Conversation.Id && d.Kind == DeliveryKind.Prompt && d.State == DeliveryState.Sending, cancellationToken)
            && !await db.Prompts.AnyAsync(p => p.ConversationId == turn.Conversation.Id && p.MessageId == messageId, cancellationToken))
        || (turn.Conversation.Kind == ConversationKind.Personal
            && await db.Deliveries.AnyAsync(d => d.PersonId == turn.Person.Id && d.Kind == DeliveryKind.Prompt && d.State == DeliveryState.Sending, cancellationToken)
            && !await Direct(messageId, turn.Person.Id).AnyAsync(cancellationToken));
}
