using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Tests.Sharing;

[BothDatabases]
public sealed class ShareJourneyTests
{
    [Fact]
    public async Task The_first_share_asks_for_consent_once_and_the_policy_again_when_it_changes()
    {
        await using var bot = await TestBot.StartAsync();
        var prompt = await bot.PublishAsync("News");

        var join = CardReader.Form(await bot.PressAsync("e1", prompt, "share"));
        var refused = CardReader.Errors(await bot.SubmitAsync("e1", join, "join"));
        Assert.Equal(["agree"], refused.Keys);
        Assert.Equal(0, await bot.QueryAsync(db => db.Shares.CountAsync()));
        Assert.IsType<PrivateReply>(await bot.SubmitAsync("e1", join, "join", ("agree", "true")));
        Assert.IsType<PrivateReply>(await bot.PressAsync("e1", prompt, "share"));

        bot.Programme.PolicyVersion = "2";
        var again = CardReader.Form(await bot.PressAsync("e1", prompt, "share"));
        Assert.Contains("changed", CardReader.Text(again.Card), StringComparison.Ordinal);
        await bot.SubmitAsync("e1", again, "join", ("agree", "true"));
        var person = await bot.QueryAsync(db => db.People.SingleAsync(p => p.ExternalId == "e1"));
        Assert.Equal("2", person.PolicyVersion);
        Assert.NotNull(person.ConsentedAt);
    }

    [Fact]
    public async Task No_two_colleagues_get_the_same_text_until_all_were_used()
    {
        await using var bot = await TestBot.StartAsync();
        var prompt = await bot.PublishAsync("News", ["One.", "Two.", "Three."]);

        var texts = new List<string>();
        foreach (var person in new[] { "e1", "e2", "e3", "e4", "e5", "e6" })
        {
            await bot.ShareAsync(person, prompt);
            texts.Add(await bot.QueryAsync(db => db.Shares.OrderByDescending(s => s.Id).Select(s => s.Text).FirstAsync()));
        }

        Assert.Equal(3, texts.Take(3).Distinct().Count());
        Assert.Equal(3, texts.Skip(3).Distinct().Count());
    }

    [Fact]
    public async Task Colleagues_who_press_at_the_same_moment_get_different_texts_and_links()
    {
        await using var bot = await TestBot.StartAsync();
        var prompt = await bot.PublishAsync("News", ["One.", "Two.", "Three.", "Four."]);
        var people = new[] { "e1", "e2", "e3", "e4" };
        var forms = await Task.WhenAll(people.Select(async p => (p, Form: CardReader.Form(await bot.PressAsync(p, prompt, "share")))));

        await Task.WhenAll(forms.Select(f => bot.SubmitAsync(f.p, f.Form, "join", ("agree", "true"))));

        var shares = await bot.QueryAsync(db => db.Shares.ToListAsync());
        Assert.Equal(4, shares.Select(s => s.Text).Distinct().Count());
        Assert.Equal(8, shares.SelectMany(s => new[] { s.Code, s.PrivateCode }).Distinct().Count());
    }

    [Fact]
    public async Task A_person_who_presses_share_many_times_at_once_has_one_share()
    {
        await using var bot = await TestBot.StartAsync();
        var first = await bot.PublishAsync("News");
        await bot.ShareAsync("e1", first);
        var second = await bot.PublishAsync("More news", ["One.", "Two."]);

        var replies = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => bot.PressAsync("e1", second, "share"))));

        Assert.All(replies, reply => Assert.Contains("More news", CardReader.Text(reply), StringComparison.Ordinal));
        Assert.Equal(2, await bot.QueryAsync(db => db.Shares.CountAsync()));
    }

    [Fact]
    public async Task Reactions_of_one_person_that_arrive_at_once_end_as_their_times_say()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.PublishAsync("News");
        var id = bot.Sender.Sent[0].Id;
        var changes = Enumerable.Range(0, 4).Select(i => bot.Reaction("e1", id, "👍", added: i % 2 == 0, bot.Clock.GetUtcNow().AddSeconds(i))).ToList();

        await Task.WhenAll(changes.Select(change => Task.Run(() => bot.DispatchAsync(change))));

        Assert.False((await bot.QueryAsync(db => db.PromptReactions.SingleAsync())).On);
        Assert.Equal(0, await SumAsync(bot, LedgerKind.Reacted));
    }

    [Fact]
    public async Task The_share_card_offers_the_networks_through_private_addresses_and_shows_the_public_link()
    {
        await using var bot = await TestBot.StartAsync();
        var card = await bot.ShareAsync("e1", await bot.PublishAsync("News"));
        var share = await bot.QueryAsync(db => db.Shares.SingleAsync());

        var urls = CardReader.Actions(card).OfType<OpenUrlAction>().Select(a => a.Url).ToList();
        Assert.Contains($"https://go.example.com/go/{share.PrivateCode}/linkedin", urls);
        Assert.Contains($"https://go.example.com/s/{share.PrivateCode}", urls);
        Assert.Contains($"https://go.example.com/l/{share.Code}", CardReader.Text(card), StringComparison.Ordinal);
        Assert.DoesNotContain(share.PrivateCode, CardReader.Text(card), StringComparison.Ordinal);
    }

    [Fact]
    public async Task I_shared_it_counts_once_however_often_it_is_pressed_and_undo_takes_it_back()
    {
        await using var bot = await TestBot.StartAsync();
        var card = await bot.ShareAsync("e1", await bot.PublishAsync("News"));

        var replies = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => bot.PressAsync("e1", card, "share.said")));
        Assert.Single(replies, reply => CardReader.Text(reply).Contains("Thank you for sharing", StringComparison.Ordinal));
        Assert.Equal(1, await SumAsync(bot, LedgerKind.Said));

        var thanks = CardReader.Card(replies[0]);
        var offered = CardReader.Card(await bot.PressAsync("e1", thanks, "share.undo"));
        Assert.Equal(0, await SumAsync(bot, LedgerKind.Said));

        var stale = await bot.PressAsync("e1", card, "share.said");
        Assert.Contains("recorded already", CardReader.Text(stale), StringComparison.Ordinal);
        Assert.Equal(0, await SumAsync(bot, LedgerKind.Said));

        await bot.PressAsync("e1", offered, "share.said");
        Assert.Equal(1, await SumAsync(bot, LedgerKind.Said));
    }

    [Fact]
    public async Task An_undo_carries_the_time_of_what_it_takes_back()
    {
        await using var bot = await TestBot.StartAsync();
        var card = await bot.ShareAsync("e1", await bot.PublishAsync("News"));
        var said = bot.Clock.GetUtcNow();
        var thanks = CardReader.Card(await bot.PressAsync("e1", card, "share.said"));

        bot.Clock.Advance(TimeSpan.FromDays(10));
        await bot.PressAsync("e1", thanks, "share.undo");

        var rows = await bot.QueryAsync(db => db.Ledger.Where(e => e.Kind == LedgerKind.Said).OrderBy(e => e.Id).ToListAsync());
        Assert.Equal([(1, said), (-1, said)], rows.Select(r => (r.Amount, r.At)));
        Assert.Equal(said.AddDays(10), rows[1].RecordedAt);
    }

    [Fact]
    public async Task The_posts_address_is_taken_once_and_a_wrong_one_is_named()
    {
        await using var bot = await TestBot.StartAsync();
        var card = await bot.ShareAsync("e1", await bot.PublishAsync("News"));
        var thanks = CardReader.Card(await bot.PressAsync("e1", card, "share.said"));

        var form = CardReader.Form(await bot.PressAsync("e1", thanks, "share.post"));
        Assert.Equal(["post"], CardReader.Errors(await bot.SubmitAsync("e1", form, "save", ("post", "my post"))).Keys);
        await bot.SubmitAsync("e1", form, "save", ("post", "https://www.linkedin.com/posts/1"));
        var second = CardReader.Form(await bot.PressAsync("e1", thanks, "share.post"));
        var there = await bot.SubmitAsync("e1", second, "save", ("post", "https://www.linkedin.com/posts/2"));

        Assert.Contains("noted for this share already", CardReader.Text(there), StringComparison.Ordinal);
        Assert.Equal("https://www.linkedin.com/posts/1", (await bot.QueryAsync(db => db.Ledger.SingleAsync(e => e.Kind == LedgerKind.Posted))).Detail);
    }

    [Fact]
    public async Task The_text_can_be_changed_and_another_one_asked_for()
    {
        await using var bot = await TestBot.StartAsync();
        var card = await bot.ShareAsync("e1", await bot.PublishAsync("News", ["One.", "Two."]));

        var form = CardReader.Form(await bot.PressAsync("e1", card, "share.edit"));
        var edited = CardReader.Card(await bot.SubmitAsync("e1", form, "save", ("text", "My own *words* [x](y)")));
        Assert.Contains(@"My own \*words\* \[x\](y)", CardReader.Text(edited), StringComparison.Ordinal);

        var another = CardReader.Card(await bot.PressAsync("e1", edited, "share.another"));
        Assert.Contains("Two.", CardReader.Text(another), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Not_for_me_costs_nothing_and_is_counted_once()
    {
        await using var bot = await TestBot.StartAsync();
        var prompt = await bot.PublishAsync("News");

        var reply = Assert.IsType<PrivateReply>(await bot.PressAsync("e1", prompt, "share.decline"));
        await bot.PressAsync("e1", prompt, "share.decline");

        Assert.Contains("Nobody is told", CardReader.Text(reply), StringComparison.Ordinal);
        Assert.Equal(1, await SumAsync(bot, LedgerKind.Declined));
        Assert.Null((await bot.QueryAsync(db => db.People.SingleAsync(p => p.ExternalId == "e1"))).ConsentedAt);
    }

    [Fact]
    public async Task A_button_of_somebody_elses_card_has_no_effect()
    {
        await using var bot = await TestBot.StartAsync();
        var card = await bot.ShareAsync("e1", await bot.PublishAsync("News"));

        var reply = await bot.PressAsync("e2", card, "share.said");

        Assert.Contains("somebody else", CardReader.Text(reply), StringComparison.Ordinal);
        Assert.Equal(0, await SumAsync(bot, LedgerKind.Said));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("bm9uc2Vuc2U.bm9uc2Vuc2U")]
    [InlineData("%%%.%%%")]
    public async Task A_forged_button_has_no_effect(string token)
    {
        await using var bot = await TestBot.StartAsync();
        var prompt = await bot.PublishAsync("News");

        var reply = await bot.DispatchAsync(bot.Press("e1", prompt, "share") with { Token = token });

        Assert.Contains("not made by me", CardReader.Text(reply), StringComparison.Ordinal);
        Assert.Equal(0, await bot.QueryAsync(db => db.Shares.CountAsync()));
    }

    [Fact]
    public async Task An_expired_button_is_explained()
    {
        await using var bot = await TestBot.StartAsync();
        var card = await bot.ShareAsync("e1", await bot.PublishAsync("News"));

        bot.Clock.Advance(TimeSpan.FromDays(31));
        var reply = await bot.PressAsync("e1", card, "share.said");

        Assert.Contains("expired", CardReader.Text(reply), StringComparison.Ordinal);
        Assert.Equal(0, await SumAsync(bot, LedgerKind.Said));
    }

    [Fact]
    public async Task A_paused_or_closed_campaign_cannot_be_taken_up_from_an_old_card()
    {
        await using var bot = await TestBot.StartAsync();
        var prompt = await bot.PublishAsync("News");
        var list = CardReader.Card(await bot.CommandAsync("carmen", "campaigns"));
        await bot.PressAsync("carmen", list, "campaign.pause");

        Assert.Contains("paused", CardReader.Text(await bot.PressAsync("e1", prompt, "share")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reactions_count_while_they_stand_even_when_they_arrive_reversed()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.PublishAsync("News");
        var id = bot.Sender.Sent[0].Id;
        var t = bot.Clock.GetUtcNow();

        await bot.DispatchAsync(bot.Reaction("e1", id, "👍", added: true, t));
        await bot.DispatchAsync(bot.Reaction("e1", id, "👍", added: true, t.AddSeconds(1)));
        await bot.DispatchAsync(bot.Reaction("e2", id, "👍", added: true, t));
        Assert.Equal(2, await SumAsync(bot, LedgerKind.Reacted));

        await bot.DispatchAsync(bot.Reaction("e2", id, "👍", added: false, t.AddSeconds(5)));
        await bot.DispatchAsync(bot.Reaction("e3", id, "🎉", added: false, t.AddSeconds(9)));
        await bot.DispatchAsync(bot.Reaction("e3", id, "🎉", added: true, t.AddSeconds(8)));
        Assert.Equal(1, await SumAsync(bot, LedgerKind.Reacted));

        await bot.DispatchAsync(bot.Reaction("e4", "no-such-message", "👍", added: true, t));
        Assert.Equal(1, await SumAsync(bot, LedgerKind.Reacted));
    }

    [Fact]
    public async Task Content_lists_what_is_open_and_its_buttons_work()
    {
        await using var bot = await TestBot.StartAsync();
        Assert.Contains("nothing to share", CardReader.Text(await bot.CommandAsync("e1", "content")), StringComparison.Ordinal);
        await bot.PublishAsync("News");

        var list = CardReader.Card(await bot.CommandAsync("e1", "content"));

        Assert.IsType<OpenFormReply>(await bot.PressAsync("e1", list, "share"));
    }

    [Fact]
    public async Task Leaving_the_programme_takes_one_press_and_sharing_asks_again()
    {
        await using var bot = await TestBot.StartAsync();
        var prompt = await bot.PublishAsync("News");
        await bot.ShareAsync("e1", prompt, byName: true);

        var me = CardReader.Card(await bot.CommandAsync("e1", "me"));
        await bot.PressAsync("e1", me, "me.leave");

        var person = await bot.QueryAsync(db => db.People.SingleAsync(p => p.ExternalId == "e1"));
        Assert.Null(person.ConsentedAt);
        Assert.False(person.AppearByName);
        Assert.IsType<OpenFormReply>(await bot.PressAsync("e1", prompt, "share"));
    }

    private static Task<int> SumAsync(TestBot bot, LedgerKind kind) =>
        bot.QueryAsync(db => db.Ledger.Where(e => e.Kind == kind).SumAsync(e => e.Amount));
}
