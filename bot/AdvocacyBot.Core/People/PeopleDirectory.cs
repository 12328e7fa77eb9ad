using System.Collections.Concurrent;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Programme;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Core.People;

/// <summary>
/// Who and where, by the platforms' ids. What was read is kept for a few seconds, so that a button press costs no query for it; a change made by
/// this host is seen at once (<see cref="Forget"/>), one made by another host within <see cref="Freshness"/>.
/// </summary>
public sealed class PeopleDirectory(Database database, IDbContextFactory<AdvocacyDb> contexts, QuickReads reads, ErasedBook erased, IOptions<ProgrammeOptions> programme, TimeProvider clock)
{
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(10);

    // Three kinds of rows can be stored by others first, one after the other.
    private const int Attempts = 4;

    private readonly FixedRoles fixedRoles = new(programme);
    private readonly ConcurrentDictionary<WorkspaceRef, Kept<WorkspaceInfo>> workspaces = new();
    private readonly ConcurrentDictionary<(long Workspace, string Id), Kept<ConversationInfo>> conversations = new();
    private readonly ConcurrentDictionary<(long Workspace, string Id), Kept<PersonInfo>> people = new();

    /// <summary>The context of an interaction; workspace, conversation and person are stored on their first appearance.</summary>
    public async ValueTask<TurnContext> ResolveAsync(Interaction interaction, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(interaction);
        if (Fresh(workspaces, interaction.Workspace) is not { } workspace
            || Fresh(conversations, (workspace.Id, interaction.Conversation.Id)) is not { } conversation
            || Fresh(people, (workspace.Id, interaction.Person.Id)) is not { } person)
        {
            (workspace, conversation, person) = await ReadAsync(interaction, cancellationToken) ?? await StoreOrRetryAsync(interaction, cancellationToken);
        }

        return new TurnContext
        {
            Workspace = workspace,
            Conversation = conversation,
            Person = person,
            Language = person.Language ?? Language.Find(interaction.Locale) ?? conversation.Language,
            Now = clock.GetUtcNow(),
        };
    }

    /// <summary>What is kept of everybody and everything is read again at the next interaction; call it after changing any of it.</summary>
    public void Forget()
    {
        people.Clear();
        conversations.Clear();
        workspaces.Clear();
    }

    /// <summary>The usual case: all three are stored and as the platform says, and what was forgotten is read without anybody having to wait for writers.</summary>
    /// <returns>Null where something has to be stored.</returns>
    private async Task<(WorkspaceInfo Workspace, ConversationInfo Conversation, PersonInfo Person)?> ReadAsync(Interaction interaction, CancellationToken cancellationToken)
    {
        var workspace = Fresh(workspaces, interaction.Workspace);
        if (workspace is null)
        {
            if (await FindWorkspaceAsync(interaction.Workspace, cancellationToken) is not { } stored)
            {
                return null;
            }

            workspace = Keep(workspaces, interaction.Workspace, WorkspaceInfo.From(stored));
        }

        var conversation = Fresh(conversations, (workspace.Id, interaction.Conversation.Id));
        if (conversation is null)
        {
            var said = interaction.Conversation;
            if (await FindConversationAsync(workspace.Id, said.Id, cancellationToken) is not { } stored
                || (said.Name ?? stored.Name) != stored.Name
                || (said.ServiceUrl ?? stored.ServiceUrl) != stored.ServiceUrl)
            {
                return null;
            }

            conversation = Keep(conversations, (workspace.Id, said.Id), ConversationInfo.From(stored, workspace));
        }

        var person = Fresh(people, (workspace.Id, interaction.Person.Id));
        if (person is null)
        {
            var said = interaction.Person;
            if (await FindPersonAsync(workspace.Id, said.Id, cancellationToken) is not { } stored
                || (said.Name ?? stored.Name) != stored.Name
                || (said.TimeZone ?? stored.TimeZone) != stored.TimeZone)
            {
                return null;
            }

            person = Keep(people, (workspace.Id, said.Id), PersonInfo.From(stored));
        }

        return (workspace, conversation, person);
    }

    private async Task<(WorkspaceInfo Workspace, ConversationInfo Conversation, PersonInfo Person)> StoreOrRetryAsync(
        Interaction interaction, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await StoreAsync(interaction, cancellationToken);
            }
            catch (Exception e) when (attempt < Attempts && Collision.Is(e))
            {
                // Another interaction stored the same workspace, conversation or person first: it is there now.
            }
        }
    }

    private ValueTask<Workspace?> FindWorkspaceAsync(WorkspaceRef workspace, CancellationToken cancellationToken) => reads.FirstAsync(
        new("""SELECT "Id", "Name", "Language", "TimeZone" FROM workspaces WHERE "Platform" = $1 AND "ExternalId" = $2""", workspace.Platform, workspace.Id),
        row => new Workspace
        {
            Id = row.Number(0),
            Platform = workspace.Platform,
            ExternalId = workspace.Id,
            Name = row.Text(1)!,
            Language = row.Text(2)!,
            TimeZone = row.Text(3)!,
        },
        cancellationToken);

    private ValueTask<Conversation?> FindConversationAsync(long workspaceId, string externalId, CancellationToken cancellationToken) => reads.FirstAsync(
        new(
            """SELECT "Id", "Kind", "Name", "Language", "TimeZone", "ServiceUrl" FROM conversations WHERE "WorkspaceId" = $1 AND "ExternalId" = $2""",
            workspaceId,
            externalId),
        row => new Conversation
        {
            Id = row.Number(0),
            WorkspaceId = workspaceId,
            ExternalId = externalId,
            Kind = (ConversationKind)row.Number(1),
            Name = row.Text(2)!,
            Language = row.Text(3),
            TimeZone = row.Text(4),
            ServiceUrl = row.Text(5),
        },
        cancellationToken);

    private ValueTask<Person?> FindPersonAsync(long workspaceId, string externalId, CancellationToken cancellationToken) => reads.FirstAsync(
        new(
            """
            SELECT "Id", "Name", "Language", "TimeZone", "Roles", "ConsentedAt", "PolicyVersion", "AppearByName" FROM people
            WHERE "WorkspaceId" = $1 AND "ExternalId" = $2
            """,
            workspaceId,
            externalId),
        row => new Person
        {
            Id = row.Number(0),
            WorkspaceId = workspaceId,
            ExternalId = externalId,
            Name = row.Text(1)!,
            Language = row.Text(2),
            TimeZone = row.Text(3),
            Roles = (Roles)row.Number(4),
            ConsentedAt = row.IsNull(5) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.Number(5)),
            PolicyVersion = row.Text(6),
            AppearByName = row.Number(7) != 0,
        },
        cancellationToken);

    private async Task<(WorkspaceInfo Workspace, ConversationInfo Conversation, PersonInfo Person)> StoreAsync(Interaction interaction, CancellationToken cancellationToken)
    {
        using var turn = await database.EnterWriteAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var now = clock.GetUtcNow();

        var workspace = await db.Workspaces.FirstOrDefaultAsync(
            w => w.Platform == interaction.Workspace.Platform && w.ExternalId == interaction.Workspace.Id, cancellationToken);
        if (workspace is null)
        {
            workspace = new Workspace
            {
                Platform = interaction.Workspace.Platform,
                ExternalId = interaction.Workspace.Id,
                Name = interaction.Workspace.Id,
                Language = Language.First(interaction.Locale).Code,
                TimeZone = interaction.Person.TimeZone ?? "Etc/UTC",
                CreatedAt = now,
            };
            db.Workspaces.Add(workspace);
            await db.SaveChangesAsync(cancellationToken);
        }

        var conversation = await db.Conversations.FirstOrDefaultAsync(
            c => c.WorkspaceId == workspace.Id && c.ExternalId == interaction.Conversation.Id, cancellationToken);
        if (conversation is null)
        {
            conversation = new Conversation
            {
                WorkspaceId = workspace.Id,
                ExternalId = interaction.Conversation.Id,
                Kind = interaction.Conversation.Kind,
                Name = interaction.Conversation.Name ?? interaction.Conversation.Id,
                ServiceUrl = interaction.Conversation.ServiceUrl,
                CreatedAt = now,
            };
            db.Conversations.Add(conversation);
        }
        else
        {
            conversation.Name = interaction.Conversation.Name ?? conversation.Name;
            conversation.ServiceUrl = interaction.Conversation.ServiceUrl ?? conversation.ServiceUrl;
        }

        var person = await db.People.FirstOrDefaultAsync(
            p => p.WorkspaceId == workspace.Id && p.ExternalId == interaction.Person.Id, cancellationToken);
        if (person is null)
        {
            person = new Person
            {
                WorkspaceId = workspace.Id,
                ExternalId = interaction.Person.Id,
                Name = interaction.Person.Name ?? interaction.Person.Id,
                TimeZone = interaction.Person.TimeZone,
                Roles = fixedRoles.Of(interaction.Workspace, interaction.Person.Id) ?? Roles.None,
                CreatedAt = now,
            };
            db.People.Add(person);

            // Whoever was erased and does something again begins anew.
            var hash = erased.Hash(interaction.Workspace, interaction.Person.Id);
            await db.Database.ExecuteSqlAsync($"""DELETE FROM erased_people WHERE "Hash" = {hash}""", cancellationToken);
        }
        else
        {
            person.Name = interaction.Person.Name ?? person.Name;
            person.TimeZone = interaction.Person.TimeZone ?? person.TimeZone;
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        var workspaceInfo = Keep(workspaces, interaction.Workspace, WorkspaceInfo.From(workspace));
        return (
            workspaceInfo,
            Keep(conversations, (workspace.Id, conversation.ExternalId), ConversationInfo.From(conversation, workspaceInfo)),
            Keep(people, (workspace.Id, person.ExternalId), PersonInfo.From(person)));
    }

    private T? Fresh<TKey, T>(ConcurrentDictionary<TKey, Kept<T>> kept, TKey key)
        where TKey : notnull
        where T : class =>
        kept.TryGetValue(key, out var entry) && clock.GetElapsedTime(entry.At) < Freshness ? entry.Value : null;

    private T Keep<TKey, T>(ConcurrentDictionary<TKey, Kept<T>> kept, TKey key, T value)
        where TKey : notnull
    {
        if (kept.Count > 200_000)
        {
            kept.Clear();
        }

        kept[key] = new Kept<T>(value, clock.GetTimestamp());
        return value;
    }

    private readonly record struct Kept<T>(T Value, long At);
}
