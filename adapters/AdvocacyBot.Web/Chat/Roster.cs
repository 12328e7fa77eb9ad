using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.People;
using AdvocacyBot.Core.Programme;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Web.Chat;

/// <summary>Who is in the Web workspace, and where, as it stood when it was read.</summary>
internal sealed class Roster(
    WorkspaceInfo workspace, IReadOnlyList<PersonInfo> people, IReadOnlyList<ConversationInfo> channels, ILookup<long, long> membersByChannel, string programme)
{
    private const string PersonalPrefix = "dm-";

    private readonly Dictionary<string, PersonInfo> people = people.ToDictionary(p => p.Ref.Id, StringComparer.Ordinal);
    private readonly Dictionary<string, ConversationInfo> channels = channels.ToDictionary(c => c.Ref.Id, StringComparer.Ordinal);
    private readonly HashSet<(long Channel, long Person)> members = [.. membersByChannel.SelectMany(g => g.Select(person => (g.Key, person)))];

    public WorkspaceInfo Workspace { get; } = workspace;

    public IReadOnlyList<PersonInfo> People { get; } = people;

    /// <summary>Without the personal chats.</summary>
    public IReadOnlyList<ConversationInfo> Channels { get; } = channels;

    public PersonInfo? Person(string id) => people.GetValueOrDefault(id);

    public Language LanguageOf(PersonInfo person) => person.Language ?? Workspace.Language;

    public bool HasChannel(string id) => channels.ContainsKey(id);

    /// <summary>A channel the person is in, or their own chat with the bot; null for any other.</summary>
    public ConversationRef? Conversation(string id, PersonInfo person)
    {
        if (id == PersonalId(person.Ref.Id))
        {
            return Personal(person.Ref.Id);
        }

        return channels.TryGetValue(id, out var channel) && members.Contains((channel.Id, person.Id)) ? channel.Ref : null;
    }

    public IEnumerable<ConversationInfo> ChannelsOf(PersonInfo person) => Channels.Where(c => members.Contains((c.Id, person.Id)));

    /// <summary>A person's own chat with the bot; it is stored when it is first used.</summary>
    public ConversationRef Personal(string personId) => new(PersonalId(personId), ConversationKind.Personal, programme);

    public static string PersonalId(string personId) => PersonalPrefix + personId;
}

/// <summary>Keeps the roster for a second, so that a press costs no query for it; who comes while it is read again waits for that one reading.</summary>
internal sealed class RosterCache(IDbContextFactory<AdvocacyDb> contexts, IOptions<ProgrammeOptions> programme, TimeProvider clock)
{
    public static readonly WorkspaceRef Workspace = new(Platforms.Web, "demo");

    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private volatile Kept? kept;
    private Task<Roster?>? reading;

    /// <returns>Null before the workspace is seeded.</returns>
    public async ValueTask<Roster?> GetAsync(CancellationToken cancellationToken) =>
        kept is { } fresh && clock.GetElapsedTime(fresh.At) < Freshness ? fresh.Roster : await Read().WaitAsync(cancellationToken);

    /// <summary>Reads it now, whatever is kept: what was changed before the call is in it.</summary>
    /// <returns>Null before the workspace is seeded.</returns>
    public async Task<Roster?> ReadNowAsync(CancellationToken cancellationToken)
    {
        var at = clock.GetTimestamp();
        var roster = await LoadAsync(cancellationToken);
        kept = roster is null ? null : new Kept(roster, at);
        return roster;
    }

    private Task<Roster?> Read()
    {
        lock (gate)
        {
            return reading is { IsCompleted: false } underWay ? underWay : reading = ReadAsync();
        }
    }

    private async Task<Roster?> ReadAsync()
    {
        // Outside the lock, and for all who wait: not to be given up because one of them leaves.
        await Task.Yield();
        return await ReadNowAsync(CancellationToken.None);
    }

    private async Task<Roster?> LoadAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var workspace = await db.Workspaces.AsNoTracking()
            .FirstOrDefaultAsync(w => w.Platform == Workspace.Platform && w.ExternalId == Workspace.Id, cancellationToken);
        if (workspace is null)
        {
            return null;
        }

        var info = WorkspaceInfo.From(workspace);
        var people = await db.People.AsNoTracking().Where(p => p.WorkspaceId == workspace.Id && p.Reachable && !p.ExternalId.StartsWith(Person.ErasedPrefix)).OrderBy(p => p.Id).ToListAsync(cancellationToken);
        var channels = await db.Conversations.AsNoTracking()
            .Where(c => c.WorkspaceId == workspace.Id && c.Kind != ConversationKind.Personal && c.RemovedAt == null).OrderBy(c => c.Id).ToListAsync(cancellationToken);
        var ids = channels.ConvertAll(c => c.Id);
        var members = await db.Memberships.AsNoTracking().Where(m => ids.Contains(m.ConversationId) && m.LeftAt == null)
            .Select(m => new { m.ConversationId, m.PersonId }).ToListAsync(cancellationToken);
        return new Roster(
            info,
            people.ConvertAll(PersonInfo.From),
            channels.ConvertAll(c => ConversationInfo.From(c, info)),
            members.ToLookup(m => m.ConversationId, m => m.PersonId),
            programme.Value.Name);
    }

    private sealed record Kept(Roster Roster, long At);
}
