using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Tests.Recognition;

/// <summary>Thanks from a person to a person: in private, or in the channel where both like it.</summary>
[BothDatabases]
public sealed class ThanksTests
{
    [Theory]
    [InlineData("thanks Employee 2 for the *great* pictures")]
    [InlineData("thanks @Employee 2 for the *great* pictures")]
    [InlineData("thanks <at>Employee 2</at> for the *great* pictures")]
    public async Task Thanks_reach_the_person_in_private_and_nobody_else(string typed)
    {
        await using var bot = await TestBot.StartAsync();
        var form = CardReader.Form(await bot.CommandAsync("e1", typed));
        Assert.Equal("for the *great* pictures", CardReader.Inputs(form.Card)["words"]);

        var reply = await bot.SubmitAsync("e1", form, "send");
        await bot.SendOutboxAsync();

        Assert.Contains("Your thanks go to Employee 2, in private.", CardReader.Text(reply), StringComparison.Ordinal);
        var text = CardReader.Text(Assert.Single(bot.NotesTo("e2")));
        Assert.Contains("Employee 1 says thank you", text, StringComparison.Ordinal);
        Assert.Contains("for the \\*great\\* pictures", text, StringComparison.Ordinal);
        Assert.Contains("Only you see this", text, StringComparison.Ordinal);
        Assert.DoesNotContain(bot.Sender.Sent, sent => sent.Message.Recipient is null);
    }

    [Fact]
    public async Task In_the_channel_only_once_the_thanked_person_agrees_and_out_again_when_they_like()
    {
        await using var bot = await TestBot.StartAsync();
        await SayAsync(bot, "e1", "Employee 2", everybody: true);
        Assert.Empty(InChannel(bot));
        var note = Assert.Single(bot.NotesTo("e2"));
        Assert.Contains("Employee 1 would like to say it in general too", CardReader.Text(note), StringComparison.Ordinal);

        var shown = CardReader.Card(await bot.PressAsync("e2", note, "thanks.show"));
        await bot.PressAsync("e2", note, "thanks.show");
        await bot.SendOutboxAsync();
        var card = Assert.Single(InChannel(bot));
        Assert.Contains("Employee 1 thanks Employee 2", CardReader.Text(card), StringComparison.Ordinal);
        Assert.Equal(1, await bot.QueryAsync(db => db.Audit.CountAsync(a => a.Action == "thanks.shown")));

        await bot.PressAsync("e2", shown, "thanks.hide");
        await bot.SendOutboxAsync();
        Assert.DoesNotContain("Employee", CardReader.Text(Assert.Single(bot.Sender.Updated).Message.Card), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_agreed_to_be_named_is_thanked_in_the_channel_at_once_and_is_taken_out_when_they_hide_their_name_or_leave()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.ShareAsync("e2", await bot.PublishAsync("Launch"), byName: true);
        await SayAsync(bot, "e1", "Employee 2", everybody: true);
        Assert.Contains("Employee 1 thanks Employee 2", CardReader.Text(InChannel(bot)[^1]), StringComparison.Ordinal);

        await bot.PressAsync("e2", CardReader.Card(await bot.CommandAsync("e2", "me")), "me.leave");
        await bot.SendOutboxAsync();

        Assert.Contains("A thank-you stood here; it was taken out.", CardReader.Text(bot.Sender.Updated[^1].Message.Card), StringComparison.Ordinal);
        await SayAsync(bot, "e1", "Employee 2", everybody: true);
        Assert.DoesNotContain(bot.Sender.Sent.Skip(3), sent => sent.Message.Recipient is null);
    }

    [Fact]
    public async Task Who_said_it_can_take_it_back_before_and_after_it_was_shown()
    {
        await using var bot = await TestBot.StartAsync();
        var said = await SayAsync(bot, "e1", "Employee 2", everybody: true);
        var note = bot.NotesTo("e2")[0];
        await bot.PressAsync("e2", note, "thanks.show");
        await bot.SendOutboxAsync();

        Assert.Contains("Taken back", CardReader.Text(await bot.PressAsync("e1", said, "thanks.withdraw")), StringComparison.Ordinal);
        await bot.SendOutboxAsync();
        Assert.Contains("it was taken out", CardReader.Text(bot.Sender.Updated[^1].Message.Card), StringComparison.Ordinal);
        Assert.Contains("was taken back, so nothing was changed", CardReader.Text(await bot.PressAsync("e2", note, "thanks.show")), StringComparison.Ordinal);
        Assert.Equal(1, await bot.QueryAsync(db => db.Audit.CountAsync(a => a.Action == "thanks.withdrawn")));

        var quick = await SayAsync(bot, "e1", "Employee 3", everybody: false, send: false);
        await bot.PressAsync("e1", quick, "thanks.withdraw");
        await bot.SendOutboxAsync();
        Assert.Empty(bot.NotesTo("e3"));
    }

    [Fact]
    public async Task Mistakes_are_named_at_their_field_and_a_day_has_a_limit()
    {
        await using var bot = await TestBot.StartAsync();
        var form = CardReader.Form(await bot.CommandAsync("e1", "thanks"));
        Assert.Contains("person", CardReader.Errors(await bot.SubmitAsync("e1", form, "send", ("words", "x"))).Keys);
        Assert.Contains("Say what it is for.", CardReader.Errors(await bot.SubmitAsync("e1", form, "send", ("person", "4"))).Values);
        Assert.DoesNotContain("Employee 1", CardReader.Elements(form.Card).OfType<InputChoiceSet>().Single().Choices.Select(c => c.Title));
        var own = await bot.QueryAsync(db => db.People.Where(p => p.ExternalId == "e1").Select(p => p.Id).SingleAsync());
        Assert.Contains("Thanks go to somebody else.", CardReader.Errors(await bot.SubmitAsync("e1", form, "send", ("person", $"{own}"), ("words", "x"))).Values);

        for (var i = 0; i < 10; i++)
        {
            await SayAsync(bot, "e1", "Employee 2", everybody: false);
        }

        var more = CardReader.Form(await bot.CommandAsync("e1", "thanks Employee 2 again"));
        Assert.Contains("10 times in a day", CardReader.Errors(await bot.SubmitAsync("e1", more, "send"))[""], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_else_can_show_hide_or_take_back_thanks()
    {
        await using var bot = await TestBot.StartAsync();
        var said = await SayAsync(bot, "e1", "Employee 2", everybody: true);
        var note = bot.NotesTo("e2")[0];

        foreach (var stranger in new[] { "e1", "e3", "olivia" })
        {
            await bot.PressAsync(stranger, note, "thanks.show");
            await bot.DispatchAsync(await bot.PressOfAsync(stranger, "thanks.show", 1));
            await bot.DispatchAsync(await bot.PressOfAsync(stranger, "thanks.hide", 1));
        }

        await bot.PressAsync("e2", said, "thanks.withdraw");
        await bot.DispatchAsync(await bot.PressOfAsync("e2", "thanks.withdraw", 1));
        await bot.SendOutboxAsync();

        Assert.Empty(InChannel(bot));
        var thanks = await bot.QueryAsync(db => db.Thanks.SingleAsync());
        Assert.Equal((null, null, null), (thanks.AgreedAt, thanks.HiddenAt, thanks.WithdrawnAt));
    }

    private static IReadOnlyList<AdaptiveCard> InChannel(TestBot bot) => [.. bot.Sender.Sent.Where(sent => sent.Message.Recipient is null).Select(sent => sent.Message.Card)];

    /// <returns>What who said it sees.</returns>
    private static async Task<AdaptiveCard> SayAsync(TestBot bot, string from, string to, bool everybody, bool send = true)
    {
        var form = CardReader.Form(await bot.CommandAsync(from, $"thanks {to} for your help"));
        var reply = await bot.SubmitAsync(from, form, "send", ("public", everybody ? "true" : "false"));
        if (send)
        {
            await bot.SendOutboxAsync();
        }

        return Assert.IsType<PrivateReply>(reply).Card;
    }
}
