using System.Text.Json.Nodes;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Tests.Infrastructure;
using AdvocacyBot.Tests.Teams.Support;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Tests.Teams.Captures;

/// <summary>
/// Activities in the shapes that a Teams-like client was seen to send; a file each in this folder. Ids in them are no GUIDs, and the tenant's is longer than one. A
/// new shape is tested by dropping in a file and saying here how it is answered.
/// </summary>
public sealed class CaptureTests
{
    private const string Tenant = "00000000-0000-0000-0000-0000000000001";
    private static readonly string Folder = Repository.Folder("tests", "AdvocacyBot.Tests", "Teams", "Captures");

    /// <summary>File, HTTP status, part of the answer's body, how many messages the bot then sends.</summary>
    public static TheoryData<string, int, string, int> Files() => new()
    {
        { "channel-card-execute", 200, "application/vnd.microsoft.error", 0 },
        { "channel-card-submit", 200, "", 0 },
        { "channel-conversationUpdate-membersAdded", 200, "", 0 },
        { "channel-installationUpdate-add", 200, "", 1 },
        { "channel-message-mention", 200, "", 1 },
        { "channel-mock-add-application", 200, "", 0 },
        { "channel-mock-add-channel", 200, "", 0 },
        { "channel-mock-add-user", 200, "", 0 },
        { "channel-mock-install-application", 200, "", 1 },
        { "channel-mock-remove-application", 200, "", 0 },
        { "channel-mock-remove-channel", 200, "", 0 },
        { "channel-mock-remove-team", 200, "", 0 },
        { "channel-mock-remove-user", 200, "", 0 },
        { "channel-mock-rename-channel", 200, "", 0 },
        { "channel-mock-rename-team", 200, "", 0 },
        { "channel-mock-uninstall-application", 200, "", 0 },
        { "channel-reply-mention", 200, "", 1 },
        { "custom-messageReaction-added", 200, "", 0 },
        { "custom-messageReaction-removed", 200, "", 0 },
        { "custom-task-fetch", 200, "\"task\"", 0 },
        { "custom-task-submit", 200, "\"task\"", 0 },
        { "group-card-execute", 200, "application/vnd.microsoft.error", 0 },
        { "group-card-submit", 200, "", 0 },
        { "group-conversationUpdate-membersAdded", 200, "", 0 },
        { "group-installationUpdate-add", 200, "", 1 },
        { "group-message-mention", 200, "", 1 },
        { "personal-card-execute", 200, "application/vnd.microsoft.error", 0 },
        { "personal-card-execute-error-answer", 200, "application/vnd.microsoft.error", 0 },
        { "personal-card-execute-message-answer", 200, "application/vnd.microsoft.error", 0 },
        { "personal-card-submit", 200, "", 0 },
        { "personal-conversationUpdate-membersAdded", 200, "", 0 },
        { "personal-feedback-submitAction", 501, "", 0 },
        { "personal-installationUpdate-add", 200, "", 1 },
        { "personal-me-fetchTask", 501, "", 0 },
        { "personal-me-submitAction", 200, "\"task\"", 0 },
        { "personal-message", 200, "", 1 },
        { "personal-message-multiline", 200, "", 1 },
        { "personal-mock-add-application", 200, "", 0 },
        { "personal-mock-add-user", 200, "", 0 },
        { "personal-mock-install-application", 200, "", 1 },
        { "personal-mock-remove-application", 200, "", 0 },
        { "personal-mock-remove-user", 200, "", 0 },
        { "personal-mock-uninstall-application", 200, "", 0 },
        { "personal-suggested-imBack", 200, "", 1 },
    };

    [Fact]
    public async Task Each_is_answered_as_it_should_be_and_a_repetition_changes_nothing()
    {
        await using var host = await StartAsync();
        foreach (var row in Files())
        {
            await AnsweredAsync(host, (string)row[0], (int)row[1], (string)row[2], (int)row[3]);
        }
    }

    [Fact]
    public void Every_file_is_in_the_table() => Assert.Equal(
        Files().Select(row => (string)row[0]),
        Directory.EnumerateFiles(Folder, "*.json").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));

    [Fact]
    public async Task Ids_are_kept_as_they_are_and_no_thread_becomes_a_conversation()
    {
        await using var host = await StartAsync();
        foreach (var file in new[] { "channel-message-mention", "group-message-mention", "personal-message" })
        {
            using var response = await host.PostAsync(Read(host, file));
        }

        Assert.Equal([Tenant], await host.Folder.QueryAsync(db => db.Workspaces.Where(w => w.Platform == "teams").Select(w => w.ExternalId).ToListAsync()));
        Assert.Equal(
            ["19:group@thread.v2", "19:news@thread.tacv2", "a:1-alex"],
            await host.Folder.QueryAsync(db => db.Conversations.Where(c => EF.Functions.Like(c.ExternalId, "%:%")).Select(c => c.ExternalId).OrderBy(id => id).ToListAsync()));
        Assert.Equal(["29:alex"], await host.Folder.QueryAsync(db => db.People.Where(p => p.ExternalId.StartsWith("29:")).Select(p => p.ExternalId).ToListAsync()));
        Assert.Equal(Roles.None, await host.Folder.QueryAsync(db => db.People.Where(p => p.ExternalId == "29:alex").Select(p => p.Roles).SingleAsync()));
    }

    private static async Task AnsweredAsync(TeamsHost host, string file, int status, string body, int messages)
    {
        var activity = Read(host, file);
        var before = host.Connector.Messages.Count;
        for (var delivery = 1; delivery <= 2; delivery++)
        {
            using var response = await host.PostAsync(activity);
            Assert.True(status == (int)response.StatusCode, $"{file}: {(int)response.StatusCode}");
            var said = await response.Content.ReadAsStringAsync();
            Assert.True(said.Contains(body, StringComparison.Ordinal) && (body.Length > 0 || said.Length == 0), $"{file}: {said}");
            Assert.True(messages == host.Connector.Messages.Count - before, $"{file}: {host.Connector.Messages.Count - before} messages");
        }
    }

    private static async Task<TeamsHost> StartAsync()
    {
        var host = await TeamsHost.StartAsync(settings: [("Teams:AllowedTenants:0", Tenant)]);
        host.Connector.AddChannel("19:general@thread.tacv2", "29:alex");
        host.Connector.AddChannel("19:news@thread.tacv2", "29:alex").Name = "News";
        host.Connector.AddGroup("19:group@thread.v2", "29:alex");
        host.Connector.AddPersonal("29:alex");
        return host;
    }

    private static string Read(TeamsHost host, string file)
    {
        var text = File.ReadAllText(Path.Combine(Folder, file + ".json"))
            .Replace("{serviceUrl}", host.Connector.ServiceUrl, StringComparison.Ordinal)
            .Replace("{bot}", $"28:{FakeLogin.AppId}", StringComparison.Ordinal)
            .Replace("{tenant}", Tenant, StringComparison.Ordinal);
        return JsonNode.Parse(text)!.ToJsonString();
    }
}
