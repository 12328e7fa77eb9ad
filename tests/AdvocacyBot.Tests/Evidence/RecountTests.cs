using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Evidence;
using AdvocacyBot.Core.Goals;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Reports.RollUp;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TestData = AdvocacyBot.Tests.Infrastructure.TestData;

namespace AdvocacyBot.Tests.Evidence;

/// <summary>What is shown agrees with <see cref="Recount"/> on random histories, on both databases.</summary>
[Collection(PostgresCollection.Name)]
public sealed class RecountTests(PostgresFixture postgres)
{
    [Fact]
    public void Every_figure_agrees_with_a_plain_recount_of_the_rows() => Agrees(histories: 25);

    [PostgresFact]
    public void Every_figure_agrees_with_a_plain_recount_of_the_rows_on_PostgreSQL()
    {
        TestDatabase.OnPostgres(postgres);
        Agrees(histories: 6);
    }

    private static void Agrees(int histories) => Histories.Check(histories, async seed =>
    {
        await using var bot = await TestBot.StartAsync();
        await new RandomHistory(bot, seed).WriteAsync();
        var rows = await Recount.OfAsync(bot);
        await LaddersAgreeAsync(bot, rows, new Random(seed));
        await CampaignsAgreeAsync(bot, rows);
        await GoalsAgreeAsync(bot, rows);
        await PeopleAgreeAsync(bot, rows);

        // And once more from what is summed up.
        await bot.Services.GetRequiredService<RollUp>().RunAsync(patience: null, CancellationToken.None);
        await ReadGoalsAgreeAsync(bot, rows);
    });

    private static async Task LaddersAgreeAsync(TestBot bot, Recount rows, Random random)
    {
        var workspace = rows.Workspaces.Single().Id;
        for (var i = 0; i < 3; i++)
        {
            var start = TestData.Now.AddHours(-random.Next(1, 900));
            var scope = new LadderScope(workspace, random.Next(2) == 0 ? null : rows.Campaigns[random.Next(rows.Campaigns.Count)].Id, start, start.AddHours(random.Next(0, 600)));
            var ladder = await bot.ScopedAsync((ReadLadder read) => read.RunAsync(scope, CancellationToken.None));
            var counted = rows.Count(scope.WorkspaceId, scope.CampaignId, scope.Start, scope.End);

            Assert.Equal(
                (counted.CouldSee, counted.Active, counted.Opened, counted.Said, counted.Posted, counted.Applicants, counted.Leads),
                (ladder.CouldSee, ladder.Active, ladder.Opened, ladder.Said, ladder.Posted, ladder.Applicants, ladder.Leads));
            Assert.Equivalent(counted.Fetched, ladder.FetchedByNetwork, strict: true);
            Assert.Equivalent(counted.Clicks, ladder.ClicksByNetwork, strict: true);
            Assert.Equivalent(counted.OpenedByNetwork, ladder.OpenedByNetwork, strict: true);
        }
    }

    /// <summary>The query's numbers, and the ones that comms read on the card.</summary>
    private static async Task CampaignsAgreeAsync(TestBot bot, Recount rows)
    {
        var texts = Texts.In(Language.English);
        foreach (var campaign in rows.Campaigns)
        {
            var numbers = await bot.ScopedAsync((CampaignQuery query) => query.ReadAsync(campaign.Id, null, TestData.Now, CancellationToken.None));
            var counted = rows.CountCampaign(campaign.Id, TestData.Now);
            Assert.Equal(counted, new CampaignCount(
                numbers.CouldSee, numbers.Opened, numbers.Said, numbers.Posted, numbers.Sharers, numbers.Fetched, numbers.Clicks, numbers.Reactions, numbers.Applicants, numbers.Leads));

            var shown = CardReader.Text(await bot.DispatchAsync(await bot.PressOfAsync("carmen", CampaignRoutes.Results, campaign.Id))).Split('\n');
            if (counted.CouldSee >= 5)
            {
                Assert.Contains($"{texts["Campaigns.RungOpened"]}: {counted.Opened}", shown);
                Assert.Contains($"{texts["Campaigns.RungSaid"]}: {counted.Said}", shown);
                Assert.Contains($"{texts["Campaigns.RungPosted"]}: {counted.Posted}", shown);
                Assert.Contains($"{texts["Campaigns.RungClicked"]}: {counted.Clicks}", shown);
                var fetched = $"{texts["Campaigns.RungFetched"]}: {counted.Fetched}";
                Assert.Contains(shown, line => line == fetched || line.StartsWith(fetched + " (", StringComparison.Ordinal));
            }
            else
            {
                Assert.DoesNotContain(shown, line => line.StartsWith(texts["Campaigns.RungOpened"], StringComparison.Ordinal));
            }
        }
    }

    private static async Task GoalsAgreeAsync(TestBot bot, Recount rows)
    {
        var texts = Texts.In(Language.English);
        var read = await ReadGoalsAgreeAsync(bot, rows);
        var shown = "";
        for (var page = 1; page <= 3; page++)
        {
            shown += CardReader.Text(await bot.CommandAsync("olivia", $"goals {page}")) + "\n";
        }

        Assert.All(read, progress => Assert.Contains($"{GoalWords.Line(progress, texts)} · {GoalWords.Pace(progress, texts)}", shown, StringComparison.Ordinal));
    }

    private static async Task<IReadOnlyList<GoalProgress>> ReadGoalsAgreeAsync(TestBot bot, Recount rows)
    {
        var goals = await bot.QueryAsync(db => db.Goals.AsNoTracking().ToListAsync());
        var read = await bot.ScopedAsync((ReadGoals query) => query.RunAsync(rows.Workspaces.Single().Id, Roles.Owner, TestData.Now, CancellationToken.None));
        Assert.Equal(goals.Count, read.Count);
        foreach (var goal in goals)
        {
            var progress = read.Single(g => g.GoalId == goal.Id);
            Assert.Equal(rows.CountGoal(goal, TestData.Now, rows.Conversions.Count > 0), (progress.Value, progress.Expected, progress.Pace.ToString()));
        }

        return read;
    }

    private static async Task PeopleAgreeAsync(TestBot bot, Recount rows)
    {
        var texts = Texts.In(Language.English);
        foreach (var id in new[] { "e1", "e2", "carmen" })
        {
            var counted = rows.CountPerson(rows.People.Single(p => p.ExternalId == id).Id);
            var shown = CardReader.Text(await bot.CommandAsync(id, "me")).Split('\n');
            Assert.Contains($"{texts["Campaigns.RungOpened"]}: {counted.Opened}", shown);
            Assert.Contains($"{texts["Campaigns.RungSaid"]}: {counted.Said}", shown);
            Assert.Contains($"{texts["Campaigns.RungPosted"]}: {counted.Posted}", shown);
            Assert.Contains($"{texts["Campaigns.RungFetched"]}: {counted.Fetched}", shown);
            Assert.Contains($"{texts["Campaigns.RungClicked"]}: {counted.Clicks}", shown);
            Assert.Equal(counted.Applicants > 0, shown.Contains($"{texts["Conversions.Applicants"]}: {counted.Applicants}"));
            Assert.Equal(counted.Leads > 0, shown.Contains($"{texts["Conversions.Leads"]}: {counted.Leads}"));
        }
    }
}
