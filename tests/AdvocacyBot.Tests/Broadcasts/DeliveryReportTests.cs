using AdvocacyBot.Core.Broadcasts;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Tests.Broadcasts;

[BothDatabases]
public sealed class DeliveryReportTests
{
    /// <summary>Random answers of the platform, waits and crashes; the numbers are looked at after every step.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Whatever_happens_the_numbers_add_up_to_the_audience(int seed)
    {
        var chance = new Random(seed);
        await using var bot = await TestBot.StartAsync();
        bot.Sender.CanFind = chance.Next(2) == 0;
        await bot.PreferAsync("e1", p => p.LeftAt = TestData.Now);
        await bot.PreferAsync("e2", p => (p.QuietFrom, p.QuietTo) = (9 * 60, 11 * 60));
        var preview = await bot.ComposeForAsync("carmen", "Random", "", ("people", "direct"));
        await bot.SubmitAsync("carmen", preview, "publish");
        for (var step = 0; step < 12; step++)
        {
            for (var i = 0; i < 4; i++)
            {
                bot.Sender.Next.Enqueue(Answer(chance));
            }

            bot.Sender.BreakAfterTaking = chance.Next(4) == 0;
            await bot.SendOutboxAsync();
            Assert.Equal(12, (await bot.TallyAsync()).Total);
            if (chance.Next(4) == 0)
            {
                // What a kill between the call and its booking leaves behind.
                await bot.QueryAsync(db => db.Deliveries.Where(d => d.Kind == DeliveryKind.Prompt && d.State == DeliveryState.Sent && d.Id % 3 == 0)
                    .ExecuteUpdateAsync(set => set.SetProperty(d => d.State, DeliveryState.Sending).SetProperty(d => d.MessageId, (string?)null)));
                await bot.RestartAsync();
                Assert.Equal(12, (await bot.TallyAsync()).Total);
                await bot.Services.GetRequiredService<DeliveryWorker>().RecoverAsync(CancellationToken.None);
                Assert.Equal(12, (await bot.TallyAsync()).Total);
            }

            if (chance.Next(3) == 0)
            {
                await bot.DispatchAsync(await bot.PressOfAsync("carmen", chance.Next(2) == 0 ? "deliveries.again" : chance.Next(2) == 0 ? "campaign.pause" : "campaign.resume", await bot.CampaignAsync()));
            }

            bot.Clock.Advance(TimeSpan.FromMinutes(chance.Next(20)));
            var tally = await bot.TallyAsync();
            Assert.Equal(12, tally.Total);
            Assert.Equal(tally.Total, tally.Sent + tally.Waiting + tally.Failed + tally.Skipped + tally.Unknown);
            Assert.Equal(12, await CsvLinesAsync(bot));
        }

        // RecordingSender itself fails the test when a message it has is sent again.
        Assert.Empty(bot.Prompts("e1"));
    }

    [Fact]
    public async Task Failed_ones_are_told_by_reason_and_tried_again_with_one_press()
    {
        await using var bot = await TestBot.StartAsync();
        bot.Sender.Next.Enqueue(new SendResult.Sent("progress"));
        bot.Sender.Next.Enqueue(new SendResult.Gone("teams_blocked"));
        bot.Sender.Next.Enqueue(new SendResult.Rejected("no_such_conversation"));
        await bot.BroadcastAsync("Partly");
        var report = CardReader.Card(await bot.ReportAsync());
        Assert.Contains("Failed: 2", CardReader.Text(report), StringComparison.Ordinal);
        Assert.Contains("1: the chat does not exist any more", CardReader.Text(report), StringComparison.Ordinal);

        bot.Clock.Advance(TimeSpan.FromDays(1));
        await bot.SendOutboxAsync();
        Assert.Equal(10, (await bot.TallyAsync()).Sent);
        await bot.PressAsync("carmen", report, "deliveries.again");
        await bot.SendOutboxAsync();

        Assert.Equal((12, 12), ((await bot.TallyAsync()).Total, (await bot.TallyAsync()).Sent));
        Assert.Contains("campaign.failed_tried_again", await bot.QueryAsync(db => db.Audit.Select(a => a.Action).ToListAsync()));
        Assert.Contains("for", CardReader.Text(await bot.DispatchAsync(await bot.PressOfAsync("e1", "deliveries.again", await bot.CampaignAsync()))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "settle_look", DeliveryState.Sent)]
    [InlineData(false, "settle_look", DeliveryState.Unknown)]
    [InlineData(false, "settle_arrived", DeliveryState.Sent)]
    [InlineData(false, "settle_again", DeliveryState.Sent)]
    public async Task Unknown_ones_are_settled_as_somebody_decides_and_never_by_themselves(bool canFind, string how, DeliveryState expected)
    {
        await using var bot = await TestBot.StartAsync();
        bot.Sender.CanFind = false;
        bot.Sender.BreakAfterTaking = true;
        await bot.BroadcastAsync("Doubtful");
        Assert.Equal(12, (await bot.TallyAsync()).Unknown);
        bot.Clock.Advance(TimeSpan.FromDays(2));
        await bot.SendOutboxAsync();
        await bot.SettleAsync();
        Assert.Equal(12, (await bot.TallyAsync()).Unknown);
        bot.Sender.CanFind = canFind;
        bot.Sender.BreakAfterTaking = false;
        if (how == "settle_again")
        {
            // The platform is not to know the first ones: each would be a second message.
            bot.Sender.Sent.Clear();
        }

        var form = CardReader.Form(await bot.PressAsync("carmen", CardReader.Card(await bot.ReportAsync()), "deliveries.settle"));
        await bot.SubmitAsync("carmen", form, "settle", ("rest", how));
        await bot.SettleAsync();

        var tally = await bot.TallyAsync();
        Assert.Equal((12, 12), (tally.Total, tally.Of(expected)));
        Assert.Equal(12, bot.Prompts().Count);
        Assert.Contains("campaign.unknown_settled", await bot.QueryAsync(db => db.Audit.Select(a => a.Action).ToListAsync()));
        if (expected == DeliveryState.Sent)
        {
            Assert.Equal(12, await bot.QueryAsync(db => db.Memberships.CountAsync(m => db.Prompts.Any(p => p.Direct && p.ConversationId == m.ConversationId))));
        }
    }

    [Fact]
    public async Task The_table_names_nobody_is_no_formula_and_its_address_lasts_for_a_quarter_of_an_hour()
    {
        await using var bot = await TestBot.StartAsync();
        var general = await bot.QueryAsync(db => db.Conversations.Where(c => c.ExternalId == TestBot.General).Select(c => c.Id).SingleAsync());
        await bot.QueryAsync(db => db.Conversations.Where(c => c.Id == general).ExecuteUpdateAsync(set => set.SetProperty(c => c.Name, "=HYPERLINK(\"x\")")));
        await bot.QueryAsync(db => db.Memberships.Where(m => m.ConversationId == general).ExecuteUpdateAsync(set => set.SetProperty(m => m.LeftAt, TestData.Now)));
        await bot.PreferAsync("e1", p => p.LeftAt = TestData.Now);
        await bot.BroadcastAsync("Table", $"{general}");
        var file = bot.Services.GetRequiredService<DeliveryFile>();
        var address = CardReader.Actions(CardReader.Card(await bot.ReportAsync())).OfType<OpenUrlAction>().Single().Url;
        var token = address[(address.LastIndexOf('/') + 1)..];

        Assert.Equal(await bot.CampaignAsync(), await file.OpenAsync(token, CancellationToken.None));
        var csv = new StringWriter();
        Assert.Equal(13, await file.WriteAsync(await bot.CampaignAsync(), csv, CancellationToken.None));
        Assert.Contains("\"'=HYPERLINK(\"\"x\"\")\"", csv.ToString(), StringComparison.Ordinal);
        Assert.Contains(",own_choice,", csv.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("person_left", csv.ToString(), StringComparison.Ordinal);
        Assert.All(await bot.QueryAsync(db => db.People.Select(p => new { p.Name, p.ExternalId }).ToListAsync()), person =>
        {
            Assert.DoesNotContain(person.Name, csv.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain($",{person.ExternalId},", csv.ToString(), StringComparison.Ordinal);
        });

        Assert.Null(await file.OpenAsync(token[..^1], CancellationToken.None));
        await bot.GiveAsync("carmen", Roles.None);
        Assert.Null(await file.OpenAsync(token, CancellationToken.None));
        await bot.GiveAsync("carmen", Roles.Comms);
        bot.Clock.Advance(TimeSpan.FromMinutes(16));
        Assert.Null(await file.OpenAsync(token, CancellationToken.None));
    }

    private static SendResult Answer(Random chance) => chance.Next(6) switch
    {
        0 => new SendResult.RetryAfter(TimeSpan.FromSeconds(chance.Next(90)), "conversation"),
        1 => new SendResult.RetryAfter(TimeSpan.FromSeconds(chance.Next(90)), "method", Throttled.Method),
        2 => new SendResult.Gone("no_such_conversation"),
        3 => new SendResult.Rejected("else"),
        4 => new SendResult.Unknown("interrupted"),
        _ => new SendResult.RetryAfter(TimeSpan.Zero, "workspace", Throttled.Workspace),
    };

    private static async Task<int> CsvLinesAsync(TestBot bot) =>
        await bot.Services.GetRequiredService<DeliveryFile>().WriteAsync(await bot.CampaignAsync(), TextWriter.Null, CancellationToken.None);
}
