using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Recognition;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Tests.Recognition;

/// <summary>Own numbers, once a week, in private, for whoever asked.</summary>
[BothDatabases]
public sealed class WeeklyNoteTests
{
    [Fact]
    public async Task Whoever_asked_gets_one_note_a_week_with_their_own_numbers_whatever_restarts()
    {
        await using var bot = await TestBot.StartAsync();
        await JoinAsync(bot, "e1", "Launch", shared: true);
        await JoinAsync(bot, "e2", "Open day", shared: false);
        await ChooseAsync(bot, "e1");
        await bot.PublishAsync("Fresh news");
        Assert.Empty(bot.NotesTo("e1"));

        bot.Clock.Advance(TimeSpan.FromDays(7));
        for (var run = 0; run < 3; run++)
        {
            await PlanAsync(bot);
            await bot.SendOutboxAsync();
            await bot.RestartAsync();
        }

        var note = Assert.Single(bot.NotesTo("e1"));
        var text = CardReader.Text(note);
        Assert.Contains("Your week: November 23 to November 29", text, StringComparison.Ordinal);
        Assert.Contains("You shared 1 campaign", text, StringComparison.Ordinal);
        Assert.Contains("Said to be shared: 1 (the week before: 0)", text, StringComparison.Ordinal);
        Assert.Contains("New badges: First share", text, StringComparison.Ordinal);
        Assert.Contains("“Fresh news” is open to share", text, StringComparison.Ordinal);
        Assert.Contains("Only you see this", text, StringComparison.Ordinal);
        Assert.Empty(bot.NotesTo("e2"));
        Assert.IsType<Core.Chat.PrivateReply>(await bot.PressAsync("e1", note, "share"));

        bot.Clock.Advance(TimeSpan.FromDays(7));
        await PlanAsync(bot);
        await bot.SendOutboxAsync();
        Assert.Contains("A quiet week on your side, and that is fine", CardReader.Text(bot.NotesTo("e1")[1]), StringComparison.Ordinal);
        Assert.Equal(2, bot.NotesTo("e1").Count);
    }

    [Fact]
    public async Task One_press_stops_the_notes()
    {
        await using var bot = await TestBot.StartAsync();
        await JoinAsync(bot, "e1", "Launch", shared: true);
        await ChooseAsync(bot, "e1");
        await WeekAsync(bot);

        var reply = await bot.PressAsync("e1", bot.NotesTo("e1")[0], "recognition.notes_off");
        await WeekAsync(bot);

        Assert.Contains("no more weekly notes", CardReader.Text(reply), StringComparison.Ordinal);
        Assert.Single(bot.NotesTo("e1"));
    }

    [Fact]
    public async Task Who_left_or_pauses_gets_none_and_quiet_hours_put_it_off()
    {
        await using var bot = await TestBot.StartAsync();
        foreach (var person in new[] { "e1", "e2", "e3" })
        {
            await JoinAsync(bot, person, $"For {person}", shared: true);
            await ChooseAsync(bot, person);
        }

        var ids = await bot.QueryAsync(db => db.People.ToDictionaryAsync(p => p.ExternalId, p => p.Id));
        await PreferAsync(bot, new PersonPreferences { PersonId = ids["e1"], PausedUntil = "2027-03-01" });
        await PreferAsync(bot, new PersonPreferences { PersonId = ids["e2"], QuietFrom = 8 * 60, QuietTo = 18 * 60 });
        await PreferAsync(bot, new PersonPreferences { PersonId = ids["e3"], LeftAt = bot.Clock.GetUtcNow() });
        await WeekAsync(bot);
        Assert.All(ids.Keys, person => Assert.Empty(bot.NotesTo(person)));

        bot.Clock.Advance(TimeSpan.FromHours(9));
        await bot.SendOutboxAsync();
        Assert.Single(bot.NotesTo("e2"));
        Assert.Empty(bot.NotesTo("e1"));
        Assert.Empty(bot.NotesTo("e3"));

        // What waited for the end of a long pause is old news by then.
        bot.Clock.Advance(TimeSpan.FromDays(120));
        await bot.SendOutboxAsync();
        Assert.Empty(bot.NotesTo("e1"));
    }

    [Fact]
    public async Task A_holiday_week_is_told_kindly_in_the_persons_language()
    {
        await using var bot = await TestBot.StartAsync(services => services.Configure<HolidayOptions>(options => options.Days.Add("2026-11-29..2026-12-05")));
        var prompt = await bot.PublishAsync("Launch");
        await bot.ShareAsync("h1", prompt);
        await ChooseAsync(bot, "h1");
        await WeekAsync(bot);
        await WeekAsync(bot);

        Assert.Contains("זה היה שבוע של חג", CardReader.Text(bot.NotesTo("h1")[^1]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_note_missed_for_days_is_left_out_and_the_next_one_comes()
    {
        await using var bot = await TestBot.StartAsync();
        await JoinAsync(bot, "e1", "Launch", shared: true);
        await ChooseAsync(bot, "e1");
        bot.Clock.Advance(TimeSpan.FromDays(7 + 4));
        await PlanAsync(bot);
        await bot.SendOutboxAsync();
        Assert.Empty(bot.NotesTo("e1"));

        bot.Clock.Advance(TimeSpan.FromDays(3));
        await PlanAsync(bot);
        await bot.SendOutboxAsync();
        Assert.Single(bot.NotesTo("e1"));
    }

    private static async Task JoinAsync(TestBot bot, string person, string title, bool shared)
    {
        var card = await bot.ShareAsync(person, await bot.PublishAsync(title));
        if (shared)
        {
            await bot.PressAsync(person, card, "share.said");
        }
    }

    private static async Task ChooseAsync(TestBot bot, string person)
    {
        var badges = CardReader.Card(await bot.CommandAsync(person, "badges"));
        var form = CardReader.Form(await bot.PressAsync(person, badges, "recognition.choose"));
        await bot.SubmitAsync(person, form, "save", ("weekly", "true"));
    }

    private static async Task WeekAsync(TestBot bot)
    {
        bot.Clock.Advance(TimeSpan.FromDays(7));
        await PlanAsync(bot);
        await bot.SendOutboxAsync();
    }

    private static Task PlanAsync(TestBot bot) => bot.Services.GetRequiredService<PlanWeeklyNotes>().RunAsync(CancellationToken.None);

    private static Task PreferAsync(TestBot bot, PersonPreferences chosen) => bot.QueryAsync(async db =>
    {
        await db.Preferences.Where(p => p.PersonId == chosen.PersonId).ExecuteDeleteAsync();
        db.Preferences.Add(chosen);
        return await db.SaveChangesAsync();
    });
}
