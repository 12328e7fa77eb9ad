using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Broadcasts;

/// <summary>Reads who is in a programme, and what they can be chosen by.</summary>
public sealed class AudienceQuery(AdvocacyDb db, ProgrammeScope scope)
{
    /// <summary>Values a form offers of one facet.</summary>
    private const int MostValues = 100;

    /// <summary>Everybody with an account in the programme, one entry for all accounts of a person.</summary>
    public async Task<IReadOnlyList<Human>> PeopleAsync(long workspaceId, CancellationToken cancellationToken)
    {
        var root = await scope.RootAsync(workspaceId, cancellationToken);
        var rows = await (
            from person in db.People.AsNoTracking()
            join workspace in db.Workspaces.AsNoTracking() on person.WorkspaceId equals workspace.Id
            where (workspace.Id == root || workspace.ProgrammeId == root) && workspace.RemovedAt == null
            join profile in db.PersonProfiles.AsNoTracking() on person.Id equals profile.PersonId into profiles
            from profile in profiles.DefaultIfEmpty()
            join chosen in db.Preferences.AsNoTracking() on person.Id equals chosen.PersonId into choices
            from chosen in choices.DefaultIfEmpty()
            select new
            {
                person.Id,
                person.WorkspaceId,
                Human = (long?)profile.HumanId,
                Language = person.Language ?? profile.Language ?? workspace.Language,
                Zone = person.TimeZone ?? workspace.TimeZone,
                profile.DeactivatedAt,
                profile.Department,
                profile.Location,
                Role = profile.Role ?? profile.Title,
                profile.Personas,
                profile.Interests,
                Chosen = chosen.Interests,
            }).ToListAsync(cancellationToken);
        return
        [
            .. rows.Select(row => new Account(row.Id, row.WorkspaceId, row.Human ?? row.Id, row.Language, row.Zone, row.DeactivatedAt is null)
            {
                Department = row.Department,
                Location = row.Location,
                Role = row.Role,
                Personas = row.Personas,
                Interests = Interests(row.Interests, row.Chosen),
            }).GroupBy(account => account.HumanId).OrderBy(human => human.Key).Select(human => new Human(human.Key, [.. human.OrderBy(account => account.PersonId)])),
        ];
    }

    /// <summary>Who is in the given channels now.</summary>
    /// <returns>Ids of accounts.</returns>
    public async Task<IReadOnlySet<long>> InChannelsAsync(IReadOnlyCollection<long> conversations, CancellationToken cancellationToken) =>
        conversations.Count == 0
            ? new HashSet<long>()
            : (await db.Memberships.AsNoTracking().Where(m => conversations.Contains(m.ConversationId) && m.LeftAt == null)
                .Select(m => m.PersonId).Distinct().ToListAsync(cancellationToken)).ToHashSet();

    /// <summary>Channels of the programme at least half of whose members are among these people, and not fewer than five.</summary>
    public async Task<IReadOnlyList<long>> ChannelsOfAsync(long workspaceId, IReadOnlyCollection<Human> people, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(people);
        var root = await scope.RootAsync(workspaceId, cancellationToken);
        var wanted = people.SelectMany(human => human.Accounts).Select(account => account.PersonId).ToHashSet();
        var stays = await (
            from stay in db.Memberships.AsNoTracking()
            join place in db.Conversations.AsNoTracking() on stay.ConversationId equals place.Id
            join workspace in db.Workspaces.AsNoTracking() on place.WorkspaceId equals workspace.Id
            join person in db.People.AsNoTracking() on stay.PersonId equals person.Id
            where stay.LeftAt == null && place.RemovedAt == null && place.Kind != Chat.ConversationKind.Personal && person.Reachable
                && (workspace.Id == root || workspace.ProgrammeId == root)
            select new { stay.ConversationId, stay.PersonId }).ToListAsync(cancellationToken);
        return
        [
            .. stays.GroupBy(stay => stay.ConversationId)
                .Select(channel => (Id: channel.Key, Members: channel.Count(), Wanted: channel.Count(stay => wanted.Contains(stay.PersonId))))
                .Where(channel => channel.Wanted >= CampaignNumbers.SmallestGroup && channel.Wanted * 2 >= channel.Members)
                .Select(channel => channel.Id).Order(),
        ];
    }

    /// <summary>What people can be chosen by, with how many there are; groups under five are not named.</summary>
    public async Task<IReadOnlyDictionary<Facet, IReadOnlyList<FacetValue>>> ValuesAsync(long workspaceId, CancellationToken cancellationToken)
    {
        var root = await scope.RootAsync(workspaceId, cancellationToken);
        var people =
            from person in db.People.AsNoTracking()
            join workspace in db.Workspaces.AsNoTracking() on person.WorkspaceId equals workspace.Id
            where (workspace.Id == root || workspace.ProgrammeId == root) && workspace.RemovedAt == null && person.Reachable
            join profile in db.PersonProfiles.AsNoTracking() on person.Id equals profile.PersonId into profiles
            from profile in profiles.DefaultIfEmpty()
            join chosen in db.Preferences.AsNoTracking() on person.Id equals chosen.PersonId into choices
            from chosen in choices.DefaultIfEmpty()
            select new { Person = person, Profile = profile, Language = person.Language ?? profile.Language ?? workspace.Language, Chosen = chosen.Interests };
        var departments = await people.Where(p => p.Profile.Department != null).GroupBy(p => p.Profile.Department!)
            .Select(g => new FacetValue(g.Key, g.Select(p => p.Profile.HumanId).Distinct().Count())).ToListAsync(cancellationToken);
        var locations = await people.Where(p => p.Profile.Location != null).GroupBy(p => p.Profile.Location!)
            .Select(g => new FacetValue(g.Key, g.Select(p => p.Profile.HumanId).Distinct().Count())).ToListAsync(cancellationToken);
        var roles = await people.Where(p => p.Profile.Role != null || p.Profile.Title != null).GroupBy(p => (p.Profile.Role ?? p.Profile.Title)!)
            .Select(g => new FacetValue(g.Key, g.Select(p => p.Profile.HumanId).Distinct().Count())).ToListAsync(cancellationToken);
        var languages = await people.GroupBy(p => p.Language).Select(g => new FacetValue(g.Key, g.Count())).ToListAsync(cancellationToken);
        var personas = await people.Where(p => p.Profile.Personas != null).GroupBy(p => p.Profile.Personas!)
            .Select(g => new FacetValue(g.Key, g.Select(p => p.Profile.HumanId).Distinct().Count())).ToListAsync(cancellationToken);
        var interests = await people.Where(p => p.Profile.Interests != null || p.Chosen != null).GroupBy(p => new { p.Profile.Interests, p.Chosen })
            .Select(g => new { g.Key.Interests, g.Key.Chosen, Count = g.Count() }).ToListAsync(cancellationToken);
        return new Dictionary<Facet, IReadOnlyList<FacetValue>>
        {
            [Facet.Department] = Named(departments),
            [Facet.Location] = Named(locations),
            [Facet.Role] = Named(roles),
            [Facet.Language] = Named(languages),
            [Facet.Persona] = Named(personas.SelectMany(p => Split(p.Value).Select(persona => new FacetValue(persona, p.Count)))),
            [Facet.Interest] = Named(interests.SelectMany(i => Split(Interests(i.Interests, i.Chosen)).Distinct().Select(type => new FacetValue(type, i.Count)))),
        };
    }

    private static List<FacetValue> Named(IEnumerable<FacetValue> values) =>
    [
        .. values.GroupBy(value => value.Value.ToUpperInvariant()).Select(same => new FacetValue(same.First().Value, same.Sum(value => value.Count)))
            .Where(value => value.Count >= CampaignNumbers.SmallestGroup)
            .OrderByDescending(value => value.Count).Take(MostValues)
            .OrderBy(value => value.Value, StringComparer.Ordinal),
    ];

    private static string[] Split(string? listed) => listed?.Split('|', StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static string? Interests(string? listed, string? chosen) =>
        string.IsNullOrEmpty(chosen) ? listed : $"{listed}|{chosen.Replace(',', '|')}|";
}

/// <param name="Value">As it is written.</param>
/// <param name="Count">People it fits.</param>
public sealed record FacetValue(string Value, int Count);
