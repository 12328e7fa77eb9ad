using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Digests;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Tests.Digests;

/// <summary>The programme's goals in a channel's digest.</summary>
[BothDatabases]
public sealed class DigestGoalTests
{
    [Fact]
    public async Task A_goal_stands_in_the_digest_with_its_pace_and_moves_when_it_is_changed()
    {
        await using var bot = await TestBot.StartAsync();
        var prompt = await bot.PublishAsync("Launch");
        Assert.DoesNotContain("Where our goals stand", await DigestAsync(bot), StringComparison.Ordinal);
        var workspace = await bot.QueryAsync(db => db.Workspaces.Select(w => w.Id).SingleAsync());
        await bot.QueryAsync(async db =>
        {
            db.Goals.Add(new Goal { WorkspaceId = workspace, Kind = GoalKind.PeopleActive, Target = 40, StartsOn = "2026-11-01", EndsOn = "2026-12-31", CreatedAt = bot.Clock.GetUtcNow() });

            // Money is not for a whole channel.
            db.Goals.Add(new Goal { WorkspaceId = workspace, Kind = GoalKind.Applicants, Target = 77, StartsOn = "2026-11-01", EndsOn = "2026-12-31", CreatedAt = bot.Clock.GetUtcNow() });
            return await db.SaveChangesAsync();
        });
        await bot.PressAsync("e1", await bot.ShareAsync("e1", prompt), "share.said");

        var first = await DigestAsync(bot);
        Assert.Contains("Where our goals stand", first, StringComparison.Ordinal);
        Assert.Contains("1 of 40", first, StringComparison.Ordinal);
        Assert.DoesNotContain("77", first, StringComparison.Ordinal);

        await bot.QueryAsync(db => db.Goals.Where(g => g.Kind == GoalKind.PeopleActive).ExecuteUpdateAsync(set => set.SetProperty(g => g.Target, 1).SetProperty(g => g.Version, g => g.Version + 1)));
        Assert.Contains("1 of 1", await DigestAsync(bot), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_quiet_digests_button_opens_an_empty_suggestion()
    {
        await using var bot = await TestBot.StartAsync();
        bot.Clock.Advance(TimeSpan.FromDays(7));
        await bot.Services.GetRequiredService<PlanDigests>().RunAsync(CancellationToken.None);
        await bot.SendOutboxAsync();
        var digest = bot.Sender.Sent.First(sent => sent.Message.Conversation.Id == TestBot.General).Message.Card;

        var form = CardReader.Form(await bot.PressAsync("e1", digest, "digest.suggest"));

        Assert.Equal("", CardReader.Inputs(form.Card)["link"]);
    }

    private static async Task<string> DigestAsync(TestBot bot) => CardReader.Text(await bot.CommandAsync("carmen", "digest"));
}
