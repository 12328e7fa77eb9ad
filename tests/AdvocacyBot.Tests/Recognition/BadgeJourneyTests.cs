using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Tests.Recognition;

/// <summary>Badges come from what stands; what is taken back takes them with it, and leaves a trace for its person alone.</summary>
[BothDatabases]
public sealed class BadgeJourneyTests
{
    [Fact]
    public async Task A_first_share_earns_a_badge_and_undoing_it_takes_the_badge_back_with_a_trace()
    {
        await using var bot = await TestBot.StartAsync();
        var prompt = await bot.PublishAsync("Launch");
        Assert.Contains("None yet", await BadgesAsync(bot, "e1"), StringComparison.Ordinal);
        var card = await bot.ShareAsync("e1", prompt);
        var thanks = CardReader.Card(await bot.PressAsync("e1", card, "share.said"));

        var shown = await BadgesAsync(bot, "e1");
        Assert.Contains("First share: November 23", shown, StringComparison.Ordinal);
        Assert.Contains("You took part 1 week in a row", shown, StringComparison.Ordinal);
        Assert.Contains("Next: 5 campaigns shared. 4 more shares and you are there.", shown, StringComparison.Ordinal);
        await BadgesAsync(bot, "e1");
        Assert.Equal(["Shares.1 True"], await TraceAsync(bot));

        await bot.PressAsync("e1", thanks, "share.undo");
        var after = await BadgesAsync(bot, "e1");

        Assert.Contains("None yet", after, StringComparison.Ordinal);
        Assert.Contains("Gone, because what earned them was taken back: First share", after, StringComparison.Ordinal);
        Assert.Equal(["Shares.1 True", "Shares.1 False"], await TraceAsync(bot));

        // And it can be earned again.
        await bot.PressAsync("e1", CardReader.Card(await bot.PressAsync("e1", prompt, "share")), "share.said");
        Assert.DoesNotContain("Gone", await BadgesAsync(bot, "e1"), StringComparison.Ordinal);
        Assert.Equal(["Shares.1 True", "Shares.1 False", "Shares.1 True"], await TraceAsync(bot));
    }

    [Fact]
    public async Task Badges_are_the_same_after_everything_in_memory_is_lost_and_nobody_elses_business()
    {
        await using var bot = await TestBot.StartAsync();
        for (var i = 1; i <= 5; i++)
        {
            await bot.PressAsync("e1", await bot.ShareAsync("e1", await bot.PublishAsync($"Launch {i}")), "share.said");
        }

        await bot.SuggestAsync("e1", "https://example.com/good");
        var before = await BadgesAsync(bot, "e1");
        await bot.RestartAsync();
        await bot.QueryAsync(db => db.BadgeTraces.ExecuteDeleteAsync());

        Assert.Equal(before, await BadgesAsync(bot, "e1"));
        Assert.Contains("5 campaigns shared", before, StringComparison.Ordinal);
        Assert.Contains("First suggestion", before, StringComparison.Ordinal);
        Assert.Contains("None yet", await BadgesAsync(bot, "e2"), StringComparison.Ordinal);
        Assert.IsType<PrivateReply>(await bot.CommandAsync("e1", "badges"));
    }

    [Fact]
    public async Task A_streak_goes_on_over_weeks_and_a_pause_is_remembered_after_it_is_over()
    {
        await using var bot = await TestBot.StartAsync();
        await ShareNewAsync(bot, "One");
        bot.Clock.Advance(TimeSpan.FromDays(7));
        await ShareNewAsync(bot, "Two");
        Assert.Contains("You took part 2 weeks in a row", await BadgesAsync(bot, "e1"), StringComparison.Ordinal);

        var id = await bot.QueryAsync(db => db.People.Where(p => p.ExternalId == "e1").Select(p => p.Id).SingleAsync());
        await bot.QueryAsync(async db =>
        {
            db.Preferences.RemoveRange(db.Preferences.Where(p => p.PersonId == id));
            await db.SaveChangesAsync();
            db.Preferences.Add(new PersonPreferences { PersonId = id, PausedUntil = "2026-12-20" });
            return await db.SaveChangesAsync();
        });
        Assert.Equal(1, await RestsAsync(bot));
        Assert.Equal(0, await RestsAsync(bot));
        await bot.QueryAsync(db => db.Preferences.ExecuteUpdateAsync(set => set.SetProperty(p => p.PausedUntil, (string?)null)));
        bot.Clock.Advance(TimeSpan.FromDays(21));
        await ShareNewAsync(bot, "Three");

        Assert.Contains("You took part 3 weeks in a row", await BadgesAsync(bot, "e1"), StringComparison.Ordinal);
        bot.Clock.Advance(TimeSpan.FromDays(14));
        Assert.Contains("No row of weeks is running", await BadgesAsync(bot, "e1"), StringComparison.Ordinal);
    }

    private static Task<int> RestsAsync(TestBot bot) => bot.ScopedAsync((Core.Recognition.NoteRests rests) => rests.RunAsync(CancellationToken.None));

    private static async Task ShareNewAsync(TestBot bot, string title) =>
        await bot.PressAsync("e1", await bot.ShareAsync("e1", await bot.PublishAsync(title)), "share.said");

    private static async Task<string> BadgesAsync(TestBot bot, string person) => CardReader.Text(await bot.CommandAsync(person, "badges"));

    private static Task<List<string>> TraceAsync(TestBot bot) => bot.QueryAsync(db => db.BadgeTraces.OrderBy(b => b.Id).Select(b => b.Badge + " " + (b.Gained ? "True" : "False")).ToListAsync());
}
