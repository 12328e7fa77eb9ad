using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Core.Suggestions;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Tests.Delivery;

/// <summary>Many messages at once: what holds for all of them, and what a broken-off run leaves.</summary>
[BothDatabases]
public sealed class OutboxRunTests
{
    /// <summary>All go out at once.</summary>
    private const int People = SendWindow.Least;

    [Theory]
    [InlineData(Throttled.Method)]
    [InlineData(Throttled.Workspace)]
    public async Task A_wait_that_holds_for_all_holds_all_and_counts_as_nobodys_attempt(Throttled holds)
    {
        await using var bot = await TestBot.StartAsync();
        await FillAsync(bot);
        for (var i = 0; i < People; i++)
        {
            bot.Sender.Next.Enqueue(new SendResult.RetryAfter(TimeSpan.FromSeconds(30), "chat.postMessage", holds));
        }

        var pass = await PassAsync(bot);

        Assert.Equal(bot.Clock.GetUtcNow().AddSeconds(30), pass.Next);
        Assert.Equal([(DeliveryState.Pending, 0)], await StatesAsync(bot));
        bot.Clock.Advance(TimeSpan.FromSeconds(29));
        await PassAsync(bot);
        Assert.Empty(bot.Sender.Sent);
        bot.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null((await PassAsync(bot)).Next);
        Assert.Equal(People, bot.Sender.Sent.Count);
        Assert.Equal([(DeliveryState.Sent, 1)], await StatesAsync(bot));
    }

    [Fact]
    public async Task A_platform_that_is_away_is_asked_again_in_growing_steps_and_nothing_fails()
    {
        await using var bot = await TestBot.StartAsync();
        await FillAsync(bot);
        for (var outage = 1; outage <= DeliveryWorker.MaxAttempts + 2; outage++)
        {
            for (var i = 0; i < People; i++)
            {
                bot.Sender.Next.Enqueue(new SendResult.RetryAfter(TimeSpan.Zero, "away", Throttled.Workspace));
            }

            var next = (await PassAsync(bot)).Next!.Value;
            Assert.Equal(TimeSpan.FromSeconds(Math.Pow(2, Math.Min(outage, 6))), next - bot.Clock.GetUtcNow());
            bot.Clock.Advance(next - bot.Clock.GetUtcNow());
        }

        await PassAsync(bot);

        Assert.Equal(People, bot.Sender.Sent.Count);
        Assert.Equal([(DeliveryState.Sent, 1)], await StatesAsync(bot));
    }

    [Fact]
    public async Task What_is_in_doubt_waits_until_the_platform_can_tell_and_holds_up_nothing()
    {
        await using var bot = await TestBot.StartAsync();
        await FillAsync(bot);
        var first = await bot.QueryAsync(db => db.Deliveries.OrderBy(d => d.Id).Select(d => d.Id).FirstAsync());
        await bot.QueryAsync(db => db.Deliveries.Where(d => d.Id == first).ExecuteUpdateAsync(set => set.SetProperty(d => d.State, DeliveryState.Sending)));
        bot.Sender.FindsLater = TimeSpan.FromMinutes(1);

        var pass = await PassAsync(bot);

        Assert.Equal(People - 1, bot.Sender.Sent.Count);
        Assert.Equal(bot.Clock.GetUtcNow().AddMinutes(1), pass.Next);
        await PassAsync(bot);
        Assert.Equal(People - 1, bot.Sender.Sent.Count);

        bot.Sender.FindsLater = null;
        bot.Clock.Advance(TimeSpan.FromMinutes(1));
        await PassAsync(bot);
        Assert.Equal(People, bot.Sender.Sent.Count);
        Assert.Null((await PassAsync(bot)).Next);
    }

    [Fact]
    public async Task What_is_taken_back_or_stopped_while_others_go_out_is_not_sent()
    {
        await using var bot = await TestBot.StartAsync();
        await FillAsync(bot, twoEach: true);
        bot.Sender.OnSend = () => bot.QueryAsync(db => db.Workspaces.ExecuteUpdateAsync(set => set.SetProperty(w => w.StoppedAt, bot.Clock.GetUtcNow())));

        await PassAsync(bot);

        // Of two for the same person only one was on its way when everything was stopped.
        Assert.Equal(People, bot.Sender.Sent.Count);
        Assert.Equal(People, bot.Sender.Sent.Select(sent => sent.Message.Recipient!.Id).Distinct().Count());
        await bot.QueryAsync(db => db.Workspaces.ExecuteUpdateAsync(set => set.SetProperty(w => w.StoppedAt, (DateTimeOffset?)null)));
        bot.Sender.OnSend = null;
        await PassAsync(bot);
        Assert.Equal(People * 2, bot.Sender.Sent.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_hundreds_that_are_made_ahead_none_goes_out_after_a_stop_or_a_wait_for_all_and_each_goes_out_once(bool stops)
    {
        const int Crowd = 300;
        await using var bot = await TestBot.StartAsync();
        await bot.QueryAsync(async db =>
        {
            var workspace = await db.Workspaces.SingleAsync();
            db.AddRange(Enumerable.Range(0, Crowd - People).Select(i => new Person { WorkspaceId = workspace.Id, ExternalId = $"crowd{i:D3}", Name = "Somebody", CreatedAt = bot.Clock.GetUtcNow() }));
            return await db.SaveChangesAsync();
        });
        await FillAsync(bot, people: Crowd);
        var seen = 0;
        bot.Sender.OnSend = async () =>
        {
            if (++seen != Crowd / 2)
            {
                return;
            }

            bot.Sender.Next.Enqueue(new SendResult.RetryAfter(TimeSpan.FromSeconds(30), "chat.postMessage", Throttled.Workspace));
            if (stops)
            {
                await bot.QueryAsync(db => db.Workspaces.ExecuteUpdateAsync(set => set.SetProperty(w => w.StoppedAt, bot.Clock.GetUtcNow())));
            }
        };

        await PassAsync(bot);

        var before = bot.Sender.Sent.Count;
        Assert.InRange(before, Crowd / 2, Crowd - 1);
        bot.Clock.Advance(TimeSpan.FromSeconds(29));
        await PassAsync(bot);
        Assert.Equal(before, bot.Sender.Sent.Count);
        bot.Clock.Advance(TimeSpan.FromSeconds(1));
        await bot.QueryAsync(db => db.Workspaces.ExecuteUpdateAsync(set => set.SetProperty(w => w.StoppedAt, (DateTimeOffset?)null)));
        await PassAsync(bot);
        Assert.Equal(Crowd, bot.Sender.Sent.Select(sent => sent.Message.Recipient!.Id).Distinct().Count());
        Assert.Equal([(DeliveryState.Sent, 1)], await StatesAsync(bot));
    }

    private static async Task<OutboxPass> PassAsync(TestBot bot)
    {
        var workspace = await bot.QueryAsync(db => db.Workspaces.Select(w => w.Id).SingleAsync());
        return await bot.Services.GetRequiredService<DeliveryWorker>().PassAsync(workspace, CancellationToken.None);
    }

    private static Task<List<(DeliveryState, int)>> StatesAsync(TestBot bot) => bot.QueryAsync(async db =>
        (await db.Deliveries.Select(d => new { d.State, d.Attempts }).Distinct().ToListAsync()).ConvertAll(d => (d.State, d.Attempts)));

    /// <summary>A note for everybody.</summary>
    private static Task<int> FillAsync(TestBot bot, bool twoEach = false, int people = People) => bot.QueryAsync(async db =>
    {
        var now = bot.Clock.GetUtcNow();
        var place = await db.Conversations.FirstAsync(c => c.ExternalId == TestBot.General);
        var recipients = await db.People.OrderByDescending(p => p.Id).Select(p => p.Id).Take(people).ToListAsync();
        Assert.Equal(people, recipients.Count);
        foreach (var round in Enumerable.Range(1, twoEach ? 2 : 1))
        {
            var story = new Suggestion { WorkspaceId = place.WorkspaceId, Title = $"Story {round}", Language = "en", State = SuggestionState.Approved, CreatedAt = now, UpdatedAt = now };
            db.Add(story);
            await db.SaveChangesAsync();
            db.AddRange(recipients.Select(id => new SuggestionCredit { SuggestionId = story.Id, PersonId = id, ConversationId = place.Id, At = now }));
            db.AddRange(recipients.Select(id => new Core.Data.Delivery
            {
                PublicId = Guid.NewGuid(), WorkspaceId = place.WorkspaceId, ConversationId = place.Id, Kind = DeliveryKind.Note, Key = $"note:{round}:{id}", PersonId = id,
                Topic = SuggestionNotes.Approved, SubjectId = story.Id, NotBefore = now, CreatedAt = now, UpdatedAt = now,
            }));
        }

        return await db.SaveChangesAsync();
    });
}
