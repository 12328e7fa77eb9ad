using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.People;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Tests.Conversions;

/// <summary>What conversions hold about a colleague.</summary>
[BothDatabases]
public sealed class ConversionTracesTests
{
    [Fact]
    public async Task An_erased_colleagues_applicants_stay_with_the_campaign_as_nobodys()
    {
        await using var bot = await TestBot.StartAsync();
        var share = await RecordConversionsTests.ShareAsync(bot, "e1", "Jobs");
        await RecordConversionsTests.ReportAsync(bot, $$"""{ "id": "A-1", "type": "applicant", "ref": "{{share.Code}}k" }""");
        var exported = System.Text.Encoding.UTF8.GetString((await bot.ScopedAsync((ExportPerson export) => export.RunAsync(share.PersonId, CancellationToken.None)))!);

        await using (var scope = bot.Services.CreateAsyncScope())
        {
            await using var transaction = await scope.ServiceProvider.GetRequiredService<AdvocacyDb>().Database.BeginTransactionAsync();
            Assert.Equal(EraseOutcome.Erased, await scope.ServiceProvider.GetRequiredService<ErasePerson>().RunAsync(share.PersonId, actorId: null, bot.Clock.GetUtcNow(), CancellationToken.None));
            await transaction.CommitAsync();
        }

        Assert.Contains("\"applicant\"", exported, StringComparison.Ordinal);
        Assert.DoesNotContain("A-1", exported, StringComparison.Ordinal);
        var stored = await bot.QueryAsync(db => db.Conversions.AsNoTracking().SingleAsync());
        Assert.NotEqual(share.PersonId, stored.PersonId);
        Assert.Equal(share.CampaignId, stored.CampaignId);
        Assert.Equal("", await bot.QueryAsync(db => db.People.Where(p => p.Id == stored.PersonId).Select(p => p.Name).SingleAsync()));
    }
}
