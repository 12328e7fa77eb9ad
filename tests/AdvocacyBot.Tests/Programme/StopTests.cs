using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Digests;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Tests.Programme;

[BothDatabases]
public sealed class StopTests
{
    [Fact]
    public async Task Stopping_asks_first_and_then_nothing_new_goes_out_until_it_is_resumed()
    {
        await using var bot = await TestBot.StartAsync();
        var prompt = await bot.PublishAsync("Running");
        var ask = CardReader.Form(await bot.CommandAsync("carmen", "stop"));
        Assert.Contains("One campaign is live", CardReader.Text(ask.Card), StringComparison.Ordinal);
        Assert.Null(await bot.QueryAsync(db => db.Workspaces.Select(w => w.StoppedAt).SingleAsync()));
        await bot.SubmitAsync("carmen", ask, "stop");

        await bot.SuggestAsync("e1", "https://example.com/good");
        var later = CardReader.Text(await bot.SubmitAsync("carmen", await bot.ComposeAsync("carmen", "Later"), "publish"));
        bot.Clock.Advance(TimeSpan.FromDays(7));
        await bot.Services.GetRequiredService<PlanDigests>().RunAsync(CancellationToken.None);
        await bot.SendOutboxAsync();

        Assert.Contains("sent after /advocate resume", later, StringComparison.Ordinal);
        Assert.Single(bot.Sender.Sent);
        Assert.Contains("paused", CardReader.Text(bot.Sender.Updated[^1].Message.Card), StringComparison.Ordinal);
        Assert.Contains("paused", CardReader.Text(await bot.PressAsync("e1", prompt, "share")), StringComparison.Ordinal);
        Assert.Contains("הכול כבר עצור", CardReader.Text(await bot.CommandAsync("dana", "stop")), StringComparison.Ordinal);

        Assert.Contains("one campaign runs again", CardReader.Text(await bot.CommandAsync("carmen", "resume")), StringComparison.Ordinal);
        await bot.SendOutboxAsync();

        Assert.Contains(bot.Sender.Sent, sent => CardReader.Text(sent.Message.Card).Contains("Later", StringComparison.Ordinal));
        Assert.NotEmpty(bot.NotesTo("carmen"));
        Assert.Equal(2, bot.Sender.Updated[^1].Message.Card.Actions!.Count);
        Assert.Equal(
            ["campaign.published", "workspace.sending_stopped", "campaign.published", "workspace.sending_resumed"],
            await bot.QueryAsync(db => db.Audit.OrderBy(e => e.Id).Select(e => e.Action).ToListAsync()));
    }

    [Fact]
    public async Task What_somebody_paused_before_stays_paused_afterwards()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.PublishAsync("Paused by hand");
        await bot.PressAsync("carmen", CardReader.Card(await bot.CommandAsync("carmen", "campaigns")), "campaign.pause");
        await bot.PublishAsync("Running");
        await bot.SubmitAsync("carmen", CardReader.Form(await bot.CommandAsync("carmen", "stop")), "stop");

        var list = CardReader.Card(await bot.CommandAsync("carmen", "campaigns"));
        Assert.Contains("Everything is stopped", CardReader.Text(list), StringComparison.Ordinal);
        Assert.Contains("Stopped with everything", CardReader.Text(list), StringComparison.Ordinal);
        Assert.Contains("cannot be resumed", CardReader.Text(await bot.PressAsync("carmen", list, "campaign.resume")), StringComparison.Ordinal);
        await bot.CommandAsync("carmen", "resume");

        Assert.Equal(
            [("Paused by hand", CampaignState.Paused), ("Running", CampaignState.Running)],
            (await bot.QueryAsync(db => db.Campaigns.OrderBy(c => c.Title).ToListAsync())).ConvertAll(c => (c.Title, c.State)));
        Assert.Contains("Nothing is stopped", CardReader.Text(await bot.CommandAsync("carmen", "resume")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_the_question_stops_nothing()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.PublishAsync("Running");

        await bot.SubmitAsync("carmen", CardReader.Form(await bot.CommandAsync("carmen", "stop")), "cancel");

        Assert.Equal(CampaignState.Running, await bot.QueryAsync(db => db.Campaigns.Select(c => c.State).SingleAsync()));
        Assert.Null(await bot.QueryAsync(db => db.Workspaces.Select(w => w.StoppedAt).SingleAsync()));
    }

    [Fact]
    public async Task What_is_done_while_it_sends_holds_the_rest()
    {
        await using var bot = await TestBot.StartAsync();
        var ids = await bot.QueryAsync(db => db.Conversations.Select(c => c.Id).ToListAsync());
        await bot.SubmitAsync("carmen", await bot.ComposeAsync("carmen", "Both", string.Join(',', ids)), "publish");
        bot.Sender.MostAtOnce = 1;
        bot.Sender.OnSend = () => bot.QueryAsync(db => db.Workspaces.ExecuteUpdateAsync(set => set.SetProperty(w => w.StoppedAt, bot.Clock.GetUtcNow())));

        await bot.SendOutboxAsync();

        Assert.Single(bot.Sender.Sent);
        Assert.Equal(1, await bot.QueryAsync(db => db.Deliveries.CountAsync(d => d.State == DeliveryState.Pending)));
    }
}
