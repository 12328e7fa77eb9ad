using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Networks;
using AdvocacyBot.Core.People;
using AdvocacyBot.Core.Reports;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Tests.Reports;

/// <summary>Departments, personas, and whom shares may have reached: all made of what is known of single people.</summary>
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

    [Fact]
    public async Task Profiles_that_were_put_together_follow_every_change()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.PublishAsync("News", channels: "1");
        var people = await bot.QueryAsync(db => db.People.OrderBy(p => p.Id).Select(p => p.Id).ToListAsync());
        await AddAsync(people, "Sales");
        bot.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("Sales 12", await LinesAsync());
        Assert.Equal((1, 0), await bot.QueryAsync(async db => (await db.ReportProfiles.CountAsync(), await db.ReportStale.CountAsync())));

        await bot.QueryAsync(db => db.Set<PersonProfile>().Where(p => p.PersonId <= people[5]).ExecuteUpdateAsync(set => set.SetProperty(p => p.Department, "Legal")));
        Assert.Equal("Legal 6, Sales 6", await LinesAsync());
        await bot.QueryAsync(db => db.Set<PersonProfile>().Where(p => p.PersonId == people[11]).ExecuteDeleteAsync());
        Assert.Equal("Legal 6, (others) 6", await LinesAsync());
        await AddAsync([people[11]], "Legal");
        Assert.Equal("Legal 7, Sales 5", await LinesAsync());

        // What stands there can be thrown away.
        await bot.QueryAsync(db => db.ReportProfiles.ExecuteDeleteAsync());
        Assert.Equal("Legal 7, Sales 5", await LinesAsync());

        Task<int> AddAsync(IEnumerable<long> ids, string department) => bot.QueryAsync(db =>
        {
            db.AddRange(ids.Select(id => new PersonProfile { PersonId = id, HumanId = id, Department = department, UpdatedAt = bot.Clock.GetUtcNow() }));
            return db.SaveChangesAsync();
        });
        async Task<string> LinesAsync() => string.Join(", ", Assert.Single((await ReadAsync(bot)).Segments).Lines.Select(line => $"{line.Name ?? "(others)"} {line.CouldSee}"));
    }

    [Fact]
    public async Task Leads_stand_beside_the_personas_whose_links_they_came_through_and_few_people_are_hidden()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.PublishAsync("News", channels: "1");
        await bot.QueryAsync(async db =>
        {
            var ids = await db.People.OrderBy(p => p.Id).Select(p => p.Id).ToListAsync();
            var former = new Person { WorkspaceId = 1, ExternalId = "former", Name = "Former", Reachable = false, CreatedAt = bot.Clock.GetUtcNow() };
            db.Add(former);
            await db.SaveChangesAsync();
            string? Personas(int i) => i switch { < 5 => "|seller|", < 7 => "|engineer|seller|", < 9 => "|engineer|", _ => null };
            db.AddRange(ids.Index().Where(p => Personas(p.Index) is not null)
                .Select(p => new PersonProfile { PersonId = p.Item, HumanId = p.Item, Personas = Personas(p.Index), UpdatedAt = bot.Clock.GetUtcNow() }));
            db.Add(new PersonProfile { PersonId = former.Id, HumanId = former.Id, Personas = "|seller|", UpdatedAt = bot.Clock.GetUtcNow() });
            var campaign = await db.Campaigns.Select(c => c.Id).SingleAsync();
            Conversion Brought(int n, long? person, ConversionType type = ConversionType.Lead, bool reversed = false) => new()
            {
                WorkspaceId = 1, ExternalId = $"{n}", Type = type, PersonId = person, CampaignId = campaign, At = bot.Clock.GetUtcNow(), RecordedAt = bot.Clock.GetUtcNow(),
                ReversedAt = reversed ? bot.Clock.GetUtcNow() : null,
            };
            db.AddRange(
                Brought(1, ids[0]), Brought(2, ids[0]), Brought(3, ids[5]), Brought(4, ids[8], ConversionType.Applicant), Brought(5, ids[10]), Brought(6, former.Id),
                Brought(7, ids[1], reversed: true), Brought(8, person: null));
            return await db.SaveChangesAsync();
        });
        bot.Clock.Advance(TimeSpan.FromHours(1));

        var numbers = await ReadAsync(bot);
        var set = Assert.Single(numbers.Segments);
        Assert.Equal("persona", set.Name);
        Assert.Equal(
            [("seller", 7, 0, 4), (null, 7, 1, 3)], set.Lines.Select(line => (line.Name, line.CouldSee, line.Applicants, line.Leads)));

        var (tables, texts) = (new Core.Reports.ReportTables(NetworkCatalogue.Load()), Texts.In(Language.English));
        var table = tables.All(numbers, new ReportExtras { Converted = true }, texts).Single(t => t.Key == "segment1");
        Assert.Equal("Personas", table.Title);
        Assert.Equal(["segment", "rate", "couldSee", "acted", "sharers", "applicants", "leads"], table.Columns.Select(c => c.Key));
        Assert.Equal(new object?[] { "seller", 0.0, 7, 0, 0, 0, 4 }, table.Rows[0]);
        Assert.Equal("Somebody of several personas is in each of them, so the lines do not add up to the whole. Groups of fewer than five people are not shown alone.", table.Note);
        Assert.Equal(5, tables.All(numbers, new ReportExtras(), texts).Single(t => t.Key == "segment1").Columns.Count);
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
