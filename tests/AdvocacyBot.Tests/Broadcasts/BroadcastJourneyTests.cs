using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Sharing;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Tests.Broadcasts;

/// <summary>A campaign to people by direct message, from composing to taking it back. There are twelve people: e1 to e6, h1 to h3, carmen, dana and olivia.</summary>
[BothDatabases]
public sealed class BroadcastJourneyTests
{
    [Fact]
    public async Task Everybody_gets_one_direct_message_in_their_own_language()
    {
        await using var bot = await TestBot.StartAsync();

        var said = await bot.BroadcastAsync("For all");

        Assert.Contains("12 people by direct message", said, StringComparison.Ordinal);
        Assert.Equal(12, bot.Prompts().Count);
        Assert.Equal(12, bot.Prompts().Select(sent => sent.Message.Recipient!.Id).Distinct().Count());
        Assert.Equal("he", bot.Prompts("h1").Single().Message.Card.Lang);
        Assert.Equal("en", bot.Prompts("e1").Single().Message.Card.Lang);
        Assert.Equal(CampaignState.Running, await bot.QueryAsync(db => db.Campaigns.Select(c => c.State).SingleAsync()));
        await bot.SendOutboxAsync();
        Assert.Equal(12, bot.Prompts().Count);
    }

    [Fact]
    public async Task The_preview_says_how_many_and_who_is_left_out_and_small_groups_are_not_told_apart()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.PreferAsync("e1", p => p.LeftAt = TestData.Now);
        await bot.PreferAsync("e2", p => p.PromptsPerWeek = 0);
        await bot.PreferAsync("e3", p => p.PausedUntil = "2026-12-24");
        await bot.PreferAsync("e4", p => (p.QuietFrom, p.QuietTo) = (9 * 60, 11 * 60));
        var hebrew = await bot.QueryAsync(db => db.Conversations.Where(c => c.ExternalId == TestBot.Hebrew).Select(c => c.Id).SingleAsync());
        await bot.QueryAsync(db => db.Memberships.Where(m => m.ConversationId == hebrew && db.People.Any(p => p.Id == m.PersonId && !EF.Functions.Like(p.ExternalId, "h%")))
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.LeftAt, TestData.Now)));
        await bot.QueryAsync(db => db.People.Where(p => p.ExternalId == "e5").ExecuteUpdateAsync(set => set.SetProperty(p => p.Reachable, false)));

        var preview = CardReader.Text((await bot.ComposeForAsync("carmen", "Counted", $"{hebrew}", ("people", "direct"))).Card);

        Assert.Contains("Will get a direct message: 5", preview, StringComparison.Ordinal);
        Assert.Contains("Will be posted in: one channel", preview, StringComparison.Ordinal);
        Assert.Contains("fewer than 5: by their own settings", preview, StringComparison.Ordinal);
        Assert.Contains("fewer than 5: see it in a channel anyway", preview, StringComparison.Ordinal);
        Assert.Contains("fewer than 5: cannot be reached", preview, StringComparison.Ordinal);
        Assert.DoesNotContain("want no prompts", preview, StringComparison.Ordinal);
        Assert.DoesNotContain("left the programme", preview, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Segments_choose_by_what_is_known_of_people()
    {
        await using var bot = await TestBot.StartAsync();
        foreach (var i in Enumerable.Range(1, 6))
        {
            await bot.ProfileAsync($"e{i}", f => (f.Department, f.Location, f.Personas) = ("Sales, West", i < 6 ? "London" : "Paris", i % 2 == 1 ? "|speaker|" : null));
        }

        foreach (var i in Enumerable.Range(1, 3))
        {
            await bot.ProfileAsync($"h{i}", f => (f.Department, f.Location) = ("Research", "London"));
        }

        var content = CardReader.Form(await bot.CommandAsync("carmen", "campaign"));
        var texts = CardReader.Form(await bot.SubmitAsync("carmen", content, "next", ("link", "https://example.com/news"), ("title", "Sales")));
        var schedule = CardReader.Form(await bot.SubmitAsync("carmen", texts, "next", ("text1", "Proud.")));
        var offered = CardReader.Elements(schedule.Card).OfType<Core.Cards.InputChoiceSet>().ToDictionary(set => set.Id!, set => set.Choices.Select(choice => choice.Title).ToList());

        // Research and Paris are under five people, so they are not named; one value alone is no choice.
        Assert.DoesNotContain("department", offered.Keys);
        Assert.DoesNotContain("location", offered.Keys);
        Assert.Contains("people", offered.Keys);
        await bot.SubmitAsync("carmen", schedule, "cancel");

        foreach (var person in new[] { "carmen", "dana", "olivia", "h1", "h2" })
        {
            await bot.ProfileAsync(person, f => f.Department = "Research");
        }

        var preview = await bot.ComposeForAsync("carmen", "To sales", "", ("people", "direct"), ("department", "Sales%2C West"));
        Assert.Contains("Department: Sales, West", CardReader.Text(preview.Card), StringComparison.Ordinal);
        await bot.SubmitAsync("carmen", preview, "publish");
        await bot.SendOutboxAsync();
        Assert.Equal(["e1", "e2", "e3", "e4", "e5", "e6"], bot.Prompts().Select(sent => sent.Message.Recipient!.Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_segment_in_its_channels_is_posted_where_most_members_are_of_it()
    {
        await using var bot = await TestBot.StartAsync();
        var general = await bot.QueryAsync(db => db.Conversations.Where(c => c.ExternalId == TestBot.General).Select(c => c.Id).SingleAsync());
        await bot.QueryAsync(db => db.Memberships.Where(m => m.ConversationId != general && db.People.Any(p => p.Id == m.PersonId && p.Language == "en" && p.ExternalId != "carmen"))
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.LeftAt, TestData.Now)));
        foreach (var person in new[] { "h1", "h2", "h3", "dana", "carmen" })
        {
            await bot.ProfileAsync(person, f => f.Department = "Tel Aviv office");
        }

        foreach (var person in new[] { "e1", "e2", "e3", "e4", "e5" })
        {
            await bot.ProfileAsync(person, f => f.Department = "London office");
        }

        var preview = await bot.ComposeForAsync("carmen", "Where they are", "", ("people", "channels"), ("department", "Tel Aviv office"));
        Assert.Contains("חדשות", CardReader.Text(preview.Card), StringComparison.Ordinal);
        await bot.SubmitAsync("carmen", preview, "publish");
        await bot.SendOutboxAsync();

        Assert.Equal(TestBot.Hebrew, Assert.Single(bot.Sender.Sent).Message.Conversation.Id);
    }

    [Fact]
    public async Task Sharing_declining_undoing_and_reacting_work_from_a_direct_message_as_in_a_channel()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.BroadcastAsync("Shared from a message");
        var (message, id) = bot.Prompts("e1").Single();

        var share = await bot.ShareAsync("e1", message.Card);
        var thanks = CardReader.Card(await bot.PressAsync("e1", share, "share.said", "dm-e1"));
        await bot.PressAsync("e2", bot.Prompts("e2").Single().Message.Card, "share.decline", "dm-e2");
        await bot.DispatchAsync(bot.Reaction("e1", id, "heart", added: true, bot.Clock.GetUtcNow(), "dm-e1"));
        await bot.DispatchAsync(bot.Reaction("e3", id, "heart", added: true, bot.Clock.GetUtcNow(), "dm-e3"));

        var campaign = await bot.CampaignAsync();
        bot.Clock.Advance(TimeSpan.FromSeconds(1));
        var numbers = await bot.ScopedAsync((CampaignQuery query) => query.ReadAsync(campaign, null, bot.Clock.GetUtcNow(), CancellationToken.None));
        Assert.Equal((12, 1, 1, 1), (numbers.CouldSee, numbers.Said, numbers.Sharers, numbers.Reactions));
        await bot.PressAsync("e1", thanks, ShareRoutes.Undo, "dm-e1");
        numbers = await bot.ScopedAsync((CampaignQuery query) => query.ReadAsync(campaign, null, bot.Clock.GetUtcNow(), CancellationToken.None));
        Assert.Equal((12, 0), (numbers.CouldSee, numbers.Said));
        Assert.Contains("Shared from a message", CardReader.Text(await bot.CommandAsync("e4", "content", "dm-e4")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_sees_it_in_a_channel_gets_no_message_and_is_counted_once()
    {
        await using var bot = await TestBot.StartAsync();
        var hebrew = await bot.QueryAsync(db => db.Conversations.Where(c => c.ExternalId == TestBot.Hebrew).Select(c => c.Id).SingleAsync());
        await bot.QueryAsync(db => db.Memberships.Where(m => m.ConversationId == hebrew && db.People.Any(p => p.Id == m.PersonId && EF.Functions.Like(p.ExternalId, "e_")))
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.LeftAt, TestData.Now)));

        await bot.BroadcastAsync("Both ways", $"{hebrew}");

        Assert.Equal(6, bot.Prompts().Count);
        var campaign = await bot.CampaignAsync();
        bot.Clock.Advance(TimeSpan.FromSeconds(1));
        var numbers = await bot.ScopedAsync((CampaignQuery query) => query.ReadAsync(campaign, null, bot.Clock.GetUtcNow(), CancellationToken.None));
        Assert.Equal(12, numbers.CouldSee);
        var tally = await bot.TallyAsync();
        Assert.Equal((13, 7, 6), (tally.Total, tally.Sent, tally.Skipped));
    }

    [Fact]
    public async Task Quiet_hours_put_a_message_off_and_a_weekly_limit_skips_it()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.PreferAsync("e1", p => (p.QuietFrom, p.QuietTo) = (9 * 60, 11 * 60));
        await bot.PreferAsync("e2", p => p.PromptsPerWeek = 1);
        await bot.BroadcastAsync("First");
        Assert.Empty(bot.Prompts("e1"));
        Assert.Single(bot.Prompts("e2"));

        await bot.BroadcastAsync("Second");
        Assert.Single(bot.Prompts("e2"));
        bot.Clock.Advance(TimeSpan.FromHours(1));
        await bot.SendOutboxAsync();

        Assert.Equal(2, bot.Prompts("e1").Count);
        Assert.Single(bot.Prompts("e2"));
    }

    [Fact]
    public async Task What_a_person_wants_is_looked_at_again_when_the_message_goes()
    {
        await using var bot = await TestBot.StartAsync();
        var preview = await bot.ComposeForAsync("carmen", "Too late for e1", "", ("people", "direct"));
        await bot.SubmitAsync("carmen", preview, "publish");
        await bot.PreferAsync("e1", p => p.PromptsPerWeek = 0);
        await bot.PreferAsync("e2", p => p.LeftAt = TestData.Now);

        await bot.SendOutboxAsync();

        Assert.Empty(bot.Prompts("e1"));
        Assert.Empty(bot.Prompts("e2"));
        Assert.Equal(10, bot.Prompts().Count);
        Assert.Equal(12, (await bot.TallyAsync()).Total);
    }

    [Fact]
    public async Task Pausing_holds_what_waits_and_resuming_sends_it_to_each_once()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.PreferAsync("e1", p => (p.QuietFrom, p.QuietTo) = (9 * 60, 11 * 60));
        await bot.BroadcastAsync("Paused");
        var campaign = await bot.CampaignAsync();
        await bot.DispatchAsync(await bot.PressOfAsync("carmen", "campaign.pause", campaign));
        bot.Clock.Advance(TimeSpan.FromHours(2));
        await bot.SendOutboxAsync();

        Assert.Empty(bot.Prompts("e1"));
        Assert.Equal(11, bot.Sender.Updated.Count(sent => CardReader.Text(sent.Message.Card).Contains("paused", StringComparison.OrdinalIgnoreCase) || sent.Message.Card.Lang == "he"));
        await bot.DispatchAsync(await bot.PressOfAsync("carmen", "campaign.resume", campaign));
        await bot.SendOutboxAsync();

        Assert.Single(bot.Prompts("e1"));
        Assert.Equal(12, bot.Prompts().Count);
        var tally = await bot.TallyAsync();
        Assert.Equal((12, 12), (tally.Total, tally.Sent));
    }

    [Fact]
    public async Task An_edit_reaches_every_message_that_was_sent_and_those_that_were_on_their_way()
    {
        await using var bot = await TestBot.StartAsync();
        var preview = await bot.ComposeForAsync("carmen", "Before", "", ("people", "direct"));
        await bot.SubmitAsync("carmen", preview, "publish");
        var campaign = await bot.CampaignAsync();

        bot.Sender.MostAtOnce = 1;
        var edited = false;
        bot.Sender.OnSend = async () =>
        {
            if (edited)
            {
                return;
            }

            // The card that is on its way still says what it said.
            edited = true;
            var content = CardReader.Form(await bot.DispatchAsync(await bot.PressOfAsync("carmen", "campaign.edit", campaign)));
            var texts = CardReader.Form(await bot.SubmitAsync("carmen", content, "next", ("title", "After")));
            var schedule = CardReader.Form(await bot.SubmitAsync("carmen", texts, "next"));
            Assert.Equal("direct", CardReader.Inputs(schedule.Card)["people"]);
            var again = CardReader.Form(await bot.SubmitAsync("carmen", schedule, "next"));
            await bot.SubmitAsync("carmen", again, "publish");
        };
        await bot.SendOutboxAsync();
        await bot.SendOutboxAsync();

        Assert.Equal(12, bot.Prompts().Count);
        foreach (var (message, id) in bot.Prompts())
        {
            var last = bot.Sender.Updated.FindLast(update => update.Id == id).Message ?? message;
            Assert.Contains("After", CardReader.Text(last.Card), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Taking_back_replaces_every_message_and_stops_the_rest()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.PreferAsync("e1", p => (p.QuietFrom, p.QuietTo) = (9 * 60, 11 * 60));
        var general = await bot.QueryAsync(db => db.Conversations.Where(c => c.ExternalId == TestBot.General).Select(c => c.Id).SingleAsync());
        await bot.QueryAsync(db => db.Memberships.Where(m => m.ConversationId == general).ExecuteUpdateAsync(set => set.SetProperty(m => m.LeftAt, TestData.Now)));
        await bot.BroadcastAsync("Confidential", $"{general}");
        var form = CardReader.Form(await bot.DispatchAsync(await bot.PressOfAsync("carmen", "campaign.retract", await bot.CampaignAsync())));

        await bot.SubmitAsync("carmen", form, "retract");
        bot.Clock.Advance(TimeSpan.FromHours(2));
        await bot.SendOutboxAsync();

        Assert.Empty(bot.Prompts("e1"));
        Assert.Equal(12, bot.Sender.Updated.Count);
        Assert.All(bot.Sender.Updated, update => Assert.DoesNotContain("Confidential", CardReader.Text(update.Message.Card), StringComparison.Ordinal));
        Assert.All(bot.Sender.Updated, update => Assert.Empty(CardReader.Actions(update.Message.Card)));
        Assert.Contains(await bot.QueryAsync(db => db.Audit.Select(a => a.Action).ToListAsync()), action => action == "campaign.retracted");
        Assert.IsType<PrivateReply>(await bot.PressAsync("e2", bot.Prompts("e2").Single().Message.Card, "share", "dm-e2"));
    }

    [Fact]
    public async Task A_direct_message_waits_behind_nothing_of_a_note()
    {
        await using var bot = await TestBot.StartAsync();
        var preview = await bot.ComposeForAsync("carmen", "Thousands", "", ("people", "direct"));
        await bot.SubmitAsync("carmen", preview, "publish");

        await bot.SendOutboxAsync();

        // The progress card was written last and goes first.
        Assert.Equal("carmen", bot.Sender.Sent[0].Message.Recipient!.Id);
        Assert.Contains("Sending", CardReader.Text(bot.Sender.Sent[0].Message.Card), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Progress_is_shown_in_one_message_until_it_is_over()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.PreferAsync("e1", p => (p.QuietFrom, p.QuietTo) = (9 * 60, 11 * 60));
        await bot.BroadcastAsync("Followed");
        Assert.Equal(1, await bot.ProgressAsync());
        var shown = bot.Sender.Updated[^1];
        Assert.Contains("Sent: 11", CardReader.Text(shown.Message.Card), StringComparison.Ordinal);
        Assert.Contains("Waiting: 1", CardReader.Text(shown.Message.Card), StringComparison.Ordinal);
        Assert.Equal("carmen", shown.Message.Recipient!.Id);
        Assert.Equal(0, await bot.ProgressAsync());

        bot.Clock.Advance(TimeSpan.FromHours(2));
        await bot.SendOutboxAsync();
        Assert.Equal(1, await bot.ProgressAsync());

        Assert.Equal(shown.Id, bot.Sender.Updated[^1].Id);
        Assert.Contains("Sending is over", CardReader.Text(bot.Sender.Updated[^1].Message.Card), StringComparison.Ordinal);
        Assert.Empty(await bot.QueryAsync(db => db.BroadcastProgress.ToListAsync()));
    }

    [Fact]
    public async Task A_second_person_approves_what_goes_by_direct_message()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.QueryAsync(db => db.Workspaces.ExecuteUpdateAsync(set => set.SetProperty(w => w.FourEyes, "types=;channels=0")));
        await bot.GiveAsync("e1", Roles.Approver);

        await bot.BroadcastAsync("To approve");
        Assert.Empty(bot.Prompts());
        var review = CardReader.Form(await bot.PressAsync("e1", bot.NotesTo("e1")[^1], "approval.review"));
        await bot.SubmitAsync("e1", review, "approve");
        await bot.SendOutboxAsync();

        Assert.Equal(12, bot.Prompts().Count);
    }
}
