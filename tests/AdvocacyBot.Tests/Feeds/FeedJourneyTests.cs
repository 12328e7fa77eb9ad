using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Feeds;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Tests.Feeds;

/// <summary>From a feed's address to suggestions in the queue.</summary>
[BothDatabases]
public sealed class FeedJourneyTests
{
    private const string Address = "https://news.example.com/feed";

    [Fact]
    public async Task The_first_look_brings_the_newest_few_and_passes_over_the_rest()
    {
        await using var bot = await TestBot.StartAsync();
        bot.Feeds.Known[Address] = Rss([.. Enumerable.Range(1, 9)]);

        var added = CardReader.Text(await bot.CommandAsync("carmen", $"feeds {Address}"));

        Assert.Contains("“News” was added; 3 new items are in the queue.", added, StringComparison.Ordinal);
        Assert.Contains("6 older items were passed over", added, StringComparison.Ordinal);
        Assert.Equal(["Item 7", "Item 8", "Item 9"], await TitlesAsync(bot));
        var queue = CardReader.Card(await bot.CommandAsync("carmen", "approve"));
        Assert.Contains("From the feed “News”", CardReader.Text(queue), StringComparison.Ordinal);
        Assert.DoesNotContain(CardReader.Actions(queue).OfType<Core.Cards.ExecuteAction>(), button => button.Verb == "suggestion.ask");
    }

    [Fact]
    public async Task Later_looks_bring_what_is_new_once_and_ask_only_for_changes()
    {
        await using var bot = await TestBot.StartAsync();
        bot.Feeds.Known[Address] = Rss([1, 2]);
        await bot.CommandAsync("carmen", $"feeds {Address}");
        Assert.Equal(0, await PollAsync(bot));

        bot.Feeds.Known[Address] = Rss([1, 2, 3]);
        bot.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, await PollAsync(bot));
        Assert.Equal(0, await PollAsync(bot));
        bot.Clock.Advance(TimeSpan.FromHours(1));
        bot.Feeds.Else[Address] = new FeedLook.NotModified();
        Assert.Equal(1, await PollAsync(bot));

        Assert.Equal(["Item 1", "Item 2", "Item 3"], await TitlesAsync(bot));
        Assert.All(bot.Feeds.Asked.Skip(1), asked => Assert.NotNull(asked.Known?.ETag));
    }

    [Fact]
    public async Task Links_that_are_suggested_decided_or_campaigns_do_not_come_again()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.SuggestAsync("e1", "https://news.example.com/1?utm_source=mail");
        await bot.SuggestAsync("e2", "https://news.example.com/2");
        await bot.PublishAsync("Running");
        await DeclineAsync(bot, "https://news.example.com/2");
        bot.Feeds.Known[Address] = Rss([1, 2]).Replace("</channel>", "<item><title>The campaign</title><link>http://www.example.com/news/</link></item></channel>", StringComparison.Ordinal);

        var added = CardReader.Text(await bot.CommandAsync("carmen", $"feeds {Address}"));

        Assert.Contains("one new item", added, StringComparison.Ordinal);
        var open = await bot.QueryAsync(db => db.Suggestions.SingleAsync(s => s.State == SuggestionState.Waiting));
        Assert.NotNull(open.FeedId);
        Assert.Contains("From the feed “News”", CardReader.Text(await bot.CommandAsync("carmen", "approve")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_colleague_who_suggests_what_a_feed_brought_joins_it_and_can_leave_without_taking_it_along()
    {
        await using var bot = await TestBot.StartAsync();
        bot.Feeds.Known[Address] = Rss([1]);
        await bot.CommandAsync("carmen", $"feeds {Address}");

        var card = await bot.SuggestAsync("e1", "https://www.news.example.com/1#top", byName: true);
        Assert.Contains("Employee 1", CardReader.Text(await bot.CommandAsync("carmen", "approve")), StringComparison.Ordinal);
        await bot.PressAsync("e1", card, "suggestion.withdraw");

        Assert.Equal(SuggestionState.Waiting, await bot.QueryAsync(db => db.Suggestions.Select(s => s.State).SingleAsync()));
    }

    [Fact]
    public async Task What_a_feed_brought_becomes_a_campaign_without_anybody_to_credit()
    {
        await using var bot = await TestBot.StartAsync();
        bot.Feeds.Known[Address] = Rss([1]);
        await bot.CommandAsync("carmen", $"feeds {Address}");
        var content = CardReader.Form(await bot.PressAsync("carmen", CardReader.Card(await bot.CommandAsync("carmen", "approve")), "suggestion.approve"));

        var preview = await bot.FinishComposingAsync("carmen", content, "From the feed", link: "https://news.example.com/1");
        await bot.SubmitAsync("carmen", preview, "publish");
        await bot.SendOutboxAsync();

        Assert.Equal(SuggestionState.Approved, await bot.QueryAsync(db => db.Suggestions.Select(s => s.State).SingleAsync()));
        Assert.DoesNotContain("Suggested", CardReader.Text(bot.Sender.Sent.Last(sent => sent.Message.Recipient is null).Message.Card), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_feed_that_fails_is_asked_less_often_and_shown_with_its_reason()
    {
        await using var bot = await TestBot.StartAsync();
        bot.Feeds.Known[Address] = Rss([1]);
        await bot.CommandAsync("carmen", $"feeds {Address}");
        bot.Feeds.Else[Address] = new FeedLook.NotRead(FeedFailure.HttpError, "503", TimeSpan.FromHours(5));

        var waits = new List<double>();
        for (var i = 0; i < 6; i++)
        {
            bot.Clock.Advance(await bot.QueryAsync(db => db.Feeds.Select(f => f.NextAt).SingleAsync()) - bot.Clock.GetUtcNow());
            await PollAsync(bot);
            waits.Add((await bot.QueryAsync(db => db.Feeds.Select(f => f.NextAt).SingleAsync()) - bot.Clock.GetUtcNow()).TotalHours);
        }

        Assert.Equal([5, 5, 8, 16, 24, 24], waits);
        Assert.Contains("The site answered with an error; check the address. (503)", CardReader.Text(await bot.CommandAsync("carmen", "feeds")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_feed_that_is_gone_for_good_is_not_asked_any_more()
    {
        await using var bot = await TestBot.StartAsync();
        bot.Feeds.Known[Address] = Rss([1]);
        await bot.CommandAsync("carmen", $"feeds {Address}");
        bot.Feeds.Else[Address] = new FeedLook.NotRead(FeedFailure.Gone, "410");
        bot.Clock.Advance(TimeSpan.FromHours(1));
        await PollAsync(bot);
        bot.Clock.Advance(TimeSpan.FromDays(30));

        Assert.Equal(0, await PollAsync(bot));
        Assert.Contains("gone for good", CardReader.Text(await bot.CommandAsync("carmen", "feeds")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Feeds_are_paused_resumed_looked_at_and_removed()
    {
        await using var bot = await TestBot.StartAsync();
        bot.Feeds.Known[Address] = Rss([1]);
        var list = CardReader.Card(await bot.CommandAsync("dana", $"feeds add {Address}", TestBot.Hebrew));
        Assert.Equal("he", list.Lang);

        list = CardReader.Card(await bot.PressAsync("dana", list, FeedRoutes.Pause, TestBot.Hebrew));
        bot.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(0, await PollAsync(bot));
        list = CardReader.Card(await bot.PressAsync("dana", list, FeedRoutes.Resume, TestBot.Hebrew));
        Assert.Equal(1, await PollAsync(bot));
        list = CardReader.Card(await bot.PressAsync("dana", list, FeedRoutes.Look, TestBot.Hebrew));
        Assert.Equal(1, await PollAsync(bot));
        list = CardReader.Card(await bot.PressAsync("dana", list, FeedRoutes.Remove, TestBot.Hebrew));

        Assert.DoesNotContain(CardReader.Actions(list).OfType<Core.Cards.ExecuteAction>(), button => button.Verb == FeedRoutes.Remove);
        Assert.Equal(0, await bot.QueryAsync(db => db.FeedItems.CountAsync()));
        Assert.Single(await TitlesAsync(bot));
        Assert.Equal(["feed.added", "feed.changed", "feed.changed", "feed.removed"], (await bot.QueryAsync(db => db.Audit.OrderBy(a => a.Id).Select(a => a.Action).ToListAsync())).Where(a => a.StartsWith("feed.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_form_says_at_its_field_what_is_wrong_and_finds_the_feed_of_a_page()
    {
        await using var bot = await TestBot.StartAsync();
        bot.Feeds.Known["https://site.example.com/"] = $"""<html><link rel="alternate" type="application/rss+xml" href="{Address}"></html>""";
        bot.Feeds.Known[Address] = Rss([1]);
        var form = CardReader.Form(await bot.PressAsync("carmen", CardReader.Card(await bot.CommandAsync("carmen", "feeds")), FeedRoutes.Add));

        Assert.Contains("no web address", CardReader.Errors(await bot.SubmitAsync("carmen", form, "add", (FeedProbe.Field, "nonsense")))[FeedProbe.Field], StringComparison.Ordinal);
        Assert.Contains("(404)", CardReader.Errors(await bot.SubmitAsync("carmen", form, "add", (FeedProbe.Field, "https://site.example.com/none")))[FeedProbe.Field], StringComparison.Ordinal);
        Assert.Contains("was added", CardReader.Text(await bot.SubmitAsync("carmen", form, "add", (FeedProbe.Field, "site.example.com"))), StringComparison.Ordinal);
        Assert.Contains("among the feeds already", CardReader.Text(await bot.CommandAsync("carmen", $"feeds {Address}")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_looks_after_the_queue_hears_of_new_items_once_a_day()
    {
        await using var bot = await TestBot.StartAsync();
        bot.Feeds.Known[Address] = Rss([1]);
        await bot.CommandAsync("olivia", $"feeds {Address}");
        bot.Feeds.Known[Address] = Rss([1, 2]);
        bot.Clock.Advance(TimeSpan.FromHours(1));
        await PollAsync(bot);
        await bot.SendOutboxAsync();

        Assert.Single(bot.NotesTo("carmen"));
        Assert.Contains("2 suggestions", CardReader.Text(bot.NotesTo("carmen")[0]), StringComparison.Ordinal);
    }

    internal static string Rss(int[] items) =>
        $"<rss version='2.0'><channel><title>News</title><link>https://news.example.com/</link>{string.Concat(items.Reverse().Select(i => $"<item><title>Item {i}</title><link>https://news.example.com/{i}</link><pubDate>Mon, 2 Nov 2026 {i:00}:00:00 GMT</pubDate></item>"))}</channel></rss>";

    private static Task<int> PollAsync(TestBot bot) => bot.Services.GetRequiredService<PollFeeds>().RunAsync(CancellationToken.None);

    private static Task<List<string>> TitlesAsync(TestBot bot) => bot.QueryAsync(db => db.Suggestions.OrderBy(s => s.Id).Select(s => s.Title).ToListAsync());

    private static async Task DeclineAsync(TestBot bot, string link)
    {
        var id = await bot.QueryAsync(db => db.Suggestions.Where(s => s.Link == link).Select(s => s.Id).SingleAsync());
        var form = CardReader.Form(await bot.DispatchAsync(await bot.PressOfAsync("carmen", "suggestion.decline", id)));
        Assert.IsNotType<FormErrorsReply>(await bot.SubmitAsync("carmen", form, "decline", ("words", "Not now")));
    }
}
