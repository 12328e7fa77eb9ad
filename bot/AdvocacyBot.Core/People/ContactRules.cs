using System.Runtime.InteropServices;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NodaTime;
using NodaTime.Text;

namespace AdvocacyBot.Core.People;

/// <summary>Why a message is sent to one person.</summary>
public enum ContactPurpose
{
    /// <summary>Something to share, or a reminder of it. All rules hold, and it counts against the weekly limit.</summary>
    Prompt = 0,

    /// <summary>Anything else that the person did not ask for: the weekly note, thanks. All rules but those about a campaign and the weekly limit.</summary>
    Note = 1,

    /// <summary>What follows from something the person did or has the role for. It waits for the end of quiet hours that they chose themselves.</summary>
    Answer = 2,
}

/// <summary>What is to be sent.</summary>
/// <param name="Purpose">Decides which rules hold.</param>
/// <param name="CampaignId">Of a prompt.</param>
/// <param name="ContentType">Of a prompt.</param>
public sealed record Contact(ContactPurpose Purpose, long? CampaignId = null, ContentType? ContentType = null)
{
    public static readonly Contact Note = new(ContactPurpose.Note);

    public static readonly Contact Answer = new(ContactPurpose.Answer);

    public static Contact Prompt(Campaign campaign)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        return new(ContactPurpose.Prompt, campaign.Id, campaign.ContentType);
    }
}

public enum ContactReason
{
    Allowed = 0,

    /// <summary>Unknown, a bot, a guest, deactivated or erased.</summary>
    NotReachable = 1,

    /// <summary>Left the programme.</summary>
    Left = 2,

    /// <summary>Wants no prompts at all.</summary>
    OptedOut = 3,

    /// <summary>Pressed "not for me" on this campaign.</summary>
    NotForMe = 4,

    /// <summary>Wants little of this kind of content, and had some not long ago.</summary>
    FewerLikeThis = 5,

    /// <summary>Until a date of their choice.</summary>
    Paused = 6,

    /// <summary>The weekly limit is reached.</summary>
    CapReached = 7,
    QuietHours = 8,
}

/// <summary>Whether a message may go to a person now.</summary>
/// <param name="Reason">Why not, or <see cref="ContactReason.Allowed"/>.</param>
/// <param name="Until">When to ask again, already outside quiet hours; null where waiting does not help, and where it is allowed.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ContactVerdict(ContactReason Reason, DateTimeOffset? Until = null)
{
    public bool IsAllowed => Reason == ContactReason.Allowed;

    /// <summary>The reason as deliveries store it, e.g. <c>not_for_me</c>.</summary>
    public string Code => Reason switch
    {
        ContactReason.NotReachable => "person_gone",
        ContactReason.Left => "person_left",
        ContactReason.OptedOut => "opted_out",
        ContactReason.NotForMe => "not_for_me",
        ContactReason.FewerLikeThis => "fewer_like_this",
        ContactReason.Paused => "paused",
        ContactReason.CapReached => "cap_reached",
        ContactReason.QuietHours => "quiet_hours",
        _ => "",
    };
}

/// <summary>
/// Whether people may be written to now. Everybody who sends something to one person asks here, when they plan it (to show how many it will reach) and again when
/// they send it. Prompts in a channel are for the channel and do not count.
/// </summary>
public sealed class ContactRules(AdvocacyDb db, IOptions<ContactOptions> options)
{
    /// <summary>"Fewer like this" means at most one of the kind in so long.</summary>
    public static readonly Duration RareGap = Duration.FromDays(28);

    private static readonly Duration Week = Duration.FromDays(7);
    private const int Chunk = 2000;
    private static readonly LocalDatePattern Day = LocalDatePattern.Iso;

    /// <summary>About one person.</summary>
    public async Task<ContactVerdict> CheckAsync(long personId, Contact contact, DateTimeOffset now, CancellationToken cancellationToken) =>
        (await CheckAsync([personId], contact, now, cancellationToken))[personId];

    /// <summary>About many, in a few queries for every 2,000 of them.</summary>
    /// <returns>A verdict for each id that was asked about.</returns>
    public async Task<IReadOnlyDictionary<long, ContactVerdict>> CheckAsync(
        IReadOnlyCollection<long> personIds, Contact contact, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(personIds);
        ArgumentNullException.ThrowIfNull(contact);
        var verdicts = new Dictionary<long, ContactVerdict>(personIds.Count);
        foreach (var ids in personIds.Chunk(Chunk))
        {
            var known = await ReadAsync(ids, contact, now, cancellationToken);
            foreach (var id in ids)
            {
                verdicts[id] = known.TryGetValue(id, out var facts) ? Judge(facts, contact, Instant.FromDateTimeOffset(now), options.Value) : new(ContactReason.NotReachable);
            }
        }

        return verdicts;
    }

    /// <summary>The rules themselves.</summary>
    internal static ContactVerdict Judge(ContactFacts facts, Contact contact, Instant now, ContactOptions options)
    {
        var chosen = facts.Preferences;
        var own = chosen?.QuietFrom is { } from && chosen.QuietTo is { } to ? new QuietHours(from, to, chosen.QuietDays) : (QuietHours?)null;
        var quiet = own ?? (contact.Purpose == ContactPurpose.Answer ? QuietHours.None : options.Quiet) with { Days = chosen?.QuietDays ?? 0 };
        var (reason, free) = Lasting(facts, contact, now, options);
        if (reason != ContactReason.Allowed)
        {
            return new(reason, free is { } at ? quiet.NextOpen(at, facts.Zone).ToDateTimeOffset() : null);
        }

        return quiet.IsQuiet(now, facts.Zone)
            ? new(ContactReason.QuietHours, quiet.NextOpen(now, facts.Zone).ToDateTimeOffset())
            : new(ContactReason.Allowed);
    }

    /// <summary>Everything but quiet hours: the reason, and from when it does not hold any more where that is known.</summary>
    private static (ContactReason Reason, Instant? Free) Lasting(ContactFacts facts, Contact contact, Instant now, ContactOptions options)
    {
        if (!facts.Reachable)
        {
            return (ContactReason.NotReachable, null);
        }

        if (contact.Purpose == ContactPurpose.Answer)
        {
            return (ContactReason.Allowed, null);
        }

        var chosen = facts.Preferences;
        if (chosen?.LeftAt is not null)
        {
            return (ContactReason.Left, null);
        }

        var limit = chosen?.PromptsPerWeek ?? options.PromptsPerWeek;
        if (contact.Purpose == ContactPurpose.Prompt && limit == 0)
        {
            return (ContactReason.OptedOut, null);
        }

        if (facts.Declined)
        {
            return (ContactReason.NotForMe, null);
        }

        if (PauseEnd(chosen?.PausedUntil, facts.Zone) is { } back && back > now)
        {
            return (ContactReason.Paused, back);
        }

        if (contact.Purpose != ContactPurpose.Prompt)
        {
            return (ContactReason.Allowed, null);
        }

        if (contact.ContentType is { } type && RareUntil(facts, type) is { } rare && rare > now)
        {
            return (ContactReason.FewerLikeThis, rare);
        }

        // The limit holds for any seven days, so that a full week is not followed by another one the day after.
        var recent = facts.Prompts.Where(p => p.At > now - Week).Select(p => p.At).OrderDescending().ToList();
        return recent.Count >= limit ? (ContactReason.CapReached, recent[limit - 1] + Week) : (ContactReason.Allowed, null);
    }

    /// <summary>When the pause ends; null where there is none.</summary>
    internal static Instant? PauseEnd(string? day, DateTimeZone zone) =>
        day is not null && Day.Parse(day).TryGetValue(default, out var date) ? date.AtStartOfDayInZone(zone).ToInstant() : null;

    private static Instant? RareUntil(ContactFacts facts, ContentType type)
    {
        var interests = facts.Preferences?.InterestTypes ?? [];
        if (facts.Fewer is null && (interests.Count == 0 || interests.Contains(type)))
        {
            return null;
        }

        var last = facts.Prompts.Where(p => p.Type == type).Select(p => (Instant?)p.At).Append(facts.Fewer).Max();
        return last + RareGap;
    }

    private async Task<Dictionary<long, ContactFacts>> ReadAsync(long[] ids, Contact contact, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // No campaign and no kind has these numbers: then nobody declined it, and nobody wants less of it.
        var (campaign, type) = contact.Purpose == ContactPurpose.Prompt ? (contact.CampaignId ?? 0, contact.ContentType ?? (ContentType)(-1)) : (0, (ContentType)(-1));
        var people = await (
            from person in db.People.AsNoTracking()
            join workspace in db.Workspaces.AsNoTracking() on person.WorkspaceId equals workspace.Id
            join preferences in db.Preferences.AsNoTracking() on person.Id equals preferences.PersonId into chosen
            from preferences in chosen.DefaultIfEmpty()
            where ids.Contains(person.Id)
            select new
            {
                person.Id,
                Reachable = person.Reachable && !person.ExternalId.StartsWith(Person.ErasedPrefix),
                Zone = person.TimeZone,
                Default = workspace.TimeZone,
                preferences,
                Declined = db.Ledger.Where(e => e.CampaignId == campaign && e.Kind == LedgerKind.Declined && e.PersonId == person.Id).Sum(e => e.Amount) > 0,
                Fewer = db.FewerLikeThis.Where(f => f.PersonId == person.Id && f.ContentType == type).Select(f => (DateTimeOffset?)f.At).FirstOrDefault(),
            }).ToListAsync(cancellationToken);
        var prompts = contact.Purpose == ContactPurpose.Prompt ? await PromptsAsync(ids, now, cancellationToken) : null;
        return people.ToDictionary(p => p.Id, p => new ContactFacts(
            p.Reachable,
            DateTimeZoneProviders.Tzdb.GetZoneOrNull(p.Zone ?? "") ?? CampaignTimes.Zone(p.Default),
            p.preferences,
            p.Declined,
            p.Fewer is { } at ? Instant.FromDateTimeOffset(at) : null,
            prompts is null ? [] : [.. prompts[p.Id]]));
    }

    /// <summary>Prompts that went, or may have gone, to each person in the time that the rules look back.</summary>
    private async Task<ILookup<long, PersonalPrompt>> PromptsAsync(long[] ids, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var since = now - RareGap.ToTimeSpan();
        var sent = await (
            from delivery in db.Deliveries.AsNoTracking()
            join campaign in db.Campaigns.AsNoTracking() on delivery.CampaignId equals campaign.Id
            where delivery.Kind == DeliveryKind.Prompt && delivery.PersonId != null && ids.Contains(delivery.PersonId.Value)
                && (delivery.State == DeliveryState.Sending || delivery.State == DeliveryState.Sent || delivery.State == DeliveryState.Unknown)
                && delivery.UpdatedAt > since
            select new { PersonId = delivery.PersonId!.Value, delivery.UpdatedAt, campaign.ContentType }).ToListAsync(cancellationToken);
        return sent.ToLookup(d => d.PersonId, d => new PersonalPrompt(Instant.FromDateTimeOffset(d.UpdatedAt), d.ContentType));
    }
}

/// <summary>What the rules look at.</summary>
internal sealed record ContactFacts(
    bool Reachable, DateTimeZone Zone, PersonPreferences? Preferences, bool Declined, Instant? Fewer, IReadOnlyList<PersonalPrompt> Prompts);

/// <summary>A prompt that went to one person.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PersonalPrompt(Instant At, ContentType Type);
