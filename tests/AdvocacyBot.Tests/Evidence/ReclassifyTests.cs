using System.Text;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Evidence;
using AdvocacyBot.Core.Links;
using AdvocacyBot.Tests.Conversions;
using AdvocacyBot.Tests.Infrastructure;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TestData = AdvocacyBot.Tests.Infrastructure.TestData;

namespace AdvocacyBot.Tests.Evidence;

/// <summary>The rule run again over what is stored.</summary>
[BothDatabases]
public sealed class ReclassifyTests
{
    private static readonly string[] Agents =
    [
        "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Mozilla/5.0 (iPhone) Safari/605.1", "LinkedInBot/1.0", "facebookexternalhit/1.1", "curl/8.5.0", "",
    ];

    private static readonly DateTimeOffset Start = TestData.Now.AddDays(-2);

    [Fact]
    public async Task A_newer_rule_shows_what_it_would_change_and_changes_it_when_it_is_applied()
    {
        await using var bot = await TestBot.StartAsync();
        var share = await RecordConversionsTests.ShareAsync(bot, "e1", "Jobs");
        await WriteAsync(bot, share, (0, 1, 0, 0), (1, 2, 40, 0), (2, 0, 50, 0), (2, 0, 60, 0), (3, 0, 70, 0));
        var rule = Rule(
            """{ "version": 2, "repeatMinutes": 60, "previews": [ { "network": "linkedin", "all": [ "LinkedInBot" ] } ], "robots": [ "iPhone", "facebookexternalhit" ], "people": [], "signs": [] }""");

        var looked = await RunAsync(bot, rule, apply: false);
        Assert.Equal(5, (await RunAsync(bot, ClickRule.Load(), apply: false)).ByVersion[1]);
        var applied = await RunAsync(bot, rule, apply: true);
        var again = await RunAsync(bot, rule, apply: true);

        var campaign = Assert.Single(looked.Campaigns);
        Assert.Equal((2L, 1L, 2, 1, 2L), (campaign.Before.Clicked, campaign.After.Clicked, campaign.Before.Fetched, campaign.After.Fetched, campaign.Changed));
        Assert.Equal((2L, 2L, 0L), (looked.Changed, applied.Changed, again.Changed));
        var stored = await bot.QueryAsync(db => db.Clicks.AsNoTracking().OrderBy(c => c.Id).ToListAsync());
        Assert.Equal([ClickClass.Human, ClickClass.Robot, ClickClass.Crawler, ClickClass.Crawler, ClickClass.Robot], stored.Select(c => (ClickClass)c.Class));
        Assert.All(stored, click => Assert.Equal(2, click.RuleVersion));
        Assert.Null(await bot.QueryAsync(db => db.UserAgents.Where(a => a.Text == "facebookexternalhit/1.1").Select(a => a.Network).SingleAsync()));
        var audit = await bot.QueryAsync(db => db.Audit.Where(a => a.Action == "workspace.clicks_reclassified").OrderBy(a => a.Id).ToListAsync());
        Assert.Equal(("v1:5; fetched 2 clicked 2", "v2; fetched 1 clicked 1; changed 2"), (audit[0].Before, audit[0].After));
        Assert.Equal(2, audit.Count);
    }

    [Fact]
    public async Task Looking_changes_nothing()
    {
        await using var bot = await TestBot.StartAsync();
        var share = await RecordConversionsTests.ShareAsync(bot, "e1", "Jobs");
        await WriteAsync(bot, share, (0, 1, 0, 6), (2, 0, 1, 0));

        var looked = await RunAsync(bot, ClickRule.Load(), apply: false);

        Assert.Equal(1, looked.Changed);
        Assert.All(await bot.QueryAsync(db => db.Clicks.AsNoTracking().ToListAsync()), click => Assert.Equal(1, click.RuleVersion));
        Assert.Equal(0, await bot.QueryAsync(db => db.Audit.CountAsync(a => a.Action == "workspace.clicks_reclassified")));
    }

    [Fact]
    public Task Judged_again_is_what_a_slow_reading_of_the_rule_says() => Task.Run(() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(12),
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), async seed =>
        {
            var random = new Random(seed);
            await using var bot = await TestBot.StartAsync();
            var share = await RecordConversionsTests.ShareAsync(bot, "e1", "Jobs");
            await WriteAsync(bot, share, [.. Enumerable.Range(0, random.Next(40)).Select(_ => (random.Next(Agents.Length), random.Next(3), random.Next(200), random.Next(7)))]);
            await bot.QueryAsync(db => db.Clicks.Where(c => c.Id % 5 == 0).ExecuteUpdateAsync(set => set.SetProperty(c => c.Flags, random.Next(32))));

            await RunAsync(bot, ClickRule.Load(), apply: true);

            var clicks = await bot.QueryAsync(db => db.Clicks.AsNoTracking().OrderBy(c => c.Id).ToListAsync());
            foreach (var click in clicks)
            {
                Assert.Equal(Slowly(click, clicks), (ClickClass)click.Class);
            }
        })));

    /// <summary>The rule in words of docs/click-rule.md, looked at for one request among all.</summary>
    private static ClickClass Slowly(Click click, List<Click> all)
    {
        var flags = (ClickFlags)click.Flags;
        ClickClass Alone(Click one) => ((ClickFlags)one.Flags).HasFlag(ClickFlags.Head) ? ClickClass.Head
            : one.UserAgentId is 3 or 4 ? ClickClass.Crawler
            : one.UserAgentId is 5 or 6 ? ClickClass.Robot
            : ((ClickFlags)one.Flags).HasFlag(ClickFlags.Prefetch) ? ClickClass.Prefetch
            : ((ClickFlags)one.Flags).HasFlag(ClickFlags.Sharer) ? ClickClass.Sharer
            : ClickClass.Human;
        if (Alone(click) != ClickClass.Human || click.Visitor == 0)
        {
            return Alone(click);
        }

        DateTimeOffset? counted = null;
        foreach (var earlier in all.Where(c => c.Id < click.Id && c.Visitor == click.Visitor && c.ShareId == click.ShareId && Alone(c) == ClickClass.Human))
        {
            counted = counted is null || earlier.At - counted >= TimeSpan.FromMinutes(30) ? earlier.At : counted;
        }

        return counted is null || click.At - counted >= TimeSpan.FromMinutes(30) ? ClickClass.Human : ClickClass.Repeat;
    }

    private static ClickRule Rule(string json) => ClickRule.Load(new MemoryStream(Encoding.UTF8.GetBytes(json)), "test");

    private static Task<Reclassification> RunAsync(TestBot bot, ClickRule rule, bool apply) =>
        bot.Services.GetRequiredService<ReclassifyClicks>().RunAsync(rule, apply, actorId: null, CancellationToken.None);

    /// <summary>Requests in the order of time, judged by version 1.</summary>
    private static Task WriteAsync(TestBot bot, Share share, params (int Agent, int Visitor, int Minute, int Class)[] requests) => bot.QueryAsync(async db =>
    {
        var rule = ClickRule.Load();
        db.AddRange(Agents.Select((text, n) => new UserAgent { Id = n + 1, Text = text, Network = rule.Judge(text).Network, RuleVersion = 1 }));
        await db.SaveChangesAsync();
        foreach (var (agent, visitor, minute, verdict) in requests.OrderBy(r => r.Minute))
        {
            db.Add(new Click
            {
                ShareId = share.Id, CampaignId = share.CampaignId, ConversationId = share.ConversationId, Network = "x", At = Start.AddMinutes(minute), UserAgentId = agent + 1,
                Visitor = visitor, Class = verdict == 0 ? (int)rule.Judge(Agents[agent]).Class : verdict, RuleVersion = 1,
            });
            await db.SaveChangesAsync();
        }

        return 0;
    });
}
