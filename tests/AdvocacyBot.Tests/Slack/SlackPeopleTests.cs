using System.Text.Json.Nodes;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Tests.Slack.Support;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Tests.Slack;

/// <summary>Who is counted, and what is known of them.</summary>
public sealed class SlackPeopleTests
{
    [Fact]
    public async Task A_channels_members_are_read_page_by_page_without_guests_and_bots()
    {
        await using var world = await SlackWorld.StartAsync();

        await world.InviteAsync(world.Person("U0CARMEN"), FakeSlack.General, Language.English);

        Assert.Equal(5, await world.MembersAsync(FakeSlack.General));
        Assert.Equal(3, world.Slack.Calls.Count(call => call == "conversations.members"));
        var alice = await world.Folder.QueryAsync(db => db.People.SingleAsync(p => p.ExternalId == "U0ALICE"));
        Assert.Equal(("Alice Bennett", "Europe/London"), (alice.Name, alice.TimeZone));
        Assert.Equal("general", await world.Folder.QueryAsync(db => db.Conversations.Where(c => c.ExternalId == FakeSlack.General).Select(c => c.Name).SingleAsync()));
        world.Slack.AssertNoFaults();
    }

    [Fact]
    public async Task Who_comes_is_counted_and_who_leaves_or_is_deactivated_is_not()
    {
        await using var world = await SlackWorld.StartAsync();
        var carmen = world.Person("U0CARMEN");
        await world.InviteAsync(carmen, FakeSlack.General, Language.English);

        await carmen.EventAsync(world.Joined("U0NOA", FakeSlack.General));
        Assert.Equal(6, await world.MembersAsync(FakeSlack.General));
        await carmen.EventAsync(world.Joined("U0GUEST", FakeSlack.General));
        Assert.Equal(6, await world.MembersAsync(FakeSlack.General));
        await carmen.EventAsync(world.Joined("U0BEN", FakeSlack.General, joined: false));
        Assert.Equal(5, await world.MembersAsync(FakeSlack.General));
        world.Slack.Users["U0ALICE"].Deleted = true;
        await carmen.EventAsync(new JsonObject { ["type"] = "user_change", ["user"] = FakeSlack.UserObject(world.Slack.Users["U0ALICE"]), ["event_ts"] = world.Slack.Timestamp() });

        Assert.Equal(4, await world.MembersAsync(FakeSlack.General));
        Assert.False(await world.Folder.QueryAsync(db => db.People.Where(p => p.ExternalId == "U0ALICE").Select(p => p.Reachable).SingleAsync()));
    }

    [Fact]
    public async Task Slack_is_asked_about_a_person_once_a_day()
    {
        await using var world = await SlackWorld.StartAsync();
        var alice = world.Person("U0ALICE");

        await alice.CommandAsync("help");
        await alice.CommandAsync("me");
        await alice.CommandAsync("help");

        Assert.Equal(1, world.Slack.Calls.Count(call => call == "users.info"));
        await world.RestartAsync();
        await world.Person("U0ALICE").CommandAsync("help");
        Assert.Equal(1, world.Slack.Calls.Count(call => call == "users.info"));
    }

    [Fact]
    public async Task A_channel_that_the_bot_leaves_or_that_is_archived_gets_nothing_more()
    {
        await using var world = await SlackWorld.StartAsync();
        var carmen = world.Person("U0CARMEN");
        await world.InviteAsync(carmen, FakeSlack.General, Language.English);

        await carmen.EventAsync(new JsonObject { ["type"] = "channel_rename", ["channel"] = new JsonObject { ["id"] = FakeSlack.General, ["name"] = "everybody" }, ["event_ts"] = world.Slack.Timestamp() });
        Assert.Equal("everybody", await world.Folder.QueryAsync(db => db.Conversations.Where(c => c.ExternalId == FakeSlack.General).Select(c => c.Name).SingleAsync()));
        await carmen.EventAsync(new JsonObject { ["type"] = "channel_archive", ["channel"] = FakeSlack.General, ["user"] = "U0CARMEN", ["event_ts"] = world.Slack.Timestamp() });

        Assert.NotNull(await world.Folder.QueryAsync(db => db.Conversations.Where(c => c.ExternalId == FakeSlack.General).Select(c => c.RemovedAt).SingleAsync()));
    }

    /// <summary>The events of the manifest that end a channel, and those that bring it back.</summary>
    [Fact]
    public async Task However_a_channel_ends_it_gets_nothing_more_until_it_is_back()
    {
        await using var world = await SlackWorld.StartAsync();
        var carmen = world.Person("U0CARMEN");
        await world.InviteAsync(carmen, FakeSlack.General, Language.English);
        string[] ends = ["channel_left", "group_left", "channel_deleted", "group_deleted", "channel_archive", "group_archive"];
        foreach (var (end, i) in ends.Select((end, i) => (end, i)))
        {
            await carmen.EventAsync(new JsonObject { ["type"] = end, ["channel"] = FakeSlack.General, ["user"] = "U0CARMEN", ["event_ts"] = world.Slack.Timestamp() });
            Assert.NotNull(await RemovedAtAsync(world));
            await carmen.EventAsync(new JsonObject { ["type"] = i % 2 == 0 ? "channel_unarchive" : "group_unarchive", ["channel"] = FakeSlack.General, ["user"] = "U0CARMEN", ["event_ts"] = world.Slack.Timestamp() });
            Assert.Null(await RemovedAtAsync(world));
        }

        await carmen.EventAsync(new JsonObject { ["type"] = "group_rename", ["channel"] = new JsonObject { ["id"] = FakeSlack.General, ["name"] = "us" }, ["event_ts"] = world.Slack.Timestamp() });
        Assert.Equal("us", await world.QueryAsync(db => db.Conversations.Where(c => c.ExternalId == FakeSlack.General).Select(c => c.Name).SingleAsync()));
        Assert.Single(world.Slack.With(s => s.Messages.Where(m => m.Channel == FakeSlack.General && m.OnlyFor is null).ToList()));
        world.Slack.AssertNoFaults();
    }

    [Fact]
    public async Task Who_is_new_in_the_workspace_is_known_when_they_first_do_something()
    {
        await using var world = await SlackWorld.StartAsync();
        var newcomer = new FakeUser("U0NEW", "חדשה לגמרי", "he-IL", "Asia/Jerusalem");
        world.Slack.Users[newcomer.Id] = newcomer;
        var asked = world.Slack.With(s => s.Calls.Count(call => call == "users.info"));
        await world.Person(newcomer.Id).EventAsync(new JsonObject { ["type"] = "team_join", ["user"] = FakeSlack.UserObject(newcomer), ["event_ts"] = world.Slack.Timestamp() });

        var help = await world.Person(newcomer.Id).CommandAsync("help");

        Assert.Contains(Texts.In(Language.Hebrew)["Commands.me"], SlackReader.Text(help!), StringComparison.Ordinal);
        Assert.Equal(asked, world.Slack.With(s => s.Calls.Count(call => call == "users.info")));
    }

    private static Task<DateTimeOffset?> RemovedAtAsync(SlackWorld world) => world.QueryAsync(db => db.Conversations.Where(c => c.ExternalId == FakeSlack.General).Select(c => c.RemovedAt).SingleAsync());
}
