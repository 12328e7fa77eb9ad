using System.Globalization;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Programme;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Leadership;

/// <summary>The kick-off message in one channel, as it is when it is sent.</summary>
public sealed class KickoffContent(AdvocacyDb db, KickoffCards cards, Policies policies, TimeProvider clock) : IDeliveryContent
{
    public DeliveryKind Kind => DeliveryKind.Kickoff;

    public async Task<DeliveryContent> BuildAsync(Data.Delivery delivery, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        var kickoff = await db.Kickoffs.AsNoTracking().FirstAsync(k => k.Id == delivery.SubjectId, cancellationToken);
        var channel = await db.Conversations.AsNoTracking().FirstAsync(c => c.Id == delivery.ConversationId, cancellationToken);
        if (channel.RemovedAt is not null)
        {
            return new DeliveryContent.Skip("channel_removed");
        }

        var workspace = await db.Workspaces.AsNoTracking().FirstAsync(w => w.Id == delivery.WorkspaceId, cancellationToken);
        var language = Language.First(channel.Language, workspace.Language);
        var policy = await policies.CurrentAsync(delivery.WorkspaceId, cancellationToken);
        return new DeliveryContent.Post(cards.Card(kickoff, policy.TextIn(language), language, clock.GetUtcNow()), kickoff.Title);
    }

    public Task OnSentAsync(Data.Delivery delivery, string messageId, CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>Sends a kick-off message to channels. Runs in the caller's transaction.</summary>
public sealed class SendKickoff(AdvocacyDb db, AuditLog audit, AfterCommit afterCommit, DeliverySignal signal)
{
    /// <param name="kickoff">New.</param>
    /// <param name="channels">Ids of conversations of the workspace.</param>
    public async Task RunAsync(Kickoff kickoff, IReadOnlyList<long> channels, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(kickoff);
        ArgumentNullException.ThrowIfNull(channels);
        ArgumentNullException.ThrowIfNull(turn);
        db.Kickoffs.Add(kickoff);
        await db.SaveChangesAsync(cancellationToken);
        foreach (var channel in channels)
        {
            db.Deliveries.Add(new Data.Delivery
            {
                PublicId = Guid.NewGuid(),
                WorkspaceId = turn.Workspace.Id,
                ConversationId = channel,
                Kind = DeliveryKind.Kickoff,
                Key = string.Create(CultureInfo.InvariantCulture, $"kickoff:{kickoff.Id}:{channel}"),
                SubjectId = kickoff.Id,
                NotBefore = turn.Now,
                CreatedAt = turn.Now,
                UpdatedAt = turn.Now,
            });
        }

        audit.Note(turn, AuditActions.KickoffSent, kickoff.Id, null, string.Create(CultureInfo.InvariantCulture, $"channels: {channels.Count}"));
        afterCommit.Add(() => signal.Raise(turn.Workspace.Id));
    }
}
