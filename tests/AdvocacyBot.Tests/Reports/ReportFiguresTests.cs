using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Evidence;
using AdvocacyBot.Core.Goals;
using AdvocacyBot.Core.Links;
using AdvocacyBot.Core.Reports;
using AdvocacyBot.Core.Reports.RollUp;
using AdvocacyBot.Tests.Digests;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace AdvocacyBot.Tests.Reports;

/// <summary>The report's figures, read from days that are kept up to date, beside a plain count over all rows.</summary>
[Collection(PostgresCollection.Name)]
public sealed class ReportFiguresTests(PostgresFixture postgres)
{
    private static readonly string[] Zones = ["Etc/UTC", "Asia/Jerusalem", "America/New_York", "Pacific/Apia", "Asia/Kathmandu"];

    [Fact]
    public async Task On_SQLite_figures_agree_with_a_plain_count_whatever_happens()
    {
        await using var world = await DigestWorld.CreateAsync(migrated: true);
        AgreesOnAnyHistory(world, histories: 40);
    }

    [PostgresFact]
    public async Task On_PostgreSQL_figures_agree_with_a_plain_count_whatever_happens()
    {
        await using var world = await DigestWorld.CreateAsync(await postgres.CreateDatabaseAsync(), migrated: true);
        AgreesOnAnyHistory(world, histories: 15);
    }

    [Fact]
    public async Task Few_new_rows_are_read_beside_the_days_without_writing_anything()
    {
        await using var world = await DigestWorld.CreateAsync(migrated: true);
        await DigestHistory.WriteAsync(world, 7);
        using var reports = new Reports(world);
        await reports.AgreeAsync();
        var before = await DaysAsync(world);

        await DigestHistory.WriteAsync(world, 8);
        await world.ChangeAsync(db => db.ReportStale.ExecuteDeleteAsync());
        await reports.AgreeAsync(seen: false);

        Assert.Equal(before, await DaysAsync(world));
    }

    [Fact]
    public async Task Days_that_are_thrown_away_come_back_as_they_were()
    {
        await using var world = await DigestWorld.CreateAsync(migrated: true);
        await DigestHistory.WriteAsync(world, 11);
        using var reports = new Reports(world);
        await reports.AgreeAsync();
        var before = await DaysAsync(world);
        await world.ChangeAsync(async db =>
        {
            await db.ReportDays.ExecuteDeleteAsync();
            await db.ReportProgress.ExecuteDeleteAsync();
            await db.ReportCalendars.ExecuteDeleteAsync();
        });

        await reports.AgreeAsync();

        Assert.NotEmpty(before);
        Assert.Equal(before, await DaysAsync(world));
    }

    [Fact]
    public void Weeks_begin_on_Sunday_in_Israel_and_on_Monday_elsewhere()
    {
        var now = new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);
        Assert.Equal(new NodaTime.LocalDate(2026, 11, 2), ReportPeriod.Of(4, "Europe/London", now).First);
        Assert.Equal(new NodaTime.LocalDate(2026, 11, 1), ReportPeriod.Of(4, "Asia/Jerusalem", now).First);
        Assert.Equal(ReportPeriod.Default, ReportPeriod.Of(5, "Europe/London", now).Weeks);
    }

    private static void AgreesOnAnyHistory(DigestWorld world, int histories) => Histories.Check(histories, async seed =>
    {
        var random = new Random(seed);
        await world.ChangeWorkspaceAsync();
        using var reports = new Reports(world);
        await DigestHistory.WriteAsync(world, seed);
        await AddAsync(world, random);
        await reports.AgreeAsync();

        // More comes in, late as well, and by two hosts that sum up at the same time.
        await DigestHistory.WriteAsync(world, seed ^ 1);
        using var other = new Reports(world);
        await Task.WhenAll(reports.RollUp.RunAsync(patience: null, CancellationToken.None), other.RollUp.RunAsync(patience: null, CancellationToken.None));
        await reports.AgreeAsync();

        await ChangeAsync(world, random);
        await reports.AgreeAsync();
        await MoveAsync(world, Zones[random.Next(Zones.Length)]);
        await reports.AgreeAsync();
    });

    /// <summary>Profiles, prices, applicants and leads, and goals of the whole programme of different lengths.</summary>
    private static Task AddAsync(DigestWorld world, Random random) => world.ChangeAsync(async db =>
    {
        var workspace = world.Workspace.Id;
        var people = await db.People.Where(p => p.WorkspaceId == workspace).OrderBy(p => p.Id).Select(p => p.Id).ToListAsync();
        foreach (var person in people.Where(id => id % 6 != 0))
        {
            db.Add(new PersonProfile
            {
                PersonId = person, HumanId = person, Department = random.Next(4) == 0 ? null : random.Next(3) == 0 ? "Legal" : "Sales", Location = random.Next(3) == 0 ? "Haifa" : null,
                Personas = random.Next(4) switch { 0 => null, 1 => "|engineer|", 2 => "|speaker|", _ => "|engineer|speaker|" }, UpdatedAt = DigestWorld.Monday,
            });
        }

        // Some are of a person whom the period does not know, some of nobody any more, some of no link, some are taken back.
        db.AddRange(Enumerable.Range(0, random.Next(15)).Select(n => new Conversion
        {
            WorkspaceId = workspace, ExternalId = $"A-{n}", Type = random.Next(8) == 0 ? null : (ConversionType)random.Next(2), At = DigestWorld.Monday.AddHours(random.Next(-60 * 24, 10 * 24)),
            RecordedAt = DigestWorld.Monday, PersonId = random.Next(6) == 0 ? null : people[random.Next(people.Count)], CampaignId = random.Next(5) == 0 ? null : 1,
            ReversedAt = random.Next(5) == 0 ? DigestWorld.Monday : null,
        }));
        var opened = random.Next(2) == 0;
        db.AddRange(new[] { "*", "linkedin" }[random.Next(2)..].Select(network => new ClickCost { WorkspaceId = workspace, Currency = "EUR", Network = network, Cost = random.Next(1, 40_000) / 10_000m, CountsOpened = opened }));
        foreach (var kind in new[] { GoalKind.ParticipationRate, GoalKind.PeopleActive, GoalKind.Opened, GoalKind.Said, GoalKind.HumanClicks, GoalKind.EarnedMediaValue })
        {
            var first = DateOnly.FromDateTime(DigestWorld.Monday.UtcDateTime).AddDays(random.Next(-30, 3));
            db.Add(new Goal
            {
                WorkspaceId = workspace, Kind = kind, Target = 10, Currency = kind == GoalKind.EarnedMediaValue ? "EUR" : null, StartsOn = $"{first:yyyy-MM-dd}",
                EndsOn = $"{first.AddDays(random.Next(0, 40)):yyyy-MM-dd}", CreatedAt = DigestWorld.Monday,
            });
        }
    });

    /// <summary>Somebody is erased, the click rule is run again, stays and prompts end, and somebody cannot be reached any more.</summary>
    private static Task ChangeAsync(DigestWorld world, Random random) => world.ChangeAsync(async db =>
    {
        var workspace = world.Workspace.Id;
        var channels = await db.Conversations.Where(c => c.WorkspaceId == workspace).Select(c => c.Id).ToListAsync();
        var people = await db.People.Where(p => p.WorkspaceId == workspace).OrderBy(p => p.Id).ToListAsync();
        var (gone, heir) = (people[random.Next(people.Count)].Id, people[0].Id);
        await db.Ledger.Where(e => e.WorkspaceId == workspace && e.PersonId == gone).ExecuteUpdateAsync(set => set.SetProperty(e => e.PersonId, heir));
        await db.Memberships.Where(m => m.PersonId == gone).ExecuteUpdateAsync(set => set.SetProperty(m => m.PersonId, heir));
        var deleted = people[random.Next(people.Count)].Id;
        await db.Ledger.Where(e => e.WorkspaceId == workspace && e.PersonId == deleted).ExecuteDeleteAsync();
        await db.Clicks.Where(c => channels.Contains(c.ConversationId) && c.Id % 3 == 0).ExecuteUpdateAsync(set => set.SetProperty(c => c.Class, (int)ClickClass.Robot));
        var left = DigestWorld.Monday.AddHours(random.Next(-300, 0));
        await db.Memberships.Where(m => channels.Contains(m.ConversationId) && m.LeftAt == null && m.JoinedAt < left && m.Id % 2 == 0).ExecuteUpdateAsync(set => set.SetProperty(m => m.LeftAt, left));
        await db.Memberships.Where(m => channels.Contains(m.ConversationId) && m.Id % 5 == 0).ExecuteDeleteAsync();
        await db.Prompts.Where(p => channels.Contains(p.ConversationId) && p.PostedAt != null && p.EndedAt == null && p.Id % 2 == 0).ExecuteUpdateAsync(set => set.SetProperty(p => p.EndedAt, left));
        people[^1].Reachable = false;
    });

    private static Task MoveAsync(DigestWorld world, string zone) =>
        world.ChangeAsync(db => db.Workspaces.Where(w => w.Id == world.Workspace.Id).ExecuteUpdateAsync(set => set.SetProperty(w => w.TimeZone, zone)));

    private static async Task<List<string>> DaysAsync(DigestWorld world)
    {
        await using var db = world.CreateDbContext();
        var days = await db.ReportDays.AsNoTracking().OrderBy(d => d.Day).ToListAsync();
        var nothing = Convert.ToHexString(DayBytes.Write(new DayFacts()));
        return [.. days.Select(d => (d.Day, Facts: Convert.ToHexString(d.Facts ?? []).Replace(nothing, "", StringComparison.Ordinal), Seen: Convert.ToHexString(d.Seen ?? [])))
            .Where(d => d.Facts.Length + d.Seen.Length > 0).Select(d => $"{d.Day}: {d.Facts} {d.Seen}")];
    }

    private sealed class Reports(DigestWorld world) : IDisposable
    {
        public RollUp RollUp { get; } = new(world.Database, world.Clock, NullLogger<RollUp>.Instance);

        /// <param name="seen">Whether to compare who could see something, too.</param>
        public async Task AgreeAsync(bool seen = true)
        {
            string zone;
            await using (var db = world.CreateDbContext())
            {
                zone = await db.Workspaces.Where(w => w.Id == world.Workspace.Id).Select(w => w.TimeZone).SingleAsync();
            }

            var oracle = await ReportOracle.OfAsync(world);
            foreach (var weeks in new[] { 4, 13 })
            {
                var numbers = await new ReportQuery(world.Database, RollUp).ReadAsync(world.Workspace.Id, ReportPeriod.Of(weeks, zone, world.Clock.GetUtcNow()), ReportQuery.ShownCampaigns, CancellationToken.None);
                Assert.NotNull(numbers);
                oracle.AssertAgrees(numbers, seen);
            }

            await using (var db = world.CreateDbContext())
            {
                var goals = await new ReadGoals(db, new ReadLadder(db, new DayLadders(world.Database))).RunAsync(world.Workspace.Id, Roles.Owner, world.Clock.GetUtcNow(), CancellationToken.None);
                oracle.AssertAgrees(goals, zone, LocalDays.Date(new LocalDays(zone).Of(world.Clock.GetUtcNow().ToUnixTimeMilliseconds())));
            }
        }

        public void Dispose() => RollUp.Dispose();
    }
}
