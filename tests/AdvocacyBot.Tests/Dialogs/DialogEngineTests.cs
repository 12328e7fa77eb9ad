using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Tests.Dialogs;

[BothDatabases]
public sealed class DialogEngineTests
{
    [Fact]
    public async Task A_dialog_goes_on_after_a_restart_between_two_steps()
    {
        await using var bot = await TestBot.StartAsync();
        var content = CardReader.Form(await bot.CommandAsync("carmen", "campaign"));

        await bot.RestartAsync();
        var texts = CardReader.Form(await bot.SubmitAsync("carmen", content, "next", ("link", "https://example.com/a"), ("title", "Before and after")));
        await bot.RestartAsync();
        var schedule = CardReader.Form(await bot.SubmitAsync("carmen", texts, "next", ("text1", "Proud of it.")));

        Assert.Contains("channels", CardReader.Inputs(schedule.Card).Keys);
        Assert.Equal("Before and after", (await bot.QueryAsync(db => db.Campaigns.SingleAsync())).Title);
    }

    [Fact]
    public async Task Two_turns_of_one_dialog_at_once_have_one_effect()
    {
        await using var bot = await TestBot.StartAsync();
        var preview = await bot.ComposeAsync("carmen", "Once");

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => bot.SubmitAsync("carmen", preview, "publish")));

        Assert.Single(answers, reply => reply is PrivateReply && CardReader.Text(reply).Contains("on its way", StringComparison.Ordinal));
        Assert.Equal(7, answers.Count(reply => CardReader.Text(reply).Contains("answered, left or replaced", StringComparison.Ordinal)));
        Assert.Equal(1, await bot.QueryAsync(db => db.Deliveries.CountAsync()));
    }

    [Fact]
    public async Task The_same_interaction_delivered_again_has_no_second_effect()
    {
        await using var bot = await TestBot.StartAsync();
        var preview = await bot.ComposeAsync("carmen", "Once");
        var publish = bot.Answer("carmen", preview, "publish", TestBot.General);

        var first = await bot.DispatchAsync(publish);
        await bot.RestartAsync();
        var again = await bot.DispatchAsync(publish);

        Assert.Contains("on its way", CardReader.Text(first), StringComparison.Ordinal);
        Assert.Contains("Nothing was changed", CardReader.Text(again).Replace("nothing", "Nothing", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(1, await bot.QueryAsync(db => db.Deliveries.CountAsync()));
    }

    [Fact]
    public async Task A_repeat_whose_first_answer_was_lost_shows_the_form_that_is_open()
    {
        await using var bot = await TestBot.StartAsync();
        var command = bot.Command("carmen", "campaign");
        CardReader.Form(await bot.DispatchAsync(command));
        await bot.RestartAsync();

        var content = CardReader.Form(await bot.DispatchAsync(command));
        var answer = bot.Answer("carmen", content, "next", TestBot.General, ("link", "https://example.com/a"), ("title", "Once"));
        await bot.DispatchAsync(answer);
        var texts = CardReader.Form(await bot.DispatchAsync(answer));

        Assert.Contains("text1", CardReader.Inputs(texts.Card).Keys);
        Assert.Equal(1, await bot.QueryAsync(db => db.Campaigns.CountAsync()));
    }

    [Fact]
    public async Task An_invalid_answer_keeps_the_form_open_and_can_be_sent_again_with_the_same_key()
    {
        await using var bot = await TestBot.StartAsync();
        var content = CardReader.Form(await bot.CommandAsync("carmen", "campaign"));
        var broken = bot.Answer("carmen", content, "next", TestBot.General, ("link", "no link"), ("title", "T"));

        var errors = CardReader.Errors(await bot.DispatchAsync(broken));
        var inputs = new Dictionary<string, string>(broken.Inputs) { ["link"] = "https://example.com" };
        var mended = await bot.DispatchAsync(broken with { Inputs = inputs });

        Assert.Equal(["link"], errors.Keys);
        Assert.IsType<OpenFormReply>(mended);
    }

    [Fact]
    public async Task A_form_sent_from_elsewhere_goes_on_where_the_dialog_was_begun()
    {
        await using var bot = await TestBot.StartAsync();
        var settings = CardReader.Form(await bot.CommandAsync("carmen", "settings", TestBot.Hebrew));
        var content = CardReader.Form(await bot.CommandAsync("dana", "campaign", TestBot.Hebrew));

        await bot.DispatchAsync(bot.Answer("carmen", settings, "save", TestBot.General, ("hour", "17")));
        var texts = CardReader.Form(await bot.SubmitAsync("dana", content, "next", ("link", "https://example.com/a"), ("title", "T")));
        var schedule = CardReader.Form(await bot.SubmitAsync("dana", texts, "next", ("text1", "Proud.")));

        var channels = await bot.QueryAsync(db => db.Conversations.ToDictionaryAsync(c => c.ExternalId));
        Assert.Equal((9, 17), (channels[TestBot.General].DigestHour, channels[TestBot.Hebrew].DigestHour));
        Assert.Equal($"{channels[TestBot.Hebrew].Id}", CardReader.Inputs(schedule.Card)["channels"]);
    }

    [Fact]
    public async Task Cancel_leaves_the_dialog_and_says_what_is_kept()
    {
        await using var bot = await TestBot.StartAsync();
        var content = CardReader.Form(await bot.CommandAsync("carmen", "campaign"));
        var texts = CardReader.Form(await bot.SubmitAsync("carmen", content, "next", ("link", "https://example.com/a"), ("title", "Kept")));

        var left = await bot.SubmitAsync("carmen", texts, "cancel");
        var late = await bot.SubmitAsync("carmen", texts, "next", ("text1", "x"));

        Assert.Contains("kept as a draft", CardReader.Text(left), StringComparison.Ordinal);
        Assert.Contains("answered, left or replaced", CardReader.Text(late), StringComparison.Ordinal);
        Assert.Equal(CampaignState.Draft, (await bot.QueryAsync(db => db.Campaigns.SingleAsync())).State);
        Assert.Equal(0, await bot.QueryAsync(db => db.DialogStates.CountAsync()));
    }

    [Theory]
    [InlineData("help", "You can say")]
    [InlineData("עזרה", "You can say")]
    [InlineData("cancel", "kept as a draft")]
    [InlineData("ביטול", "kept as a draft")]
    public async Task Plain_words_work_inside_a_dialog(string word, string expected)
    {
        await using var bot = await TestBot.StartAsync();
        var content = CardReader.Form(await bot.CommandAsync("carmen", "campaign"));
        await bot.SubmitAsync("carmen", content, "next", ("link", "https://example.com/a"), ("title", "Kept"));
        var c = bot.Command("carmen", "x");

        var reply = await bot.DispatchAsync(new MessageReceived
        {
            Text = word, Workspace = c.Workspace, Conversation = c.Conversation, Person = c.Person, DedupKey = "m1", At = c.At,
        });

        Assert.Contains(expected, CardReader.Text(reply), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_in_the_middle_offers_the_way_back_and_the_way_out()
    {
        await using var bot = await TestBot.StartAsync();
        var content = CardReader.Form(await bot.CommandAsync("carmen", "campaign"));
        await bot.SubmitAsync("carmen", content, "next", ("link", "https://example.com/a"), ("title", "T"));

        var help = CardReader.Card(await bot.CommandAsync("carmen", "help"));
        var again = CardReader.Form(await bot.PressAsync("carmen", help, "dialog.resume"));
        var schedule = await bot.SubmitAsync("carmen", again, "next", ("text1", "Proud."));

        Assert.Contains("text1", CardReader.Inputs(again.Card).Keys);
        Assert.Contains("channels", CardReader.Inputs(CardReader.Form(schedule).Card).Keys);
    }

    [Fact]
    public async Task Another_dialog_takes_the_place_of_the_open_one_and_its_draft_is_kept()
    {
        await using var bot = await TestBot.StartAsync();
        var content = CardReader.Form(await bot.CommandAsync("carmen", "campaign"));
        var texts = CardReader.Form(await bot.SubmitAsync("carmen", content, "next", ("link", "https://example.com/a"), ("title", "First")));

        CardReader.Form(await bot.CommandAsync("carmen", "settings"));
        var late = await bot.SubmitAsync("carmen", texts, "next", ("text1", "x"));

        Assert.Contains("answered, left or replaced", CardReader.Text(late), StringComparison.Ordinal);
        Assert.Equal("First", (await bot.QueryAsync(db => db.Campaigns.SingleAsync())).Title);
    }

    [Fact]
    public async Task A_dialog_that_waited_too_long_has_expired()
    {
        await using var bot = await TestBot.StartAsync();
        var content = CardReader.Form(await bot.CommandAsync("carmen", "campaign"));

        bot.Clock.Advance(TimeSpan.FromHours(25));
        var late = await bot.SubmitAsync("carmen", content, "next", ("link", "https://example.com/a"), ("title", "T"));

        Assert.Contains("expired", CardReader.Text(late), StringComparison.Ordinal);
        Assert.Equal(0, await bot.QueryAsync(db => db.Campaigns.CountAsync()));
    }

    [Fact]
    public async Task A_form_of_somebody_else_is_not_taken()
    {
        await using var bot = await TestBot.StartAsync();
        var content = CardReader.Form(await bot.CommandAsync("carmen", "campaign"));

        var reply = await bot.SubmitAsync("olivia", content, "next", ("link", "https://example.com/a"), ("title", "T"));

        Assert.Contains("somebody else", CardReader.Text(reply), StringComparison.Ordinal);
        Assert.Equal(0, await bot.QueryAsync(db => db.Campaigns.CountAsync()));
    }
}
