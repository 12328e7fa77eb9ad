using AdvocacyBot.Core.Broadcasts;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Leadership;
using AdvocacyBot.Core.Links;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.People;
using AdvocacyBot.Core.Programme;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace AdvocacyBot.Core.Rhythm;

/// <summary>
/// Makes the campaigns that recurrences call for, a little ahead of their time, so that comms can look at each and change it. Idempotent: one campaign for each day,
/// which the database holds to, on any number of hosts. What was missed for more than a day is passed over, not made up for.
/// </summary>
public sealed partial class MakeOccurrences(IServiceScopeFactory scopes, Database database, TimeProvider clock, ILogger<MakeOccurrences> logger)
{
    /// <summary>So long before its start a campaign is there.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromDays(2);

    private static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    /// <returns>How many campaigns were made.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        List<long> active;
        await using (var scope = scopes.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<AdvocacyDb>();
            active = await db.Recurrences.AsNoTracking().Where(r => r.StoppedAt == null && db.Workspaces.Any(w => w.Id == r.WorkspaceId && w.RemovedAt == null))
                .OrderBy(r => r.Id).Select(r => r.Id).ToListAsync(cancellationToken);
        }

        var made = 0;
        foreach (var id in active)
        {
            while (await NextAsync(id, cancellationToken) is { } one)
            {
                made += one;
            }
        }

        return made;
    }

    /// <summary>Deals with the next day of a recurrence that is due, in a transaction of its own.</summary>
    /// <returns>How many campaigns it made; null where no day is due.</returns>
    private async Task<int?> NextAsync(long id, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var db = services.GetRequiredService<AdvocacyDb>();
        if (await DueAsync(db, id, cancellationToken) is null)
        {
            return null;
        }

        // Read again behind the gate.
        db.ChangeTracker.Clear();
        using var write = await database.EnterWriteAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        try
        {
            if (await DueAsync(db, id, cancellationToken) is not var (recurrence, day))
            {
                return null;
            }

            recurrence.DoneUntil = RecurrenceRule.Text(day);
            recurrence.Version++;
            var made = !recurrence.SkippedDays.Contains(recurrence.DoneUntil) && await services.GetRequiredService<Occurrences>().MakeAsync(recurrence, day, Patience, cancellationToken) ? 1 : 0;
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            services.GetRequiredService<AfterCommit>().Run();
            return made;
        }
        catch (Exception e) when (Collision.Is(e))
        {
            // Another host was faster, or somebody changed it this moment: the next look at the clock sees how it stands.
            Log.Collided(logger, id);
            return null;
        }
    }

    private async Task<(Recurrence Recurrence, LocalDate Day)?> DueAsync(AdvocacyDb db, long id, CancellationToken cancellationToken)
    {
        if (await db.Recurrences.FirstOrDefaultAsync(r => r.Id == id && r.StoppedAt == null, cancellationToken) is not { } recurrence)
        {
            return null;
        }

        var done = RecurrenceRule.Date(recurrence.DoneUntil);
        var zones = await Occurrences.ZonesAsync(db, recurrence, cancellationToken);
        var limit = clock.GetUtcNow() + Ahead;
        foreach (var day in RecurrenceRule.Of(recurrence).Dates().SkipWhile(day => day <= done).Take(1))
        {
            return zones.Exists(zone => RecurrenceRule.Start(day, recurrence.LocalTime, zone) <= limit) ? (recurrence, day) : null;
        }

        return null;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Recurrence {Recurrence} met a concurrent change; it is looked at again in a minute")]
        public static partial void Collided(ILogger logger, long recurrence);
    }
}

/// <summary>Makes one campaign of a recurrence. Runs in the caller's transaction.</summary>
public sealed class Occurrences(AdvocacyDb db, PublishCampaign publish, Approvals approvals, AskSponsor sponsor, TimeProvider clock)
{
    /// <summary>Zones of the channels it goes to; the workspace's where there is none, and for those who get it by direct message.</summary>
    public static async Task<List<string>> ZonesAsync(AdvocacyDb db, Recurrence recurrence, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(recurrence);
        var workspace = await db.Workspaces.Where(w => w.Id == recurrence.WorkspaceId).Select(w => w.TimeZone).FirstAsync(cancellationToken);
        var zones = await (
            from prompt in db.Prompts
            join channel in db.Conversations on prompt.ConversationId equals channel.Id
            where prompt.CampaignId == recurrence.CampaignId && channel.RemovedAt == null
            select channel.TimeZone ?? workspace).Distinct().ToListAsync(cancellationToken);
        return zones.Count > 0 ? zones : [workspace];
    }

    /// <returns>False where its time has passed, or neither a channel nor an audience is left for it.</returns>
    public async Task<bool> MakeAsync(Recurrence recurrence, LocalDate day, TimeSpan patience, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(recurrence);
        var now = clock.GetUtcNow();
        var source = await db.Campaigns.AsNoTracking().Include(c => c.Texts).Include(c => c.Prompts).FirstAsync(c => c.Id == recurrence.CampaignId, cancellationToken);
        var words = CampaignDraft.From(source);
        var channels = await db.Conversations.AsNoTracking().Where(c => words.Channels.Contains(c.Id) && c.RemovedAt == null).ToListAsync(cancellationToken);
        var workspace = WorkspaceInfo.From(await db.Workspaces.AsNoTracking().FirstAsync(w => w.Id == recurrence.WorkspaceId, cancellationToken));
        var zones = channels.ConvertAll(c => c.TimeZone ?? workspace.TimeZone);
        if (words.Audience is { By: AudienceBy.Direct })
        {
            zones.Add(workspace.TimeZone);
        }

        if (zones.TrueForAll(zone => RecurrenceRule.Start(day, recurrence.LocalTime, zone) + patience < now))
        {
            return false;
        }

        // What goes to people alone is nowhere in particular; the author's notes name the first channel as their place.
        var place = channels.Count > 0
            ? channels[0]
            : await db.Conversations.AsNoTracking().Where(c => c.WorkspaceId == recurrence.WorkspaceId).OrderBy(c => c.Kind == ConversationKind.Personal).ThenBy(c => c.Id).FirstAsync(cancellationToken);
        var author = await db.People.AsNoTracking().FirstAsync(p => p.Id == recurrence.AuthorId, cancellationToken);
        var turn = new TurnContext
        {
            Workspace = workspace,
            Conversation = ConversationInfo.From(place, workspace),
            Person = PersonInfo.From(author),
            Language = author.ChosenLanguage ?? workspace.Language,
            Now = now,
        };
        var draft = words with { Start = RecurrenceRule.Local(day, recurrence.LocalTime), End = End(recurrence, day), Channels = channels.ConvertAll(c => c.Id) };
        var campaign = new Campaign
        {
            WorkspaceId = recurrence.WorkspaceId,
            AuthorId = recurrence.AuthorId,
            Code = LinkCode.New(),
            Title = draft.Title,
            Link = draft.Link,
            Language = draft.Language,
            RecurrenceId = recurrence.Id,
            Occurrence = RecurrenceRule.Text(day),
            CreatedAt = now,
        };
        draft.ApplyTo(campaign, now);
        db.Campaigns.Add(campaign);
        await db.SaveChangesAsync(cancellationToken);
        await sponsor.RunAsync(campaign, turn, cancellationToken);

        // What a second person has approved need not be approved each time it comes again; what has changed since must.
        if ((source.WrittenBy is not null || CampaignStates.IsUnpublished(source.State)) && await approvals.AreNeededAsync(draft, turn, cancellationToken))
        {
            campaign.WrittenBy = source.WrittenBy;
            campaign.AddWriter(recurrence.AuthorId);
            await approvals.SubmitAsync(campaign, draft, turn, cancellationToken);
        }
        else
        {
            await publish.RunAsync(campaign, draft, turn, cancellationToken);
        }

        return true;
    }

    private static string End(Recurrence recurrence, LocalDate day)
    {
        if (recurrence.OpenDays is { } days)
        {
            return RecurrenceRule.Local(day.PlusDays(days), recurrence.LocalTime);
        }

        var next = RecurrenceRule.Of(recurrence).Dates().SkipWhile(date => date <= day).Take(1).ToList();
        return next.Count == 0 ? "" : RecurrenceRule.Local(next[0], recurrence.LocalTime);
    }
}
