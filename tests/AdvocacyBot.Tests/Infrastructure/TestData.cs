using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;

namespace AdvocacyBot.Tests.Infrastructure;

/// <summary>Two channels and people: olivia (owner), carmen (comms), dana (comms, Hebrew), e1..e6 (employees), h1..h3 (employees, Hebrew).</summary>
internal static class TestData
{
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);

    public static readonly WorkspaceRef Workspace = new(Platforms.Web, "test");

    public static async Task SeedAsync(AdvocacyDb db)
    {
        var since = Now.AddDays(-30);
        var workspace = new Workspace { Platform = Workspace.Platform, ExternalId = Workspace.Id, Name = "Test", Language = "en", TimeZone = "Europe/London", CreatedAt = since };
        db.Add(workspace);
        await db.SaveChangesAsync();
        var channels = new[]
        {
            new Conversation { WorkspaceId = workspace.Id, ExternalId = TestBot.General, Name = "general", TimeZone = "Europe/London", CreatedAt = since },
            new Conversation { WorkspaceId = workspace.Id, ExternalId = TestBot.Hebrew, Name = "חדשות", Language = "he", TimeZone = "Asia/Jerusalem", CreatedAt = since },
        };
        Person[] people =
        [
            Person("olivia", "Olivia Owens", "en", Roles.Owner),
            Person("carmen", "Carmen Cole", "en", Roles.Comms),
            Person("dana", "דנה כהן", "he", Roles.Comms),
            .. Enumerable.Range(1, 6).Select(i => Person($"e{i}", $"Employee {i}", "en", Roles.None)),
            .. Enumerable.Range(1, 3).Select(i => Person($"h{i}", $"עובדת {i}", "he", Roles.None)),
        ];
        db.AddRange(channels);
        db.AddRange(people);
        await db.SaveChangesAsync();
        db.AddRange(channels.SelectMany(_ => people, (channel, person) => new Membership { ConversationId = channel.Id, PersonId = person.Id, JoinedAt = since }));
        await db.SaveChangesAsync();

        Person Person(string id, string name, string language, Roles roles) => new()
        {
            WorkspaceId = workspace.Id,
            ExternalId = id,
            Name = name,
            Language = language,
            Roles = roles,
            CreatedAt = since,
        };
    }
}
