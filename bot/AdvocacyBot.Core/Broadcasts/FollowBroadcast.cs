using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Core.Localization;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Broadcasts;

/// <summary>Begins to show a broadcast's progress in the chat of who published it. Runs in the caller's transaction.</summary>
public sealed class FollowBroadcast(AdvocacyDb db)
{
    /// <summary>What is done in a moment needs no progress.</summary>
    private const int Long = CampaignNumbers.SmallestGroup;

    public async Task BeginAsync(Campaign campaign, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(turn);
        var key = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"progress:{campaign.Id}:{turn.Person.Id}:{campaign.Version}:{turn.Now.ToUnixTimeMilliseconds()}");
        if (campaign.State is not (CampaignState.Running or CampaignState.Scheduled)
            || await db.BroadcastProgress.AnyAsync(b => b.CampaignId == campaign.Id, cancellationToken)
            || await db.Deliveries.CountAsync(
                d => d.CampaignId == campaign.Id && d.PersonId != null && d.Kind == DeliveryKind.Prompt && d.State == DeliveryState.Pending, cancellationToken) < Long)
        {
            return;
        }

        var note = new Data.Delivery
        {
            PublicId = Guid.NewGuid(),
            WorkspaceId = turn.Workspace.Id,
            ConversationId = turn.Conversation.Id,
            Kind = DeliveryKind.Note,
            Key = key,
            PersonId = turn.Person.Id,
            Topic = ProgressNote.Topic,
            SubjectId = campaign.Id,
            NotBefore = turn.Now,
            CreatedAt = turn.Now,
            UpdatedAt = turn.Now,
        };
        db.Deliveries.Add(note);
        db.BroadcastProgress.Add(new BroadcastProgress { CampaignId = campaign.Id, NoteId = note.PublicId, StartedAt = turn.Now });
    }
}

/// <summary>The progress card as it is first sent.</summary>
public sealed class ProgressNote(AdvocacyDb db, DeliveryTallyQuery query, TimeProvider clock) : INote
{
    public const string Topic = "broadcast.progress";

    public IReadOnlyCollection<string> Topics => [Topic];

    public async Task<NoteText?> BuildAsync(Data.Delivery note, Person person, Texts texts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(note);
        ArgumentNullException.ThrowIfNull(texts);
        var campaign = await db.Campaigns.AsNoTracking().FirstOrDefaultAsync(c => c.Id == note.SubjectId, cancellationToken);
        return campaign is null
            ? null
            : new NoteText(
                DeliveryCards.Progress(campaign, await query.ReadAsync(campaign.Id, clock.GetUtcNow(), cancellationToken), left: null, texts),
                texts.Format("Broadcasts.ProgressSummary", ("title", campaign.Title)));
    }
}
