using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Tests.Delivery;

[BothDatabases]
public sealed class DeliveryWorkerTests
{
    [Fact]
    public async Task What_the_platform_asks_to_wait_for_is_sent_later_and_once()
    {
        await using var bot = await TestBot.StartAsync();
        bot.Sender.Next.Enqueue(new SendResult.RetryAfter(TimeSpan.FromSeconds(30), "conversation"));
        await bot.SubmitAsync("carmen", await bot.ComposeAsync("carmen", "Wait"), "publish");

        await bot.SendOutboxAsync();
        Assert.Empty(bot.Sender.Sent);
        bot.Clock.Advance(TimeSpan.FromSeconds(29));
        await bot.SendOutboxAsync();
        Assert.Empty(bot.Sender.Sent);
        bot.Clock.Advance(TimeSpan.FromSeconds(1));
        await bot.SendOutboxAsync();

        Assert.Single(bot.Sender.Sent);
        Assert.Equal((DeliveryState.Sent, 2), await StateAsync(bot));
    }

    [Fact]
    public async Task A_message_whose_sending_broke_off_is_unknown_and_never_sent_again_by_itself()
    {
        await using var bot = await TestBot.StartAsync();
        bot.Sender.BreakAfterTaking = true;
        await bot.SubmitAsync("carmen", await bot.ComposeAsync("carmen", "Doubtful"), "publish");

        await bot.SendOutboxAsync();
        bot.Clock.Advance(TimeSpan.FromDays(1));
        await bot.SendOutboxAsync();

        Assert.Single(bot.Sender.Sent);
        Assert.Equal((DeliveryState.Unknown, 1), await StateAsync(bot));
    }

    [Theory]
    [InlineData(true, true, DeliveryState.Sent)]
    [InlineData(true, false, DeliveryState.Pending)]
    [InlineData(false, true, DeliveryState.Unknown)]
    public async Task After_a_crash_the_platform_is_asked_what_became_of_it(bool canFind, bool wasSent, DeliveryState expected)
    {
        await using var bot = await TestBot.StartAsync();
        await bot.SubmitAsync("carmen", await bot.ComposeAsync("carmen", "Crashed"), "publish");
        if (wasSent)
        {
            await bot.SendOutboxAsync();
        }

        // What a kill between the call and its booking leaves behind.
        await bot.QueryAsync(db => db.Deliveries.ExecuteUpdateAsync(set => set.SetProperty(d => d.State, DeliveryState.Sending).SetProperty(d => d.MessageId, (string?)null)));
        await bot.QueryAsync(db => db.Prompts.ExecuteUpdateAsync(set => set.SetProperty(p => p.MessageId, (string?)null).SetProperty(p => p.PostedAt, (DateTimeOffset?)null)));
        bot.Sender.CanFind = canFind;
        await bot.RestartAsync();
        await bot.Services.GetRequiredService<DeliveryWorker>().RecoverAsync(CancellationToken.None);

        Assert.Equal(expected, (await StateAsync(bot)).State);
        Assert.Equal(expected == DeliveryState.Sent, await bot.QueryAsync(db => db.Prompts.AnyAsync(p => p.MessageId != null)));
        await bot.SendOutboxAsync();
        Assert.Single(bot.Sender.Sent);
    }

    [Fact]
    public async Task A_channel_that_is_gone_fails_with_the_platforms_reason()
    {
        await using var bot = await TestBot.StartAsync();
        bot.Sender.Next.Enqueue(new SendResult.Gone("channel_not_found"));
        await bot.SubmitAsync("carmen", await bot.ComposeAsync("carmen", "Gone"), "publish");

        await bot.SendOutboxAsync();

        var delivery = await bot.QueryAsync(db => db.Deliveries.SingleAsync());
        Assert.Equal((DeliveryState.Failed, "channel_not_found"), (delivery.State, delivery.Reason));
    }

    [Fact]
    public async Task A_paused_campaign_is_skipped_and_posted_after_it_is_resumed()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.SubmitAsync("carmen", await bot.ComposeAsync("carmen", "Early pause"), "publish");
        var list = CardReader.Card(await bot.CommandAsync("carmen", "campaigns"));
        var paused = CardReader.Card(await bot.PressAsync("carmen", list, "campaign.pause"));
        await bot.SendOutboxAsync();
        Assert.Empty(bot.Sender.Sent);

        await bot.PressAsync("carmen", paused, "campaign.resume");
        await bot.SendOutboxAsync();

        Assert.Single(bot.Sender.Sent);
    }

    [Fact]
    public async Task A_delivery_that_cannot_be_built_holds_up_no_other_and_is_given_up_in_the_end()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.QueryAsync(async db =>
        {
            var place = await db.Conversations.FirstAsync(c => c.ExternalId == TestBot.General);
            var now = bot.Clock.GetUtcNow().AddMinutes(-1);
            db.Add(new Core.Data.Delivery { PublicId = Guid.NewGuid(), WorkspaceId = place.WorkspaceId, ConversationId = place.Id, Kind = DeliveryKind.Digest, Key = "broken", Period = "not a day", NotBefore = now, CreatedAt = now, UpdatedAt = now });
            return await db.SaveChangesAsync();
        });
        await bot.SubmitAsync("carmen", await bot.ComposeAsync("carmen", "Behind it"), "publish");

        await bot.SendOutboxAsync();
        Assert.Single(bot.Sender.Sent);
        Assert.Equal((DeliveryState.Pending, 1), await BrokenAsync());
        await bot.SendOutboxAsync();
        Assert.Equal((DeliveryState.Pending, 1), await BrokenAsync());
        for (var i = 1; i < DeliveryWorker.MaxAttempts; i++)
        {
            bot.Clock.Advance(TimeSpan.FromMinutes(5));
            await bot.SendOutboxAsync();
        }

        Assert.Equal((DeliveryState.Failed, DeliveryWorker.MaxAttempts), await BrokenAsync());

        Task<(DeliveryState, int)> BrokenAsync() => bot.QueryAsync(async db =>
        {
            var broken = await db.Deliveries.SingleAsync(d => d.Key == "broken");
            return (broken.State, broken.Attempts);
        });
    }

    private static async Task<(DeliveryState State, int Attempts)> StateAsync(TestBot bot)
    {
        var delivery = await bot.QueryAsync(db => db.Deliveries.SingleAsync());
        return (delivery.State, delivery.Attempts);
    }
}
