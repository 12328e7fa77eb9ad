using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Reports;
using AdvocacyBot.Tests.Conversions;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Tests.Reports;

/// <summary>What goals, conversions and costs add to the report.</summary>
[BothDatabases]
public sealed class ReportExtrasTests
{
    [Fact]
    public async Task Goals_applicants_and_earned_media_value_stand_in_the_report()
    {
        await using var bot = await TestBot.StartAsync();
        var share = await RecordConversionsTests.ShareAsync(bot, "e1", "Jobs");
        await RecordConversionsTests.ReportAsync(bot, $$"""{ "id": "A-1", "type": "applicant", "ref": "{{share.Code}}k" }""", """{ "id": "L-1", "type": "lead" }""");
        await bot.QueryAsync(db =>
        {
            db.Add(new Goal { WorkspaceId = 1, Kind = GoalKind.Applicants, Target = 2, StartsOn = "2026-11-23", EndsOn = "2026-12-31" });
            db.Add(new Goal { WorkspaceId = 1, Kind = GoalKind.Opened, Target = 2, CampaignId = share.CampaignId, StartsOn = "2026-12-01", EndsOn = "2026-12-31" });
            db.Add(new ClickCost { WorkspaceId = 1, Currency = "EUR", Network = "linkedin", Cost = 2.5m });
            db.AddRange(new[] { "linkedin", "linkedin", "x" }.Select(network => new Click
            {
                ShareId = share.Id, CampaignId = share.CampaignId, ConversationId = share.ConversationId, Network = network, At = bot.Clock.GetUtcNow(), UserAgentId = 1,
            }));
            return db.SaveChangesAsync();
        });
        bot.Clock.Advance(TimeSpan.FromHours(1));

        var extras = await ReadAsync(bot);

        Assert.Equal(
            new (string, string)[] { ("applicants", "1"), ("leads", "0"), ("value-EUR", "5.00 EUR") },
            extras.Figures.Select(figure => (figure.Key, figure.Value)));
        Assert.All(extras.Figures, figure => Assert.NotEmpty(figure.Formula));
        Assert.Equal("One visit is on a network without a cost, and worth nothing here", extras.Figures[2].Beside);
        Assert.Equal(new object?[] { "Applicants", "whole programme", "1", "2" }, extras.Goals!.Rows[0].Take(4));
        Assert.Equal("on track", (string?)extras.Goals.Rows[0][5]);
        Assert.Equal("Jobs e1", (string?)extras.Goals.Rows[1][1]);
        Assert.StartsWith("One applicant", extras.Own["applicants"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_there_is_nothing_of_the_kind_nothing_is_said_of_it()
    {
        await using var bot = await TestBot.StartAsync();
        await RecordConversionsTests.ShareAsync(bot, "e1", "Jobs");

        var extras = await ReadAsync(bot);

        Assert.Empty(extras.Figures);
        Assert.Null(extras.Goals);
        Assert.Empty(extras.Own);
    }

    private static async Task<ReportExtras> ReadAsync(TestBot bot)
    {
        var visitor = new ReportVisitor(1, 1, 1, "Test", "Europe/London", Roles.Owner, Language.English);
        var period = ReportPeriod.Of(4, visitor.TimeZone, bot.Clock.GetUtcNow());
        var numbers = await bot.Services.GetRequiredService<ReportQuery>().ReadAsync(visitor.WorkspaceId, period, mostCampaigns: 20, CancellationToken.None);
        return await bot.ScopedAsync((ReadExtras extras) => extras.RunAsync(visitor, numbers!, Texts.In(Language.English), CancellationToken.None));
    }
}
