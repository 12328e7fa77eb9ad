using System.Net;
using AdvocacyBot.Tests.Web.Support;

namespace AdvocacyBot.Tests.Web;

public sealed class HubTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_message_arrives_live_then_its_reactions_then_its_removal()
    {
        await using var host = await Caller.HostAsync(new ManualClock(Start));
        using var alice = new Caller(host, "alice");
        await using var events = await alice.ListenAsync();

        var posted = (await alice.SayAsync("general", "Hello"))["posted"]!;
        var created = await events.NextAsync();
        await alice.PostAsync("/web/api/reactions", new { channel = "general", messageId = (string?)posted["id"], reaction = "👍", added = true });
        var reacted = await events.NextAsync();
        var card = (await alice.SayAsync("general", "/advocate content"))["message"]!;
        var answered = await events.NextAsync();
        await alice.PressAsync(card);
        var replaced = await events.NextAsync();
        using var response = await alice.Http.DeleteAsync($"/web/api/messages/{card["id"]}");
        var removed = await events.NextAsync();

        Assert.Equal(("message", "Hello"), (created.Type, (string?)created.Data["text"]));
        Assert.Equal(("reactions", "👍"), (reacted.Type, (string?)reacted.Data["reactions"]![0]!["reaction"]));
        Assert.Equal(("message", (string?)card["id"]), (answered.Type, (string?)answered.Data["id"]));
        Assert.Contains("**1**", replaced.Data["card"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(("removed", (string?)card["id"]), (removed.Type, (string?)removed.Data["id"]));
    }

    [Fact]
    public async Task Nothing_private_of_another_person_is_ever_sent()
    {
        await using var host = await Caller.HostAsync(new ManualClock(Start));
        using var alice = new Caller(host, "alice");
        using var carmen = new Caller(host, "carmen");
        using var dana = new Caller(host, "dana");
        await using var events = await alice.ListenAsync();

        var shared = (await carmen.SayAsync("general", "/advocate broadcast https://example.com"))["message"]!;
        await carmen.SayAsync("general", "/advocate content");
        await carmen.PressAsync(shared);
        await carmen.SayAsync("dm-carmen", "Between us");
        await dana.SayAsync("hadashot", "לא לכולם");
        await carmen.SayAsync("general", "The end");

        var first = await events.NextAsync();
        var second = await events.NextAsync();
        Assert.Equal((string?)shared["id"], (string?)first.Data["id"]);
        Assert.Contains("**0**", first.Data["card"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("The end", (string?)second.Data["text"]);

        await using var late = await alice.ListenAsync(after: 0);
        Assert.Equal((string?)shared["id"], (string?)(await late.NextAsync()).Data["id"]);
        Assert.Equal("The end", (string?)(await late.NextAsync()).Data["text"]);
    }

    [Fact]
    public async Task A_reader_that_was_cut_off_goes_on_where_it_was()
    {
        await using var host = await Caller.HostAsync(new ManualClock(Start));
        using var alice = new Caller(host, "alice");
        string? lastId;
        await using (var events = await alice.ListenAsync())
        {
            await alice.SayAsync("general", "Seen");
            lastId = (await events.NextAsync()).Id;
        }

        await alice.SayAsync("general", "Missed 1");
        await alice.SayAsync("general", "Missed 2");
        await using var again = await alice.ListenAsync(after: 0, lastEventId: lastId);

        Assert.Equal("Missed 1", (string?)(await again.NextAsync()).Data["text"]);
        Assert.Equal("Missed 2", (string?)(await again.NextAsync()).Data["text"]);
    }

    [Fact]
    public async Task More_changes_than_fit_one_reading_arrive_all_in_order()
    {
        await using var host = await Caller.HostAsync(new ManualClock(Start));
        using var alice = new Caller(host, "alice");
        for (var i = 0; i < 250; i++)
        {
            await alice.SayAsync("general", $"m{i}");
        }

        await using var events = await alice.ListenAsync(after: 0);

        for (var i = 0; i < 250; i++)
        {
            Assert.Equal($"m{i}", (string?)(await events.NextAsync()).Data["text"]);
        }
    }

    [Fact]
    public async Task Another_hosts_message_appears_with_the_next_poll()
    {
        var clock = new ManualClock(Start);
        await using var here = await Caller.HostAsync(clock);
        await using var there = await Caller.HostAsync(new ManualClock(Start), here.DatabaseFile);
        using var alice = new Caller(here, "alice");
        using var ben = new Caller(there, "ben");
        await using var events = await alice.ListenAsync();

        await ben.SayAsync("general", "From elsewhere");
        var arrival = events.NextAsync();
        while (!arrival.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal("From elsewhere", (string?)(await arrival).Data["text"]);
    }

    [Fact]
    public async Task What_the_bot_changes_in_a_shared_card_is_seen_by_those_who_had_pressed_too()
    {
        await using var host = await Caller.HostAsync(new ManualClock(Start));
        using var carmen = new Caller(host, "carmen");
        using var alice = new Caller(host, "alice");
        var shared = (await carmen.SayAsync("general", "/advocate broadcast https://example.com"))["message"]!;
        await alice.PressAsync(shared);
        await using var events = await alice.ListenAsync();

        await host.Sender.UpdateAsync(Outbound.To("general", "Closed"), (string)shared["id"]!, CancellationToken.None);

        var updated = await events.NextAsync();
        Assert.Equal("message", updated.Type);
        Assert.False((bool)updated.Data["overlay"]!);
        Assert.Contains("Closed", updated.Data["card"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/web/hub?person=nobody", HttpStatusCode.Unauthorized)]
    [InlineData("/web/hub", HttpStatusCode.Unauthorized)]
    [InlineData("/web/hub?person=alice&after=x", HttpStatusCode.BadRequest)]
    public async Task A_wrong_request_gets_a_problem_instead_of_a_stream(string path, HttpStatusCode expected)
    {
        await using var host = await Caller.HostAsync(new ManualClock(Start));
        using var alice = new Caller(host, "alice");

        using var response = await alice.Http.GetAsync(path);

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }
}
