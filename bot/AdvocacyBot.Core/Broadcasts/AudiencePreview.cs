using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Localization;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Broadcasts;

/// <summary>How many people and channels a campaign will reach, and who is left out and why, before it is published. Groups under five are not told apart.</summary>
public sealed class AudiencePreview(AdvocacyDb db, PlanAudience plan, AudienceQuery query, ProgrammeScope scope)
{
    public async Task<IReadOnlyList<Fact>> FactsAsync(Campaign campaign, CampaignDraft draft, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(draft);
        ArgumentNullException.ThrowIfNull(turn);
        if (draft.Audience is not { } audience)
        {
            return [];
        }

        var t = turn.Texts;
        var facts = new List<Fact> { new(t["Broadcasts.Audience"], Words(audience, t)) };
        var shaped = new Campaign { Id = campaign.Id, WorkspaceId = turn.Workspace.Id, Code = campaign.Code, Title = "", Link = "", Language = draft.Language, ContentType = draft.ContentType };
        if (audience.By == AudienceBy.Channels)
        {
            var people = (await query.PeopleAsync(turn.Workspace.Id, cancellationToken)).Where(audience.Includes).ToList();
            var seen = await query.InChannelsAsync(draft.Channels, cancellationToken);
            var reached = people.Count(human => human.Accounts.Any(account => seen.Contains(account.PersonId)));
            facts.Add(new(t["Broadcasts.WillReachChannels"], t.Plural("Broadcasts.ChannelCount", draft.Channels.Count)));
            facts.Add(new(t["Broadcasts.WillReachThere"], Count(reached, t)));
            if (people.Count > reached)
            {
                facts.Add(new(t["Broadcasts.LeftOut"], t.Format("Broadcasts.LeftOutLine", ("reason", t["Broadcasts.NotInChannels"]), ("count", Count(people.Count - reached, t)))));
            }

            return facts;
        }

        var zone = (await scope.WorkspacesAsync(turn.Workspace.Id, cancellationToken))[turn.Workspace.Id].TimeZone;
        var recipients = await plan.RunAsync(shaped, audience, draft.Channels, CampaignTimes.Instant(draft.Start, zone), turn.Now, cancellationToken);
        facts.Add(new(t["Broadcasts.WillReach"], Count(recipients.Count(r => r.State == DeliveryState.Pending), t)));
        facts.Add(new(t["Broadcasts.WillReachChannels"], t.Plural("Broadcasts.ChannelCount", draft.Channels.Count)));
        if (recipients.Count(r => r is { State: DeliveryState.Pending, Reason: not null }) is > 0 and var later)
        {
            facts.Add(new(t["Broadcasts.Later"], Count(later, t)));
        }

        var reasons = recipients.Where(r => r.State == DeliveryState.Skipped).CountBy(r => r.Reason!).ToDictionary(StringComparer.Ordinal);
        foreach (var (reason, count) in DeliveryReasons.Merged(reasons))
        {
            facts.Add(new(t["Broadcasts.LeftOut"], t.Format("Broadcasts.LeftOutLine", ("reason", DeliveryReasons.Words(reason, t)), ("count", Count(count, t)))));
        }

        if (await UnmetAsync(audience, turn.Workspace.Id, cancellationToken) is > 0 and var unmet)
        {
            facts.Add(new(t["Broadcasts.LeftOut"], t.Format("Broadcasts.LeftOutLine", ("reason", t["Broadcasts.NotMet"]), ("count", Count(unmet, t)))));
        }

        return facts;
    }

    /// <summary>A segment in words.</summary>
    public static string Words(Audience audience, Texts t)
    {
        ArgumentNullException.ThrowIfNull(audience);
        ArgumentNullException.ThrowIfNull(t);
        var who = audience.IsEverybody
            ? t["Broadcasts.Everybody"]
            : string.Join("; ", audience.Wanted.OrderBy(w => w.Key).Select(w =>
                $"{t[$"Broadcasts.Facet{w.Key}"]}: {string.Join(", ", w.Value.Select(value => CardText.Escape(AudienceForm.Shown(w.Key, value, t))))}"));
        return t.Format(audience.By == AudienceBy.Direct ? "Broadcasts.AudienceDirect" : "Broadcasts.AudienceChannels", ("who", who));
    }

    private static string Count(int count, Texts t) =>
        count is > 0 and < CampaignNumbers.SmallestGroup ? t.Format("Broadcasts.UnderLimit", ("limit", CampaignNumbers.SmallestGroup)) : t.Number(count);

    /// <summary>People of the imported list whom the bot has no account of.</summary>
    private async Task<int> UnmetAsync(Audience audience, long workspaceId, CancellationToken cancellationToken)
    {
        var root = await scope.RootAsync(workspaceId, cancellationToken);
        var entries = await db.Directory.AsNoTracking()
            .Where(e => e.ProgrammeId == root && e.Active && e.Email != null && !db.PersonProfiles.Any(f => f.Email == e.Email)).ToListAsync(cancellationToken);
        return entries.Count(e => audience.Includes(new Human(0,
        [
            new Account(0, workspaceId, 0, e.Language ?? "", "", Active: true)
            {
                Department = e.Department, Location = e.Location, Role = e.Role, Personas = e.Personas, Interests = e.Interests,
            },
        ])));
    }
}
