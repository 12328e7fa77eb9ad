using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Conversions;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Tests.Conversions;

/// <summary>The owner's keys: made, shown once, rotated and revoked in chat.</summary>
[BothDatabases]
public sealed class KeyJourneyTests
{
    [Fact]
    public async Task A_secret_is_shown_once_and_does_not_stand_in_the_database()
    {
        await using var bot = await TestBot.StartAsync();
        var (id, secret) = await MakeAsync(bot);

        var stored = await bot.QueryAsync(db => db.ConversionKeys.AsNoTracking().SingleAsync());
        Assert.Equal(id, stored.PublicId);
        Assert.DoesNotContain(secret, System.Text.Encoding.Latin1.GetString(stored.Secret), StringComparison.Ordinal);
        Assert.DoesNotContain(secret, CardReader.Text(await ListAsync(bot)), StringComparison.Ordinal);
        Assert.Equal(secret, (await FindAsync(bot, id))?.Secret);
        await bot.RestartAsync();
        Assert.Equal(secret, (await FindAsync(bot, id))?.Secret);
        Assert.DoesNotContain(await bot.QueryAsync(db => db.Audit.Select(a => a.Before + a.After).ToListAsync()), trace => trace?.Contains(secret, StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task A_rotated_key_works_for_a_day_and_a_revoked_one_no_more()
    {
        await using var bot = await TestBot.StartAsync();
        var (old, _) = await MakeAsync(bot);
        var list = CardReader.Card(await ListAsync(bot));

        var (next, _) = Read(await bot.PressAsync("olivia", list, ConversionRoutes.Rotate));
        Assert.Contains("was rotated already", CardReader.Text(await bot.PressAsync("olivia", list, ConversionRoutes.Rotate)), StringComparison.Ordinal);
        Assert.NotNull(await FindAsync(bot, old));
        bot.Clock.Advance(ConversionKeys.Overlap);
        Assert.Null(await FindAsync(bot, old));
        Assert.NotNull(await FindAsync(bot, next));

        Assert.Contains("is revoked", CardReader.Text(await bot.PressAsync("olivia", CardReader.Card(await ListAsync(bot)), ConversionRoutes.Revoke)), StringComparison.Ordinal);
        Assert.Null(await FindAsync(bot, next));
        Assert.Equal(["key.made", "key.rotated", "key.revoked"], await bot.QueryAsync(db => db.Audit.Where(a => a.Action.StartsWith("key.")).OrderBy(a => a.Id).Select(a => a.Action).ToListAsync()));
    }

    [Fact]
    public async Task There_are_at_most_ten_and_none_is_found_by_what_is_no_id()
    {
        await using var bot = await TestBot.StartAsync();
        for (var i = 0; i < ConversionKeys.Most; i++)
        {
            await MakeAsync(bot);
        }

        Assert.Contains("10 keys work already", CardReader.Text(await bot.PressAsync("olivia", CardReader.Card(await ListAsync(bot)), ConversionRoutes.Make)), StringComparison.Ordinal);
        foreach (var id in new[] { null, "", "ck_", "ck_\0", new string('k', 1000), "' OR 1=1 --" })
        {
            Assert.Null(await FindAsync(bot, id));
        }
    }

    private static async Task<Reply> ListAsync(TestBot bot) => await bot.PressAsync("olivia", CardReader.Card(await bot.CommandAsync("olivia", "goals")), ConversionRoutes.Keys);

    private static async Task<(string Id, string Secret)> MakeAsync(TestBot bot) => Read(await bot.PressAsync("olivia", CardReader.Card(await ListAsync(bot)), ConversionRoutes.Make));

    private static (string Id, string Secret) Read(Reply reply)
    {
        var facts = CardReader.Elements(CardReader.Card(reply)).OfType<FactSet>().Single().Facts;
        return (facts[0].Value.Replace("\\", "", StringComparison.Ordinal), facts[1].Value.Replace("\\", "", StringComparison.Ordinal));
    }

    private static Task<OpenConversionKey?> FindAsync(TestBot bot, string? id) =>
        bot.QueryAsync(db => bot.Services.GetRequiredService<ConversionKeys>().FindAsync(db, id, bot.Clock.GetUtcNow(), CancellationToken.None));
}
