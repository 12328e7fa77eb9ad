using System.Net;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Tests.Web.Support;

namespace AdvocacyBot.Tests.Web;

public sealed class MessageTests
{
    [Fact]
    public async Task A_chat_message_is_seen_by_all_members_and_not_told_to_the_bot()
    {
        await using var host = await Caller.HostAsync();
        using var alice = new Caller(host, "alice");
        using var ben = new Caller(host, "ben");

        var answer = await alice.SayAsync("general", "Good morning");

        Assert.Equal("none", (string?)answer["reply"]);
        var message = Assert.Single(await ben.ReadAsync("general"));
        Assert.Equal("Good morning", (string?)message["text"]);
        Assert.Equal("alice", (string?)message["author"]);
        Assert.Equal((string?)message["id"], (string?)answer["posted"]!["id"]);
        Assert.Empty(host.Programme.Seen);
    }

    [Fact]
    public async Task A_repeated_request_makes_one_message()
    {
        await using var host = await Caller.HostAsync();
        using var alice = new Caller(host, "alice");

        var first = await alice.SayAsync("general", "Once", "k1");
        var second = await alice.SayAsync("general", "Once", "k1");

        Assert.Equal((string?)first["posted"]!["id"], (string?)second["posted"]!["id"]);
        Assert.Single(await alice.ReadAsync("general"));
    }

    [Fact]
    public async Task Two_people_may_use_the_same_request_id()
    {
        await using var host = await Caller.HostAsync();
        using var alice = new Caller(host, "alice");
        using var ben = new Caller(host, "ben");

        await alice.SayAsync("general", "Mine", "k1");
        await ben.SayAsync("general", "Mine too", "k1");

        Assert.Equal(2, (await alice.ReadAsync("general")).Count);
    }

    [Fact]
    public async Task A_command_reaches_its_handler_and_nobody_else_sees_it()
    {
        await using var host = await Caller.HostAsync();
        using var alice = new Caller(host, "alice");
        using var ben = new Caller(host, "ben");

        var answer = await alice.SayAsync("general", "/Advocate  CONTENT  two words ", "k1");

        var command = Assert.IsType<CommandInvoked>(Assert.Single(host.Programme.Seen));
        Assert.Equal(("content", "two words", "alice:k1"), (command.Name, command.Arguments, command.DedupKey));
        Assert.Equal("private", (string?)answer["reply"]);
        Assert.True((bool)answer["message"]!["private"]!);
        Assert.Null(answer["posted"]);
        Assert.Empty(await ben.ReadAsync("general"));
        Assert.Single(await alice.ReadAsync("general"));
    }

    [Theory]
    [InlineData("/nonsense")]
    [InlineData("/")]
    [InlineData("/advocatex help")]
    public async Task An_unknown_slash_command_is_answered_privately_and_not_posted(string text)
    {
        await using var host = await Caller.HostAsync();
        using var alice = new Caller(host, "alice");
        using var ben = new Caller(host, "ben");

        var answer = await alice.SayAsync("general", text);

        Assert.Equal("private", (string?)answer["reply"]);
        Assert.Empty(await ben.ReadAsync("general"));
    }

    [Fact]
    public async Task A_mention_is_shown_to_all_and_answered()
    {
        await using var host = await Caller.HostAsync();
        using var alice = new Caller(host, "alice");
        using var ben = new Caller(host, "ben");

        await alice.SayAsync("general", "Hey @advocacybot, how are you?");

        var heard = Assert.IsType<MessageReceived>(Assert.Single(host.Programme.Seen));
        Assert.Equal("Hey how are you?", heard.Text);
        Assert.Single(await ben.ReadAsync("general"));
        Assert.Equal(2, (await alice.ReadAsync("general")).Count);
    }

    [Fact]
    public async Task In_the_personal_chat_the_bot_hears_everything_and_command_names_are_enough()
    {
        await using var host = await Caller.HostAsync();
        using var alice = new Caller(host, "alice");

        await alice.SayAsync("dm-alice", "hello there");
        await alice.SayAsync("dm-alice", "Help me");

        Assert.Collection(
            host.Programme.Seen,
            heard => Assert.Equal(("hello there", ConversationKind.Personal), (Assert.IsType<MessageReceived>(heard).Text, heard.Conversation.Kind)),
            heard => Assert.Equal(("help", "me"), (Assert.IsType<CommandInvoked>(heard).Name, ((CommandInvoked)heard).Arguments)));
        Assert.Equal(4, (await alice.ReadAsync("dm-alice")).Count);
    }

    [Theory]
    [InlineData("dm-ben")]
    [InlineData("hadashot")]
    [InlineData("nowhere")]
    public async Task A_channel_one_is_not_in_is_unknown(string channel)
    {
        await using var host = await Caller.HostAsync();
        using var alice = new Caller(host, "alice");

        var problem = await alice.SendAsync("/web/api/messages", new { channel, text = "x" }, HttpStatusCode.NotFound);
        using var read = await alice.Http.GetAsync($"/web/api/channels/{channel}/messages");

        Assert.Equal("No such channel", (string?)problem["title"]);
        Assert.Equal(HttpStatusCode.NotFound, read.StatusCode);
    }

    [Fact]
    public async Task A_long_message_is_refused_with_its_length_in_the_persons_language()
    {
        await using var host = await Caller.HostAsync();
        using var noa = new Caller(host, "noa");

        await noa.SayAsync("general", new string('א', 4000));
        var problem = await noa.SendAsync("/web/api/messages", new { channel = "general", text = new string('א', 4001) }, HttpStatusCode.BadRequest);

        Assert.Equal("text", (string?)problem["field"]);
        Assert.Contains("4,001", (string?)problem["detail"], StringComparison.Ordinal);
        Assert.Contains("קצרו", (string?)problem["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task History_is_read_in_pages_from_the_newest()
    {
        await using var host = await Caller.HostAsync();
        using var alice = new Caller(host, "alice");
        for (var i = 1; i <= 5; i++)
        {
            await alice.SayAsync("general", $"m{i}");
        }

        var newest = await alice.GetAsync("/web/api/channels/general/messages?limit=2");
        var older = await alice.GetAsync($"/web/api/channels/general/messages?limit=3&before={newest["messages"]![0]!["seq"]}");

        Assert.Equal(["m4", "m5"], newest["messages"]!.AsArray().Select(m => (string)m!["text"]!));
        Assert.True((bool)newest["more"]!);
        Assert.Equal(["m1", "m2", "m3"], older["messages"]!.AsArray().Select(m => (string)m!["text"]!));
        Assert.False((bool)older["more"]!);
    }

    [Fact]
    public async Task A_private_reply_can_be_dismissed_by_its_reader_only()
    {
        await using var host = await Caller.HostAsync();
        using var alice = new Caller(host, "alice");
        using var ben = new Caller(host, "ben");
        var reply = (await alice.SayAsync("general", "/advocate help"))["message"]!;

        using var foreign = await ben.Http.DeleteAsync($"/web/api/messages/{reply["id"]}");
        using var own = await alice.Http.DeleteAsync($"/web/api/messages/{reply["id"]}");
        using var again = await alice.Http.DeleteAsync($"/web/api/messages/{reply["id"]}");

        Assert.Equal(
            (HttpStatusCode.NotFound, HttpStatusCode.NoContent, HttpStatusCode.NotFound), (foreign.StatusCode, own.StatusCode, again.StatusCode));
        Assert.Empty(await alice.ReadAsync("general"));
    }

    [Fact]
    public async Task A_shared_message_cannot_be_dismissed()
    {
        await using var host = await Caller.HostAsync();
        using var alice = new Caller(host, "alice");
        var posted = (await alice.SayAsync("general", "Stays"))["posted"]!;

        using var response = await alice.Http.DeleteAsync($"/web/api/messages/{posted["id"]}");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Single(await alice.ReadAsync("general"));
    }

    [Fact]
    public async Task Completion_offers_what_the_persons_role_may_use()
    {
        await using var host = await Caller.HostAsync();
        using var alice = new Caller(host, "alice");
        using var carmen = new Caller(host, "carmen");

        var employee = await alice.GetAsync("/web/api/commands?prefix=");
        var comms = await carmen.GetAsync("/web/api/commands?prefix=BRO");

        Assert.DoesNotContain("broadcast", employee["commands"]!.AsArray().Select(c => (string)c!["name"]!));
        var command = Assert.Single(comms["commands"]!.AsArray())!;
        Assert.Equal(("broadcast", "<link>"), ((string?)command["name"], (string?)command["usage"]));
    }

    [Fact]
    public async Task Channels_say_how_far_each_has_come_for_the_person()
    {
        await using var host = await Caller.HostAsync();
        using var alice = new Caller(host, "alice");
        using var ben = new Caller(host, "ben");
        await alice.SayAsync("general", "/advocate help");
        await ben.SayAsync("product-news", "Hi");

        var channels = (await ben.GetAsync("/web/api/channels"))["channels"]!.AsArray().ToDictionary(c => (string)c!["id"]!, c => (long)c!["lastSeq"]!);

        Assert.Equal(["general", "product-news", "dm-ben"], channels.Keys);
        Assert.Equal(0, channels["general"]);
        Assert.True(channels["product-news"] > 0);
    }
}
