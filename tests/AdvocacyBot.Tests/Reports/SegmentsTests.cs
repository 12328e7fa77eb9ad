using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.People;
using AdvocacyBot.Core.Reports;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Tests.Reports;

/// <summary>Departments, and whom shares may have reached: both made of what is known of single people.</summary>
[BothDatabases]
public sealed class SegmentsTests
{
    [Fact]
    public async Task Departments_of_fewer_than_five_are_told_together_with_whom_nothing_is_known_of()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.PublishAsync("News", channels: "1");
        await bot.QueryAsync(async db =>
        {
            var people = await db.People.OrderBy(p => p.Id).Select(p => p.Id).ToListAsync();
            db.AddRange(people.Take(8).Select((id, i) => new PersonProfile { PersonId = id, HumanId = id, Department = i < 6 ? "Sales" : "Legal", UpdatedAt = bot.Clock.GetUtcNow() }));
            return await db.SaveChangesAsync();
        });
        bot.Clock.Advance(TimeSpan.FromHours(1));

        var set = Assert.Single((await ReadAsync(bot)).Segments);

        Assert.Equal("department", set.Name);
        Assert.Equal([("Sales", 6), (null, 6)], set.Lines.Select(line => (line.Name, line.CouldSee)));
    }

    [Theory]
    [InlineData(4, null)]
    [InlineData(5, 500L)]
    public async Task Reach_is_estimated_from_the_counts_of_five_people_or_more(int people, long? reach)
    {
        await using var bot = await TestBot.StartAsync();
        await bot.PublishAsync("News", channels: "1");
        await bot.QueryAsync(async db =>
        {
            var ids = await db.People.OrderBy(p => p.Id).Select(p => p.Id).Take(people).ToListAsync();
            db.AddRange(ids.Select(id => new PersonNetwork { PersonId = id, Network = "linkedin", Size = 100, UpdatedAt = bot.Clock.GetUtcNow() }));
            db.AddRange(ids.Select(id => new PersonNetwork { PersonId = id, Network = "x", Size = 1000, UpdatedAt = bot.Clock.GetUtcNow() }));
            db.AddRange(ids.Select(id => new LedgerEvent
            {
                Key = $"opened:{id}", WorkspaceId = 1, ConversationId = 1, CampaignId = 1, PersonId = id, ShareId = id, Kind = LedgerKind.Opened, Amount = 1, Network = "linkedin",
                At = bot.Clock.GetUtcNow(), RecordedAt = bot.Clock.GetUtcNow(),
            }));
            return await db.SaveChangesAsync();
        });

        var numbers = await ReadAsync(bot);

        Assert.Equal(reach is { } sum ? new Reach(sum, people) : null, numbers.Reach);
    }

    private static async Task<ReportNumbers> ReadAsync(TestBot bot)
    {
        var period = ReportPeriod.Of(4, "Europe/London", bot.Clock.GetUtcNow());
        return (await bot.Services.GetRequiredService<ReportQuery>().ReadAsync(1, period, ReportQuery.ShownCampaigns, CancellationToken.None))!;
    }
}
