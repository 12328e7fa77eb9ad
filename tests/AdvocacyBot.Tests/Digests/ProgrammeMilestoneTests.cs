using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Reports.RollUp;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Tests.Digests;

/// <summary>Round numbers of the whole programme in each channel's digest.</summary>
[BothDatabases]
public sealed class ProgrammeMilestoneTests
{
    [Theory]
    [InlineData(99, 1, 0, "A milestone of the whole programme: 100 shares so far.")]
    [InlineData(99, 1, 1, null)]
    [InlineData(100, 50, 0, null)]
    [InlineData(60, 940, 0, "A milestone of the whole programme: 1,000 shares so far.")]
    public async Task A_number_that_the_programme_passes_this_week_is_told_once(int before, int now, int undone, string? told)
    {
        await using var bot = await TestBot.StartAsync();
        await bot.PublishAsync("Launch");
        await SharesAsync(bot, "before", before, bot.Clock.GetUtcNow().AddDays(-30), amount: 1);
        await bot.Services.GetRequiredService<RollUp>().RunAsync(patience: null, CancellationToken.None);
        await SharesAsync(bot, "now", now, bot.Clock.GetUtcNow(), amount: 1, from: before);
        await SharesAsync(bot, "undone", undone, bot.Clock.GetUtcNow(), amount: -1, from: before);

        // A share that is said again is the same share.
        await SharesAsync(bot, "again", 5, bot.Clock.GetUtcNow(), amount: 1);

        var digest = CardReader.Text(await bot.CommandAsync("carmen", "digest"));

        Assert.Equal(told is not null, digest.Contains("whole programme:", StringComparison.Ordinal));
        Assert.Contains(told ?? "", digest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_told_in_Hebrew()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.QueryAsync(db => db.People.Where(p => p.ExternalId == "olivia").ExecuteUpdateAsync(set => set.SetProperty(p => p.Language, "he")));
        await bot.PublishAsync("Launch");
        await bot.Services.GetRequiredService<RollUp>().RunAsync(patience: null, CancellationToken.None);
        await SharesAsync(bot, "now", 250, bot.Clock.GetUtcNow(), amount: 1);
        Assert.Contains("אבן דרך של התוכנית כולה: 250 שיתופים עד היום.", CardReader.Text(await bot.CommandAsync("olivia", "digest")), StringComparison.Ordinal);
    }

    /// <summary>One person who takes up a campaign after the other.</summary>
    private static Task SharesAsync(TestBot bot, string key, int count, DateTimeOffset at, int amount, int from = 0) => bot.QueryAsync(async db =>
    {
        var person = await db.People.Where(p => p.ExternalId == "e1").SingleAsync();
        var channel = await db.Conversations.Where(c => c.WorkspaceId == person.WorkspaceId).MinAsync(c => c.Id);
        db.AddRange(Enumerable.Range(from, count).Select(n => new LedgerEvent
        {
            Key = $"{key}:{n}", WorkspaceId = person.WorkspaceId, ConversationId = channel, CampaignId = 1000 + n, PersonId = person.Id, Kind = LedgerKind.Said, Amount = amount, At = at, RecordedAt = at,
        }));
        return await db.SaveChangesAsync();
    });
}
