using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Leadership;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Tests.Leadership;

[BothDatabases]
public sealed class KickoffTests
{
    [Fact]
    public async Task Comms_open_the_programme_in_the_channels_they_choose_each_in_its_language()
    {
        await using var bot = await TestBot.StartAsync();
        var channels = await bot.QueryAsync(db => db.Conversations.OrderBy(c => c.Id).Select(c => c.Id).ToListAsync());
        var words = CardReader.Form(await bot.CommandAsync("carmen", "kickoff"));
        Assert.Equal("Ambassadors begins", CardReader.Inputs(words.Card)["title"]);
        var preview = CardReader.Form(await bot.SubmitAsync(
            "carmen", words, "preview", ("channels", string.Join(',', channels)), ("sponsorName", "Sam"), ("sponsorMessage", "I share, too."), ("sponsorImage", "https://example.com/s.png"), ("sponsorImageAlt", "Sam")));
        Assert.Contains("I share, too.", CardReader.Text(preview.Card), StringComparison.Ordinal);
        words = CardReader.Form(await bot.SubmitAsync("carmen", preview, "back"));
        Assert.Equal("Sam", CardReader.Inputs(words.Card)["sponsorName"]);
        preview = CardReader.Form(await bot.SubmitAsync("carmen", words, "preview", ("text", "We *begin*.")));
        Assert.Contains("2 channels", CardReader.Text(await bot.SubmitAsync("carmen", preview, "send")), StringComparison.Ordinal);
        await bot.SendOutboxAsync();
        await bot.SendOutboxAsync();

        Assert.Equal(["en", "he"], bot.Sender.Sent.Select(sent => sent.Message.Card.Lang).Order());
        var english = bot.Sender.Sent.Single(sent => sent.Message.Card.Lang == "en").Message.Card;
        Assert.All(["We \\*begin\\*.", "“I share, too.”", "It is voluntary.", "/advocate help"], said => Assert.Contains(said, CardReader.Text(english), StringComparison.Ordinal));
        Assert.Contains("ההשתתפות מרצון", CardReader.Text(bot.Sender.Sent.Single(sent => sent.Message.Card.Lang == "he").Message.Card), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_buttons_work_for_everybody()
    {
        await using var bot = await TestBot.StartAsync();
        var words = CardReader.Form(await bot.CommandAsync("olivia", "kickoff"));
        var preview = CardReader.Form(await bot.SubmitAsync("olivia", words, "preview"));
        await bot.SubmitAsync("olivia", preview, "send");
        await bot.SendOutboxAsync();
        var card = bot.Sender.Sent[^1].Message.Card;
        await bot.PublishAsync("News");

        Assert.Contains("News", CardReader.Text(await bot.PressAsync("e1", card, LeadershipRoutes.Content)), StringComparison.Ordinal);
        Assert.IsType<OpenFormReply>(await bot.PressAsync("e2", card, "me.join"));
        Assert.Contains("was sent on 2026-11-23", CardReader.Text(CardReader.Form(await bot.CommandAsync("carmen", "kickoff")).Card), StringComparison.Ordinal);
        Assert.Equal("channels: 1", await bot.QueryAsync(db => db.Audit.Where(a => a.Action == "kickoff.sent").Select(a => a.After).SingleAsync()));
    }

    [Fact]
    public async Task While_everything_is_stopped_it_waits()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.SubmitAsync("carmen", CardReader.Form(await bot.CommandAsync("carmen", "stop")), "stop");
        var preview = CardReader.Form(await bot.SubmitAsync("carmen", CardReader.Form(await bot.CommandAsync("carmen", "kickoff")), "preview"));
        await bot.SubmitAsync("carmen", preview, "send");
        await bot.SendOutboxAsync();
        Assert.Empty(bot.Sender.Sent);
        await bot.CommandAsync("carmen", "resume");
        await bot.SendOutboxAsync();
        Assert.Single(bot.Sender.Sent);
    }

    [Fact]
    public async Task The_form_says_what_is_missing()
    {
        await using var bot = await TestBot.StartAsync();
        var words = CardReader.Form(await bot.CommandAsync("carmen", "kickoff"));
        var errors = CardReader.Errors(await bot.SubmitAsync("carmen", words, "preview", ("title", ""), ("text", new string('x', 1501)), ("channels", "999"), ("sponsorMessage", "Who says so?")));
        Assert.Equal(["channels", "sponsorName", "text", "title"], errors.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(0, await bot.QueryAsync(db => db.Kickoffs.CountAsync()));
    }
}
