using AdvocacyBot.Core.Goals;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Tests.Goals;

public sealed class GoalFormTests
{
    [Theory]
    [InlineData("target", "A rate cannot be above 100 percent.", "target", "101")]
    [InlineData("target", "A rate takes one decimal at most.", "target", "12.55")]
    [InlineData("target", "Write a number above 0, such as 25 or 10000.", "target", "0")]
    [InlineData("target", "Write a number above 0, such as 25 or 10000.", "target", "12,5")]
    [InlineData("target", "Write a number above 0, such as 25 or 10000.", "target", "many")]
    [InlineData("target", "Write a whole number.", "kind", "Leads", "target", "2.5")]
    [InlineData("target", "Money takes two decimals at most.", "kind", "EarnedMediaValue", "currency", "EUR", "target", "2.555")]
    [InlineData("target", "The target is too large: at most 1,000,000,000.", "kind", "Leads", "target", "99999999999")]
    [InlineData("currency", "Earned media value needs a currency of three letters, as in ILS or EUR.", "kind", "EarnedMediaValue", "currency", "€")]
    [InlineData("end", "The last day is over already. Today is November 23, 2026.", "end", "2026-11-22")]
    [InlineData("end", "The last day is before the first one.", "start", "2026-12-31", "end", "2026-12-30")]
    [InlineData("end", "A goal lasts five years at most.", "end", "2032-01-01")]
    [InlineData("end", "Choose a day.", "end", "soon")]
    [InlineData("whose", "That campaign is not there any more. Choose another one.", "whose", "999")]
    [InlineData("kind", "Choose what is counted.", "kind", "99")]
    public async Task A_goal_that_makes_no_sense_is_refused_at_its_field(string field, string error, params string[] changed)
    {
        await using var bot = await TestBot.StartAsync();
        var form = CardReader.Form(await bot.PressAsync("olivia", CardReader.Card(await bot.CommandAsync("olivia", "goals")), GoalRoutes.Add));

        (string, string)[] inputs = [("target", "10"), ("end", "2026-12-31"), .. changed.Chunk(2).Select(pair => (pair[0], pair[1]))];
        var errors = CardReader.Errors(await bot.SubmitAsync("olivia", form, "save", inputs));

        Assert.Equal(error, Assert.Contains(field, errors));
        Assert.Equal(0, await bot.QueryAsync(db => db.Goals.CountAsync()));
    }
}
