using System.Text;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.People;
using AdvocacyBot.Core.Rewards;
using AdvocacyBot.Tests.Infrastructure;
using AdvocacyBot.Tests.People;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Tests.Recognition;

/// <summary>What recognition keeps of a person goes with them, to their file and out of the database; what was spent stays spent.</summary>
[BothDatabases]
public sealed class RecognitionErasureTests
{
    private const string Name = "Wilhelmina Vane";
    private static readonly string[] Words = [Name, "wvane", "thanksbywilhelmina", "thankstowilhelmina", "abookforwilhelmina", "reasonwilhelmina"];

    [Fact]
    public async Task Thanks_rewards_badges_and_choices_are_exported_and_erased()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.QueryAsync(async db =>
        {
            await db.People.Where(p => p.ExternalId == "e6").ExecuteUpdateAsync(set => set.SetProperty(p => p.ExternalId, "wvane").SetProperty(p => p.Name, Name));
            return true;
        });
        await LiveAsync(bot);
        var id = await bot.QueryAsync(db => db.People.Where(p => p.ExternalId == "wvane").Select(p => p.Id).SingleAsync());
        var file = Encoding.UTF8.GetString((await bot.ScopedAsync((ExportPerson export) => export.RunAsync(id, CancellationToken.None)))!);
        Assert.All(Words, word => Assert.Contains(word, file, StringComparison.Ordinal));
        Assert.Contains("Shares.1", file, StringComparison.Ordinal);
        Assert.DoesNotContain("Employee 1", file, StringComparison.Ordinal);

        var form = CardReader.Form(await bot.PressAsync("wvane", CardReader.Card(await bot.CommandAsync("wvane", "me")), "me.erase"));
        await bot.SubmitAsync("wvane", form, "erase", ("sure", "true"));
        await bot.SendOutboxAsync();

        Assert.Empty(await bot.QueryAsync(db => EveryColumn.FindAsync(db, Words)));
        Assert.Contains("it was taken out", CardReader.Text(bot.Sender.Updated[^1].Message.Card), StringComparison.Ordinal);
        Assert.Equal((0, 0), await bot.QueryAsync(async db => (await db.BadgeTraces.CountAsync(b => b.PersonId == id), await db.RecognitionChoices.CountAsync(c => c.PersonId == id))));
        var list = CardReader.Text(await bot.CommandAsync("carmen", "rewards"));
        Assert.Contains("500.00 EUR planned, 20.00 EUR spent, 480.00 EUR left", list, StringComparison.Ordinal);
        Assert.Contains("somebody whose data was erased", list, StringComparison.Ordinal);
        await using var csv = new StringWriter();
        await bot.ScopedAsync(async (RewardsCsv rewards) => await rewards.WriteAsync(csv, CancellationToken.None));
        Assert.DoesNotContain("erased", csv.ToString(), StringComparison.Ordinal);
    }

    private static async Task LiveAsync(TestBot bot)
    {
        await bot.PressAsync("wvane", await bot.ShareAsync("wvane", await bot.PublishAsync("Launch"), byName: true), "share.said");
        var badges = CardReader.Card(await bot.CommandAsync("wvane", "badges"));
        await bot.SubmitAsync("wvane", CardReader.Form(await bot.PressAsync("wvane", badges, "recognition.choose")), "save", ("weekly", "true"), ("board", "true"));
        await bot.SubmitAsync("wvane", CardReader.Form(await bot.CommandAsync("wvane", "thanks Employee 1 thanksbywilhelmina")), "send");
        await bot.SubmitAsync("e1", CardReader.Form(await bot.CommandAsync("e1", $"thanks {Name} thankstowilhelmina")), "send", ("public", "true"));
        var budget = CardReader.Form(await bot.PressAsync("olivia", CardReader.Card(await bot.CommandAsync("olivia", "rewards")), "reward.budget"));
        await bot.SubmitAsync("olivia", budget, "save", ("currency", "EUR"), ("amount", "500"));
        var give = CardReader.Form(await bot.PressAsync("carmen", CardReader.Card(await bot.CommandAsync("carmen", "rewards")), "reward.give"));
        var person = CardReader.Elements(give.Card).OfType<InputChoiceSet>().Single(c => c.Id == "person").Choices.Single(c => c.Title == Name).Value;
        await bot.SubmitAsync("carmen", give, "give", ("person", person), ("what", "abookforwilhelmina"), ("reason", "reasonwilhelmina"), ("amount", "20"));
        await bot.SendOutboxAsync();
    }
}
