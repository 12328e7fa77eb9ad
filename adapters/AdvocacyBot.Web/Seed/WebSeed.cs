using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Web.Chat;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Web.Seed;

/// <summary>Makes the Web workspace once; what was changed or removed since is left alone.</summary>
internal sealed class WebSeed(Database database, IDbContextFactory<AdvocacyDb> contexts, TimeProvider clock)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var turn = await database.EnterWriteAsync(cancellationToken);
        try
        {
            await SeedAsync(cancellationToken);
        }
        catch (DbUpdateException) when (!cancellationToken.IsCancellationRequested)
        {
            // Another host was first with the unique workspace; anything else is wrong.
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            if (!await IsThereAsync(db, cancellationToken))
            {
                throw;
            }
        }
    }

    private async Task SeedAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await IsThereAsync(db, cancellationToken))
        {
            return;
        }

        var now = clock.GetUtcNow();
        var workspace = new Workspace
        {
            Platform = RosterCache.Workspace.Platform,
            ExternalId = RosterCache.Workspace.Id,
            Name = "Demo",
            Language = "en",
            TimeZone = "Europe/London",
            CreatedAt = now,
        };
        db.Workspaces.Add(workspace);
        await db.SaveChangesAsync(cancellationToken);

        var people = DemoPeople.All.ToDictionary(
            person => person.Id,
            person => new Person
            {
                WorkspaceId = workspace.Id,
                ExternalId = person.Id,
                Name = person.Name,
                Language = person.Language,
                Roles = person.Roles,
                CreatedAt = now,
            });
        var channels = DemoPeople.Channels.ToDictionary(
            channel => channel.Id,
            channel => new Conversation
            {
                WorkspaceId = workspace.Id,
                ExternalId = channel.Id,
                Kind = ConversationKind.Channel,
                Name = channel.Name,
                Language = channel.Language,
                TimeZone = channel.TimeZone,
                CreatedAt = now,
            });
        foreach (var person in DemoPeople.All)
        {
            db.People.Add(people[person.Id]);
            await db.SaveChangesAsync(cancellationToken);
        }

        db.PersonProfiles.AddRange(DemoPeople.All.Select((person, i) => new PersonProfile
        {
            PersonId = people[person.Id].Id,
            HumanId = people[person.Id].Id,
            Email = $"{person.Id}@demo.example",
            Department = DemoPerson.DepartmentOf(i),
            Location = person.Location,
            UpdatedAt = now,
        }));
        foreach (var channel in DemoPeople.Channels)
        {
            db.Conversations.Add(channels[channel.Id]);
            await db.SaveChangesAsync(cancellationToken);
        }

        db.Memberships.AddRange(DemoPeople.Channels.SelectMany(channel => channel.Members.Select(member => new Membership
        {
            ConversationId = channels[channel.Id].Id,
            PersonId = people[member].Id,
            JoinedAt = now,
        })));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static Task<bool> IsThereAsync(AdvocacyDb db, CancellationToken cancellationToken) => db.Workspaces.AnyAsync(
        w => w.Platform == RosterCache.Workspace.Platform && w.ExternalId == RosterCache.Workspace.Id, cancellationToken);
}
