using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.People;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using OutboxRow = AdvocacyBot.Core.Data.Delivery;

namespace AdvocacyBot.Tests.People;

/// <summary>Whether a person may be written to, after what they did in chat.</summary>
[BothDatabases]
public sealed class ContactRulesTests
{
    [Fact]
    public async Task Who_chose_nothing_may_be_written_to_until_the_weekly_limit()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.PublishAsync("News");
        Assert.Equal(ContactReason.Allowed, (await AskAsync(bot, "e1")).Reason);

        await SentAsync(bot, "e1", daysAgo: 6, count: 2);
        await SentAsync(bot, "e1", daysAgo: 1, count: 3);

        var verdict = await AskAsync(bot, "e1");
        Assert.Equal((ContactReason.CapReached, "cap_reached"), (verdict.Reason, verdict.Code));
        Assert.Equal(bot.Clock.GetUtcNow().AddDays(1), verdict.Until);
        Assert.Equal(ContactReason.Allowed, (await AskAsync(bot, "e2")).Reason);
        Assert.Equal(ContactReason.Allowed, (await AskAsync(bot, "e1", Contact.Note)).Reason);
    }

    [Fact]
    public async Task Not_for_me_and_fewer_like_this_hold_for_what_they_were_said_of()
    {
        await using var bot = await TestBot.StartAsync();
        var prompt = await bot.PublishAsync("News");

        var declined = CardReader.Card(await bot.PressAsync("e1", prompt, "share.decline"));
        Assert.Equal(ContactReason.NotForMe, (await AskAsync(bot, "e1")).Reason);
        await bot.PublishAsync("More news");
        Assert.Equal(ContactReason.Allowed, (await AskAsync(bot, "e1")).Reason);

        Assert.Contains("News", CardReader.Text(await bot.PressAsync("e1", declined, "share.fewer")), StringComparison.Ordinal);
        var verdict = await AskAsync(bot, "e1");
        Assert.Equal((ContactReason.FewerLikeThis, bot.Clock.GetUtcNow().AddDays(28)), (verdict.Reason, verdict.Until));
        bot.Clock.Advance(TimeSpan.FromDays(28));
        Assert.Equal(ContactReason.Allowed, (await AskAsync(bot, "e1")).Reason);
        await SentAsync(bot, "e1", daysAgo: 0, count: 1);
        Assert.Equal(ContactReason.FewerLikeThis, (await AskAsync(bot, "e1")).Reason);
    }

    [Fact]
    public async Task What_is_declined_is_not_listed_again_and_what_is_wanted_rarely_comes_last()
    {
        await using var bot = await TestBot.StartAsync();
        var first = await bot.PublishAsync("First");
        await bot.PublishAsync("Second");
        await bot.PressAsync("e1", first, "share.decline");

        var list = CardReader.Text(await bot.CommandAsync("e1", "content"));
        Assert.DoesNotContain("First", list, StringComparison.Ordinal);
        Assert.Contains("Second", list, StringComparison.Ordinal);
        Assert.Contains("First", CardReader.Text(await bot.CommandAsync("e2", "content")), StringComparison.Ordinal);

        await bot.QueryAsync(db => db.Campaigns.Where(c => c.Title == "Second").ExecuteUpdateAsync(set => set.SetProperty(c => c.ContentType, ContentType.Job)));
        var settings = CardReader.Form(await bot.PressAsync("e2", CardReader.Card(await bot.CommandAsync("e2", "me")), "me.settings"));
        await bot.SubmitAsync("e2", settings, "save", ("fewer", "Job"));
        list = CardReader.Text(await bot.CommandAsync("e2", "content"));
        Assert.True(list.IndexOf("First", StringComparison.Ordinal) < list.IndexOf("Second", StringComparison.Ordinal), list);
    }

    [Fact]
    public async Task Leaving_pausing_and_wanting_none_stop_everything_unasked_at_once()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.PublishAsync("News");
        foreach (var person in new[] { "e1", "e2", "e3" })
        {
            var me = CardReader.Card(await bot.CommandAsync(person, "me"));
            switch (person)
            {
                case "e1":
                    await bot.DispatchAsync(await bot.PressOfAsync("e1", "me.leave", 0));
                    break;
                case "e2":
                    await bot.SubmitAsync("e2", CardReader.Form(await bot.PressAsync("e2", me, "me.pause")), "pause", ("until", "2026-12-24"));
                    break;
                default:
                    await bot.SubmitAsync("e3", CardReader.Form(await bot.PressAsync("e3", me, "me.settings")), "save", ("prompts", "0"));
                    break;
            }
        }

        Assert.Equal(new ContactVerdict(ContactReason.Left), await AskAsync(bot, "e1"));
        Assert.Equal(new ContactVerdict(ContactReason.Paused, new DateTimeOffset(2026, 12, 24, 0, 0, 0, TimeSpan.Zero)), await AskAsync(bot, "e2"));
        Assert.Equal(new ContactVerdict(ContactReason.OptedOut), await AskAsync(bot, "e3"));
        Assert.Equal([ContactReason.Left, ContactReason.Paused, ContactReason.Allowed], await Task.WhenAll(new[] { "e1", "e2", "e3" }.Select(async p => (await AskAsync(bot, p, Contact.Note)).Reason)));
        Assert.All(await Task.WhenAll(new[] { "e1", "e2", "e3" }.Select(p => AskAsync(bot, p, Contact.Answer))), verdict => Assert.True(verdict.IsAllowed));
    }

    [Fact]
    public async Task Quiet_hours_are_by_the_persons_own_clock_and_hold_for_answers_too()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.PublishAsync("News");
        await bot.QueryAsync(db => db.People.Where(p => p.ExternalId == "e1").ExecuteUpdateAsync(set => set.SetProperty(p => p.TimeZone, "Asia/Tokyo")));
        foreach (var person in new[] { "e1", "e2" })
        {
            var form = CardReader.Form(await bot.PressAsync(person, CardReader.Card(await bot.CommandAsync(person, "me")), "me.settings"));
            await bot.SubmitAsync(person, form, "save", ("quietFrom", "19:00"), ("quietTo", "08:00"), ("quietDays", "Saturday"));
        }

        // Ten in the morning in London is seven in the evening in Tokyo.
        var eight = new DateTimeOffset(2026, 11, 23, 23, 0, 0, TimeSpan.Zero);
        Assert.Equal(new ContactVerdict(ContactReason.QuietHours, eight), await AskAsync(bot, "e1"));
        Assert.Equal(new ContactVerdict(ContactReason.QuietHours, eight), await AskAsync(bot, "e1", Contact.Answer));
        Assert.True((await AskAsync(bot, "e2")).IsAllowed);
    }

    [Fact]
    public async Task Many_are_judged_together_as_each_alone()
    {
        await using var bot = await TestBot.StartAsync();
        var prompt = await bot.PublishAsync("News");
        await bot.PressAsync("e2", prompt, "share.decline");
        await bot.DispatchAsync(await bot.PressOfAsync("e3", "me.leave", 0));
        await bot.QueryAsync(db => db.People.Where(p => p.ExternalId == "e4").ExecuteUpdateAsync(set => set.SetProperty(p => p.Reachable, false)));
        var ids = await bot.QueryAsync(db => db.People.Select(p => p.Id).ToListAsync());
        var campaign = await bot.QueryAsync(db => db.Campaigns.SingleAsync());

        var all = await bot.ScopedAsync((ContactRules rules) => rules.CheckAsync([.. ids, 999], Contact.Prompt(campaign), bot.Clock.GetUtcNow(), CancellationToken.None));

        Assert.Equal(ids.Count + 1, all.Count);
        Assert.Equal(ContactReason.NotReachable, all[999].Reason);
        foreach (var id in ids)
        {
            Assert.Equal(await bot.ScopedAsync((ContactRules rules) => rules.CheckAsync(id, Contact.Prompt(campaign), bot.Clock.GetUtcNow(), CancellationToken.None)), all[id]);
        }

        Assert.Equal(3, all.Values.Count(verdict => !verdict.IsAllowed) - 1);
    }

    [Fact]
    public async Task A_note_waits_for_the_end_of_quiet_hours_and_counts_no_attempt()
    {
        await using var bot = await TestBot.StartAsync();
        var form = CardReader.Form(await bot.PressAsync("carmen", CardReader.Card(await bot.CommandAsync("carmen", "me")), "me.settings"));
        await bot.SubmitAsync("carmen", form, "save", ("quietFrom", "09:00"), ("quietTo", "11:30"));
        await bot.SuggestAsync("e1", "https://example.com/good");

        await bot.SendOutboxAsync();
        Assert.Empty(bot.NotesTo("carmen"));
        var waiting = await bot.QueryAsync(db => db.Deliveries.SingleAsync(d => d.Kind == DeliveryKind.Note && db.People.Any(p => p.Id == d.PersonId && p.ExternalId == "carmen")));
        Assert.Equal((DeliveryState.Pending, "quiet_hours", 0), (waiting.State, waiting.Reason, waiting.Attempts));
        bot.Clock.Advance(TimeSpan.FromMinutes(90));
        await bot.SendOutboxAsync();

        Assert.Single(bot.NotesTo("carmen"));
    }

    private static async Task<ContactVerdict> AskAsync(TestBot bot, string person, Contact? contact = null)
    {
        var id = await bot.QueryAsync(db => db.People.Where(p => p.ExternalId == person).Select(p => p.Id).SingleAsync());
        var campaign = await bot.QueryAsync(db => db.Campaigns.OrderByDescending(c => c.Id).FirstAsync());
        return await bot.ScopedAsync((ContactRules rules) => rules.CheckAsync(id, contact ?? Contact.Prompt(campaign), bot.Clock.GetUtcNow(), CancellationToken.None));
    }

    /// <summary>Personal prompts that went out.</summary>
    private static Task<int> SentAsync(TestBot bot, string person, int daysAgo, int count) => bot.QueryAsync(async db =>
    {
        var campaign = await db.Campaigns.OrderByDescending(c => c.Id).FirstAsync();
        var channel = await db.Conversations.FirstAsync();
        var id = await db.People.Where(p => p.ExternalId == person).Select(p => p.Id).SingleAsync();
        var at = bot.Clock.GetUtcNow().AddDays(-daysAgo);
        db.Deliveries.AddRange(Enumerable.Range(0, count).Select(_ => new OutboxRow
        {
            PublicId = Guid.NewGuid(), WorkspaceId = campaign.WorkspaceId, ConversationId = channel.Id, Kind = DeliveryKind.Prompt, Key = Guid.NewGuid().ToString(),
            CampaignId = campaign.Id, PersonId = id, State = DeliveryState.Sent, NotBefore = at, CreatedAt = at, UpdatedAt = at,
        }));
        return await db.SaveChangesAsync();
    });
}
