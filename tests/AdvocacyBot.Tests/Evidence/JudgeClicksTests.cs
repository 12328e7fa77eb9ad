using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Links;
using AdvocacyBot.Tests.Conversions;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Tests.Evidence;

/// <summary>The newest rule run again over what is stored, from chat.</summary>
[BothDatabases]
public sealed class JudgeClicksTests
{
    [Fact]
    public async Task The_owner_sees_what_would_change_and_then_writes_it_and_the_log_says_so()
    {
        await using var bot = await TestBot.StartAsync();
        await VisitsAsync(bot);

        var looked = CardReader.Text(await bot.CommandAsync("olivia", "clicks"));
        Assert.Contains("It would judge 2 stored requests otherwise.", looked, StringComparison.Ordinal);
        Assert.Contains("Visits of people: 3, by the rule 1", looked, StringComparison.Ordinal);
        Assert.Contains("Previews fetched: 0, by the rule 1", looked, StringComparison.Ordinal);
        Assert.Contains("Jobs e1: visits 3, by the rule 1; previews 0, by the rule 1", looked, StringComparison.Ordinal);
        Assert.Contains("/advocate clicks apply", looked, StringComparison.Ordinal);
        Assert.Equal(3, await HumansAsync(bot));

        var done = CardReader.Text(await bot.CommandAsync("olivia", "clicks apply"));
        Assert.Contains("2 stored requests are judged otherwise now.", done, StringComparison.Ordinal);
        Assert.Equal(1, await HumansAsync(bot));
        var olivia = await bot.QueryAsync(db => db.People.Where(p => p.ExternalId == "olivia").Select(p => p.Id).SingleAsync());
        var noted = await bot.QueryAsync(db => db.Audit.SingleAsync(a => a.Action == "workspace.clicks_reclassified"));
        Assert.Equal((olivia, "v1:3; fetched 0 clicked 3"), (noted.ActorId!.Value, noted.Before));
        Assert.Contains("All 3 stored requests stand as the rule judges them", CardReader.Text(await bot.CommandAsync("olivia", "clicks")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_workspaces_requests_stay_as_they_are()
    {
        await using var bot = await TestBot.StartAsync();
        await VisitsAsync(bot);
        await bot.QueryAsync(async db =>
        {
            var other = new Workspace { Platform = "web", ExternalId = "other", Name = "Other", Language = "en", TimeZone = "Etc/UTC", CreatedAt = bot.Clock.GetUtcNow() };
            db.Add(other);
            await db.SaveChangesAsync();
            return await db.Campaigns.ExecuteUpdateAsync(set => set.SetProperty(c => c.WorkspaceId, other.Id));
        });

        Assert.Contains("there is nothing to judge", CardReader.Text(await bot.CommandAsync("olivia", "clicks apply")), StringComparison.Ordinal);
        Assert.Equal(3, await HumansAsync(bot));
    }

    [Fact]
    public async Task It_reads_well_in_Hebrew_and_says_what_it_does_not_know()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.QueryAsync(db => db.People.Where(p => p.ExternalId == "olivia").ExecuteUpdateAsync(set => set.SetProperty(p => p.Language, "he")));
        Assert.Contains("עדיין לא נכנסו דרך אף קישור אישי", CardReader.Text(await bot.CommandAsync("olivia", "clicks")), StringComparison.Ordinal);
        await VisitsAsync(bot);

        Assert.Contains("לפי הכלל, שתי בקשות שמורות היו נספרות אחרת.", CardReader.Text(await bot.CommandAsync("olivia", "clicks")), StringComparison.Ordinal);
        Assert.Contains("לא מוכר כאן", CardReader.Text(await bot.CommandAsync("olivia", "clicks everything")), StringComparison.Ordinal);
        Assert.Contains("נספרות מעכשיו אחרת", CardReader.Text(await bot.CommandAsync("olivia", "clicks החלה")), StringComparison.Ordinal);
    }

    private static Task<int> HumansAsync(TestBot bot) => bot.QueryAsync(db => db.Clicks.CountAsync(c => c.Class == (int)ClickClass.Human));

    /// <summary>A person, a crawler and a robot, all taken for people by an older rule.</summary>
    private static async Task VisitsAsync(TestBot bot)
    {
        var share = await RecordConversionsTests.ShareAsync(bot, "e1", "Jobs");
        await bot.QueryAsync(async db =>
        {
            string[] agents = ["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "LinkedInBot/1.0", "curl/8.5.0"];
            db.AddRange(agents.Select((text, n) => new UserAgent { Id = n + 1, Text = text, Network = ClickRule.Load().Judge(text).Network, RuleVersion = 1 }));
            db.AddRange(agents.Select((_, n) => new Click
            {
                ShareId = share.Id, CampaignId = share.CampaignId, ConversationId = share.ConversationId, Network = "linkedin", At = bot.Clock.GetUtcNow(), UserAgentId = n + 1, Visitor = n + 1,
                Class = (int)ClickClass.Human, RuleVersion = 1,
            }));
            return await db.SaveChangesAsync();
        });
    }
}
