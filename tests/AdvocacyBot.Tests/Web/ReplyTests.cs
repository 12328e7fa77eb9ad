using System.Net;
using System.Text.Json.Nodes;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Tests.Web.Support;

namespace AdvocacyBot.Tests.Web;

public sealed class ReplyTests
{
    [Fact]
    public async Task A_button_on_a_private_card_replaces_it_in_its_place()
    {
        await using var host = await Caller.HostAsync();
        using var alice = new Caller(host, "alice");
        var card = (await alice.SayAsync("general", "/advocate content"))["message"]!;
        await alice.SayAsync("general", "Later");

        var answer = await alice.PressAsync(card, id: "p1");

        Assert.Equal("replaced", (string?)answer["reply"]);
        Assert.Equal((string?)card["id"], (string?)answer["message"]!["id"]);
        Assert.True((long)answer["message"]!["change"]! > (long)card["change"]!);
        var messages = await alice.ReadAsync("general");
        Assert.Equal(2, messages.Count);
        Assert.Contains("**1**", messages[0]["card"]!.ToJsonString(), StringComparison.Ordinal);
        var press = host.Programme.Seen.OfType<ActionPressed>().Single();
        Assert.Equal(("alice:p1", (string?)card["id"]), (press.DedupKey, press.Message?.MessageId));
    }

    [Fact]
    public async Task A_button_on_a_shared_card_changes_it_for_the_one_who_pressed_only()
    {
        await using var host = await Caller.HostAsync();
        using var carmen = new Caller(host, "carmen");
        using var alice = new Caller(host, "alice");
        using var ben = new Caller(host, "ben");
        var shared = (await carmen.SayAsync("general", "/advocate broadcast https://example.com"))["message"]!;

        var answer = await alice.PressAsync(shared);
        await alice.PressAsync(answer["message"]!);

        Assert.True((bool)answer["message"]!["overlay"]!);
        Assert.False((bool)answer["message"]!["private"]!);
        var seenByAlice = Assert.Single(await alice.ReadAsync("general"));
        var seenByBen = Assert.Single(await ben.ReadAsync("general"));
        Assert.Contains("**2**", seenByAlice["card"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("**0**", seenByBen["card"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(((string?)seenByBen["id"], (long)seenByBen["seq"]!), ((string?)seenByAlice["id"], (long)seenByAlice["seq"]!));
    }

    [Fact]
    public async Task A_public_reply_is_for_everybody()
    {
        await using var host = await Caller.HostAsync();
        using var alice = new Caller(host, "alice");
        using var ben = new Caller(host, "ben");
        var help = (await alice.SayAsync("general", "/advocate help"))["message"]!;

        var answer = await alice.PressAsync(help);

        Assert.Equal("public", (string?)answer["reply"]);
        Assert.Equal("For everybody", (string?)Assert.Single(await ben.ReadAsync("general"))["card"]!["body"]![0]!["text"]);
    }

    [Fact]
    public async Task A_form_shows_its_errors_then_replaces_the_private_card_it_was_opened_from()
    {
        await using var host = await Caller.HostAsync();
        using var alice = new Caller(host, "alice");
        var card = (await alice.SayAsync("general", "/advocate content"))["message"]!;
        var form = (await alice.PressAsync(card, button: 1))["form"]!;

        var wrong = await SubmitAsync(alice, form, "send", new { title = "x", link = 3, networks = "linkedin,x" }, "f1");
        var right = await SubmitAsync(alice, form, "send", new { title = "A story", link = "https://example.com" }, "f1");

        Assert.Equal("errors", (string?)wrong["reply"]);
        Assert.Equal(["link", "title"], wrong["errors"]!.AsObject().Select(e => e.Key).Order());
        Assert.Equal("replaced", (string?)right["reply"]);
        Assert.Equal((string?)card["id"], (string?)right["message"]!["id"]);
        Assert.Contains("Thanks for", Assert.Single(await alice.ReadAsync("general"))["card"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_opened_from_a_shared_card_answers_in_a_new_private_message()
    {
        await using var host = await Caller.HostAsync();
        using var carmen = new Caller(host, "carmen");
        using var alice = new Caller(host, "alice");
        var shared = (await carmen.SayAsync("general", "/advocate broadcast https://example.com"))["message"]!;
        var form = (await alice.PressAsync(shared, button: 1))["form"]!;

        var answer = await SubmitAsync(alice, form, "send", new { title = "A story", link = "https://example.com" }, "f1");

        Assert.Equal("private", (string?)answer["reply"]);
        Assert.Equal(2, (await alice.ReadAsync("general")).Count);
        Assert.Single(await carmen.ReadAsync("general"));
    }

    [Fact]
    public async Task Cancelling_a_form_is_told_to_the_bot()
    {
        await using var host = await Caller.HostAsync();
        using var alice = new Caller(host, "alice");
        var form = (await alice.SayAsync("general", "/advocate suggest"))["form"]!;

        var left = await SubmitAsync(alice, form, "cancel", new { }, "f1");
        var late = await SubmitAsync(alice, form, "send", new { title = "A story", link = "https://example.com" }, "f2");

        Assert.Equal("private", (string?)left["reply"]);
        Assert.Contains("answered, left or replaced", late["message"]!["card"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_persons_private_card_is_unknown()
    {
        await using var host = await Caller.HostAsync();
        using var alice = new Caller(host, "alice");
        using var ben = new Caller(host, "ben");
        var card = (await alice.SayAsync("general", "/advocate content"))["message"]!;

        var problem = await ben.SendAsync(
            "/web/api/actions", new { channel = "general", messageId = (string?)card["id"], token = "t" }, HttpStatusCode.NotFound);

        Assert.Equal("No such message", (string?)problem["title"]);
    }

    [Fact]
    public async Task A_reaction_is_shown_to_all_once_and_each_is_told_to_the_bot_when_the_message_is_the_bots()
    {
        await using var host = await Caller.HostAsync();
        using var carmen = new Caller(host, "carmen");
        using var alice = new Caller(host, "alice");
        var shared = (await carmen.SayAsync("general", "/advocate broadcast https://example.com"))["message"]!;
        var words = (await carmen.SayAsync("general", "Look"))["posted"]!;

        await ReactAsync(alice, shared, "👍", added: true);
        await ReactAsync(alice, shared, "👍", added: true);
        await ReactAsync(carmen, shared, "👍", added: true);
        await ReactAsync(alice, words, "🎉", added: true);

        var shown = Assert.Single((await carmen.ReadAsync("general"))[0]["reactions"]!.AsArray())!;
        Assert.Equal("👍", (string?)shown["reaction"]);
        Assert.Equal(["alice", "carmen"], shown["by"]!.AsArray().Select(p => (string)p!));
        Assert.Equal(["alice", "alice", "carmen"], host.Programme.Seen.OfType<ReactionChanged>().Select(r => r.Person.Id));

        await ReactAsync(alice, shared, "👍", added: false);

        Assert.False(host.Programme.Seen.OfType<ReactionChanged>().Last().Added);
        Assert.Equal(["carmen"], (await carmen.ReadAsync("general"))[0]["reactions"]![0]!["by"]!.AsArray().Select(p => (string)p!));
    }

    [Fact]
    public async Task A_private_message_takes_no_reactions()
    {
        await using var host = await Caller.HostAsync();
        using var alice = new Caller(host, "alice");
        var card = (await alice.SayAsync("general", "/advocate content"))["message"]!;

        var problem = await alice.SendAsync(
            "/web/api/reactions",
            new { channel = "general", messageId = (string?)card["id"], reaction = "👍", added = true },
            HttpStatusCode.BadRequest);

        Assert.Equal("No reactions here", (string?)problem["title"]);
    }

    private static Task<JsonNode> ReactAsync(Caller caller, JsonNode message, string reaction, bool added) =>
        caller.PostAsync("/web/api/reactions", new { channel = (string?)message["channel"], messageId = (string?)message["id"], reaction, added });

    private static Task<JsonNode> SubmitAsync(Caller caller, JsonNode form, string action, object inputs, string id) =>
        caller.PostAsync("/web/api/forms", new { channel = "general", token = (string?)form["token"], action, inputs, messageId = (string?)form["messageId"], id });
}
