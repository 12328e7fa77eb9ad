using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Tests.Broadcasts;

/// <summary>Two transactions of PostgreSQL at the same time: one edits a campaign, the other notes that its messages were sent.</summary>
[Collection(PostgresCollection.Name)]
public sealed class EditAgainstSentTests(PostgresFixture postgres)
{
    [PostgresFact]
    public async Task An_edit_that_commits_just_when_messages_are_noted_as_sent_is_followed_by_them()
    {
        TestDatabase.OnPostgres(postgres);
        await using var bot = await TestBot.StartAsync();
        var preview = await bot.ComposeForAsync("carmen", "Before", "", ("people", "direct"));
        await bot.SubmitAsync("carmen", preview, "publish");

        // It has planned its updates, for none of the messages, and goes on for a moment.
        await using var scope = bot.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AdvocacyDb>();
        await using var edit = await db.Database.BeginTransactionAsync();
        var campaign = await db.Campaigns.Include(c => c.Prompts).SingleAsync();
        campaign.Title = "After";
        campaign.Version++;
        await scope.ServiceProvider.GetRequiredService<PublishCampaign>().PlanAsync(campaign, bot.Clock.GetUtcNow(), CancellationToken.None);
        await db.SaveChangesAsync();

        var sending = bot.SendOutboxAsync();
        await Eventually.SeeAsync(async () => sending.IsCompleted || await WaitsAsync(bot), "messages that are to be noted as sent");
        Assert.NotEmpty(bot.Prompts());
        await edit.CommitAsync();
        await sending;
        await bot.SendOutboxAsync();

        Assert.Equal(12, bot.Prompts().Count);
        foreach (var (message, id) in bot.Prompts())
        {
            var last = bot.Sender.Updated.FindLast(update => update.Id == id).Message ?? message;
            Assert.Contains("After", CardReader.Text(last.Card), StringComparison.Ordinal);
        }
    }

    private static Task<bool> WaitsAsync(TestBot bot) => bot.QueryAsync(db => db.Database
        .SqlQuery<bool>($"SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock') AS \"Value\"")
        .SingleAsync());
}
