using AdvocacyBot.Core.Chat;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Tests.Recognition;

/// <summary>Leaderboards: off until an owner allows them, of those who agreed, and of nobody where those are few.</summary>
[BothDatabases]
public sealed class LeaderboardTests
{
    [Fact]
    public async Task They_are_off_until_an_owner_switches_them_on_and_that_is_noted()
    {
        await using var bot = await TestBot.StartAsync();
        Assert.Contains("There are no leaderboards", await BoardAsync(bot, "e1"), StringComparison.Ordinal);

        await AllowAsync(bot);

        Assert.Contains("until at least 5 people agreed", await BoardAsync(bot, "e1"), StringComparison.Ordinal);
        Assert.Equal("leaderboards=on;holidays=", await bot.QueryAsync(db => db.Audit.Where(a => a.Action == "workspace.recognition_changed").Select(a => a.After).SingleAsync()));
    }

    [Fact]
    public async Task Only_people_who_agreed_stand_on_it_and_only_where_there_are_five_of_them()
    {
        await using var bot = await TestBot.StartAsync();
        await AllowAsync(bot);
        var prompts = new[] { await bot.PublishAsync("One"), await bot.PublishAsync("Two") };
        foreach (var person in new[] { "e1", "e2", "e3", "e4", "e5", "e6" })
        {
            await bot.PressAsync(person, await bot.ShareAsync(person, prompts[0]), "share.said");
        }

        await bot.PressAsync("e2", await bot.ShareAsync("e2", prompts[1]), "share.said");
        foreach (var person in new[] { "e1", "e2", "e3", "e4" })
        {
            await AgreeAsync(bot, person, true);
        }

        Assert.Contains("until at least 5 people agreed", await BoardAsync(bot, "e1"), StringComparison.Ordinal);
        Assert.Contains("until at least 5 people agreed", await BoardAsync(bot, "e1", teams: true), StringComparison.Ordinal);
        await AgreeAsync(bot, "e5", true);

        var board = await BoardAsync(bot, "e3");
        Assert.Contains("1 · Employee 2: 2 campaigns\n2 · Employee 1: 1 campaign\n2 · Employee 3 (you): 1 campaign", board, StringComparison.Ordinal);
        Assert.DoesNotContain("Employee 6", board, StringComparison.Ordinal);
        var teams = await BoardAsync(bot, "e6", teams: true);
        Assert.Contains("1 · general: 5 of 5 who agreed", teams, StringComparison.Ordinal);
        Assert.DoesNotContain("Employee", teams, StringComparison.Ordinal);

        await AgreeAsync(bot, "e5", false);
        Assert.DoesNotContain("Employee", await BoardAsync(bot, "e1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Undoing_takes_the_score_back_leaving_takes_the_name_away_and_coming_back_does_not_bring_it()
    {
        await using var bot = await TestBot.StartAsync();
        await AllowAsync(bot);
        var prompt = await bot.PublishAsync("One");
        foreach (var person in new[] { "e1", "e2", "e3", "e4", "e5", "e6" })
        {
            await bot.ShareAsync(person, prompt);
            await AgreeAsync(bot, person, true);
        }

        var thanks = CardReader.Card(await bot.PressAsync("e1", CardReader.Card(await bot.PressAsync("e1", prompt, "share")), "share.said"));
        Assert.Contains("1 · Employee 1: 1 campaign", await BoardAsync(bot, "e2"), StringComparison.Ordinal);
        await bot.PressAsync("e1", thanks, "share.undo");
        Assert.Contains("Nobody on it shared something this month yet", await BoardAsync(bot, "e2"), StringComparison.Ordinal);

        await bot.PressAsync("e1", CardReader.Card(await bot.PressAsync("e1", prompt, "share")), "share.said");
        await bot.PressAsync("e1", CardReader.Card(await bot.CommandAsync("e1", "me")), "me.leave");
        Assert.DoesNotContain("Employee 1", await BoardAsync(bot, "e2"), StringComparison.Ordinal);
        bot.Clock.Advance(TimeSpan.FromMinutes(1));
        await bot.ShareAsync("e1", prompt);
        Assert.DoesNotContain("Employee 1", await BoardAsync(bot, "e2"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_did_not_join_is_asked_to_join_first()
    {
        await using var bot = await TestBot.StartAsync();

        var reply = await bot.PressAsync("e1", CardReader.Card(await bot.CommandAsync("e1", "badges")), "recognition.choose");

        Assert.Contains("people who joined the programme", CardReader.Text(reply), StringComparison.Ordinal);
        Assert.Equal(0, await bot.QueryAsync(db => db.RecognitionChoices.CountAsync()));
    }

    [Fact]
    public async Task A_line_of_holidays_that_says_nothing_is_named()
    {
        await using var bot = await TestBot.StartAsync();
        var form = CardReader.Form(await bot.PressAsync("olivia", CardReader.Card(await bot.CommandAsync("olivia", "rewards")), "recognition.settings"));

        Assert.Contains("“soon” is no day", CardReader.Errors(await bot.SubmitAsync("olivia", form, "save", ("holidays", "2026-12-25\nsoon")))["holidays"], StringComparison.Ordinal);
        await bot.SubmitAsync("olivia", form, "save", ("holidays", "2026-12-25 \n\n2026-12-28 .. 2026-12-31 Europe/London"));
        Assert.Equal("2026-12-25\n2026-12-28..2026-12-31 Europe/London", await bot.QueryAsync(db => db.RecognitionSettings.Select(s => s.Holidays).SingleAsync()));
    }

    private static async Task AllowAsync(TestBot bot)
    {
        var form = CardReader.Form(await bot.PressAsync("olivia", CardReader.Card(await bot.CommandAsync("olivia", "rewards")), "recognition.settings"));
        await bot.SubmitAsync("olivia", form, "save", ("boards", "true"));
    }

    private static async Task AgreeAsync(TestBot bot, string person, bool agree)
    {
        var form = CardReader.Form(await bot.PressAsync(person, CardReader.Card(await bot.CommandAsync(person, "badges")), "recognition.choose"));
        await bot.SubmitAsync(person, form, "save", ("board", agree ? "true" : "false"));
    }

    private static async Task<string> BoardAsync(TestBot bot, string person, bool teams = false) =>
        CardReader.Text(Assert.IsType<PrivateReply>(await bot.CommandAsync(person, teams ? "leaderboard teams" : "leaderboard")));
}
