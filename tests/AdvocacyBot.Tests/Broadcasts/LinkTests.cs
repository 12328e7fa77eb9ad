using AdvocacyBot.Core.Broadcasts;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Tests.Broadcasts;

/// <summary>Several accounts that are one person, and several workspaces that are one programme.</summary>
[BothDatabases]
public sealed class LinkTests
{
    [Fact]
    public async Task A_code_from_one_account_entered_with_the_other_makes_them_one_person()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.SecondWorkspaceAsync();
        var code = await bot.CodeAsync("e1");

        Assert.Contains("one person", CardReader.Text(await bot.DispatchAsync(bot.InSecond("s1", $"link {code.ToLowerInvariant()}"))), StringComparison.Ordinal);

        Assert.Equal(1, await bot.QueryAsync(db => db.PersonProfiles.Select(f => f.HumanId).Distinct().CountAsync()));
        Assert.Contains("s1 (Second)", CardReader.Text(await bot.CommandAsync("e1", "link")), StringComparison.Ordinal);
        await bot.DispatchAsync(await bot.PressOfAsync("e1", "link.separate", 0));
        Assert.Equal(2, await bot.QueryAsync(db => db.PersonProfiles.Select(f => f.HumanId).Distinct().CountAsync()));
    }

    [Fact]
    public async Task A_code_works_once_for_ten_minutes_and_not_for_its_own_account()
    {
        await using var bot = await TestBot.StartAsync();
        var code = await bot.CodeAsync("e1");
        Assert.Contains("this very account", CardReader.Text(await bot.CommandAsync("e1", $"link {code}")), StringComparison.Ordinal);
        Assert.Contains("one person", CardReader.Text(await bot.CommandAsync("e2", $"link {code}")), StringComparison.Ordinal);
        Assert.Contains("wrong, used or too old", CardReader.Text(await bot.CommandAsync("e3", $"link {code}")), StringComparison.Ordinal);
        var late = await bot.CodeAsync("e4");
        Assert.Equal(10, late.Replace("-", "", StringComparison.Ordinal).Length);
        bot.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Contains("wrong, used or too old", CardReader.Text(await bot.CommandAsync("e5", $"link {late}")), StringComparison.Ordinal);
        Assert.DoesNotContain(await bot.QueryAsync(db => db.AccountCodes.Select(c => c.Hash).ToListAsync()), hash => hash.Contains(late[..5], StringComparison.Ordinal));
    }

    [Fact]
    public async Task Five_wrong_codes_close_the_door_for_an_hour_even_for_the_right_one()
    {
        await using var bot = await TestBot.StartAsync();
        var form = CardReader.Form(await bot.DispatchAsync(await bot.PressOfAsync("e2", "link.enter", 0)));
        Assert.Contains("4 more times", CardReader.Text(await bot.SubmitAsync("e2", form, "enter", ("code", "AAAAA-AAAAA"))), StringComparison.Ordinal);
        for (var i = 0; i < 4; i++)
        {
            await bot.CommandAsync("e2", $"link AAAAA-AAAA{i}");
        }

        var right = await bot.CodeAsync("e1");
        Assert.Contains("Too many", CardReader.Text(await bot.CommandAsync("e2", $"link {right}")), StringComparison.Ordinal);
        bot.Clock.Advance(TimeSpan.FromMinutes(61));
        var next = await bot.CodeAsync("e1");
        Assert.Contains("one person", CardReader.Text(await bot.CommandAsync("e2", $"link {next}")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_campaign_reaches_people_and_channels_of_joined_workspaces_and_each_person_once()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.SecondWorkspaceAsync();
        await bot.BroadcastAsync("Before joining");
        Assert.Equal(12, bot.Prompts().Count);
        var code = await bot.CodeAsync("olivia", "link.programme");
        Assert.Contains("only owners", CardReader.Text(await bot.DispatchAsync(bot.InSecond("s1", $"link {code}"))), StringComparison.Ordinal);
        code = await bot.CodeAsync("olivia", "link.programme");
        Assert.Contains("one programme", CardReader.Text(await bot.DispatchAsync(bot.InSecond("boss", $"link {code}"))), StringComparison.Ordinal);
        Assert.Equal(2, await bot.QueryAsync(db => db.Audit.CountAsync(a => a.Action == "workspace.joined")));

        // e1 is s1, by a code; e2 is s2, by their addresses.
        await bot.DispatchAsync(bot.InSecond("s1", $"link {await bot.CodeAsync("e1")}"));
        var book = bot.Services.GetRequiredService<ProfileBook>();
        await book.TakeAsync(TestData.Workspace, new Dictionary<string, PlatformProfile> { ["e2"] = new("Same@Example.com", null) }, CancellationToken.None);
        await book.TakeAsync(Broadcasting.Second, new Dictionary<string, PlatformProfile> { ["s2"] = new("same@example.com", "Engineer") }, CancellationToken.None);

        // s3 has left with this account, so that e3, the same person, gets nothing.
        await bot.DispatchAsync(bot.InSecond("s3", $"link {await bot.CodeAsync("e3")}"));
        await bot.PreferAsync("s3", p => p.LeftAt = TestData.Now);

        await bot.BroadcastAsync("For both");

        var got = bot.Prompts().Skip(12).Select(sent => sent.Message.Recipient!.Id).ToList();
        Assert.Equal(15, got.Count);
        Assert.Contains("e1", got);
        Assert.DoesNotContain("s1", got);
        Assert.DoesNotContain("s2", got);
        Assert.DoesNotContain("e3", got);
        Assert.Contains("s4", got);
        var tally = await bot.TallyAsync();
        Assert.Equal((16, 15), (tally.Total, tally.Sent));
        var campaign = await bot.CampaignAsync();
        bot.Clock.Advance(TimeSpan.FromSeconds(1));
        var numbers = await bot.ScopedAsync((CampaignQuery query) => query.ReadAsync(campaign, null, bot.Clock.GetUtcNow(), CancellationToken.None));
        Assert.Equal(15, numbers.CouldSee);

        // The press comes from the other workspace than the campaign's.
        var prompt = bot.Prompts("s4").Single().Message.Card;
        var share = await bot.DispatchAsync(bot.Press("s4", prompt, "share", "dm-s4") with { Workspace = Broadcasting.Second });
        Assert.IsType<OpenFormReply>(share);
    }

    [Fact]
    public async Task Channels_of_joined_workspaces_are_offered_and_posted_to_and_separating_ends_that()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.SecondWorkspaceAsync();
        await bot.DispatchAsync(bot.InSecond("boss", $"link {await bot.CodeAsync("olivia", "link.programme")}"));
        var places = await bot.QueryAsync(db => db.Conversations.Where(c => c.ExternalId == TestBot.General || c.ExternalId == "second-general").Select(c => c.Id).ToListAsync());
        var preview = await bot.ComposeForAsync("carmen", "In both", string.Join(',', places));
        await bot.SubmitAsync("carmen", preview, "publish");
        await bot.SendOutboxAsync();
        Assert.Equal(["general", "second-general"], bot.Sender.Sent.Select(sent => sent.Message.Conversation.Id).Order(StringComparer.Ordinal));
        Assert.Equal(["second", "test"], bot.Sender.Sent.Select(sent => sent.Message.Workspace.Id).Order(StringComparer.Ordinal));

        await bot.DispatchAsync(await bot.PressOfAsync("olivia", "link.leave", 0));
        var content = CardReader.Form(await bot.CommandAsync("carmen", "campaign"));
        var texts = CardReader.Form(await bot.SubmitAsync("carmen", content, "next", ("link", "https://example.com/news"), ("title", "Alone")));
        var schedule = CardReader.Form(await bot.SubmitAsync("carmen", texts, "next", ("text1", "Proud.")));
        Assert.DoesNotContain(CardReader.Elements(schedule.Card).OfType<Core.Cards.InputChoiceSet>().SelectMany(set => set.Choices), choice => choice.Title.Contains("second", StringComparison.Ordinal));
        Assert.IsType<FormErrorsReply>(await bot.SubmitAsync("carmen", schedule, "next", ("channels", string.Join(',', places))));
    }
}
