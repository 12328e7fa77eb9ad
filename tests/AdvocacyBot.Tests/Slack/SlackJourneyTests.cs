using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Tests.Slack.Support;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Tests.Slack;

/// <summary>From the invitation to the digest, in the real host, against a strict Slack.</summary>
public sealed class SlackJourneyTests
{
    [Theory]
    [InlineData("en", FakeSlack.General, "U0CARMEN", "U0ALICE", "U0BEN", "Our new office", "We have moved!", false)]
    [InlineData("he", FakeSlack.Hadashot, "U0DANA", "U0NOA", "U0ITAI", "המשרד החדש שלנו", "עברנו דירה!", false)]
    [InlineData("en", FakeSlack.General, "U0CARMEN", "U0ALICE", "U0BEN", "Our new office", "We have moved!", true)]
    public async Task A_campaign_is_composed_shared_reacted_to_and_summed_up(
        string language, string channel, string commsId, string employeeId, string fanId, string title, string words, bool socket)
    {
        await using var world = await SlackWorld.StartAsync(socket);
        await CampaignAsync(world, language, channel, commsId, employeeId, fanId, title, words);
    }

    internal static async Task CampaignAsync(
        SlackWorld world, string language, string channel, string commsId, string employeeId, string fanId, string title, string words)
    {
        var t = Texts.In(Language.Find(language)!);
        var (comms, employee, fan) = (world.Person(commsId, channel), world.Person(employeeId, channel), world.Person(fanId, channel));
        await world.InviteAsync(comms, channel, t.Language);

        // On the first day of a week the next digest is of the week before until its hour has come.
        await world.QueryAsync(db => db.Conversations.ExecuteUpdateAsync(set => set.SetProperty(c => c.DigestHour, 0)));

        var card = await world.PublishAsync(comms, t, title, words, channel);
        Assert.Contains(words, SlackReader.Text(card), StringComparison.Ordinal);
        await comms.SeesAsync(title, alone: true);

        var offer = await SlackWorld.ShareAsync(employee, card, t);
        Assert.Equal(employee.Id, offer.OnlyFor);
        Assert.Contains(words, SlackReader.Text(offer), StringComparison.Ordinal);
        Assert.Contains(SlackReader.Links(offer.Blocks), link => link.Contains("/go/", StringComparison.Ordinal));
        await employee.PressAsync(offer, t["Sharing.ISharedIt"]);
        Assert.Same(offer, await employee.SeesAsync(t["Sharing.Thanks"], alone: true));
        await employee.PressAsync(offer, t["Sharing.Undo"]);
        Assert.Same(offer, await employee.SeesAsync(t["Sharing.YourText"], alone: true));
        await employee.PressAsync(offer, t["Sharing.ISharedIt"]);
        Assert.Same(offer, await employee.SeesAsync(t["Sharing.Thanks"], alone: true));

        await fan.ReactAsync(card, "tada::skin-tone-3", added: true);

        var preview = (await comms.CommandAsync("digest"))!;
        Assert.Equal(comms.Id, preview.OnlyFor);
        Assert.Contains("40%", SlackReader.Text(preview), StringComparison.Ordinal);
        await comms.PressAsync(preview, t["Digests.PostNow"]);
        await comms.PressAsync(preview, t["Digests.PostNow"]);
        var digest = await world.Slack.AwaitAsync(
            s => s.Messages.Find(m => m.Channel == channel && m is { OnlyFor: null, Metadata: not null } && m != card && SlackReader.Text(m).Contains("40%", StringComparison.Ordinal)), "digest");
        Assert.Contains(title, SlackReader.Text(digest), StringComparison.Ordinal);

        var net = await world.QueryAsync(db => db.Ledger.GroupBy(e => e.Kind).Select(g => new { g.Key, Sum = g.Sum(e => e.Amount) }).ToDictionaryAsync(x => x.Key, x => x.Sum));
        Assert.Equal(1, net[LedgerKind.Said]);
        Assert.Equal(1, net[LedgerKind.Reacted]);
        world.Slack.AssertNoFaults();
    }

    [Theory]
    [InlineData("en", FakeSlack.General, "U0CARMEN")]
    [InlineData("he", FakeSlack.Hadashot, "U0DANA")]
    public async Task A_card_in_the_channel_follows_its_campaign(string language, string channel, string commsId)
    {
        await using var world = await SlackWorld.StartAsync();
        var t = Texts.In(Language.Find(language)!);
        var comms = world.Person(commsId, channel);
        await world.InviteAsync(comms, channel, t.Language);
        var card = await world.PublishAsync(comms, t, "First title", "Words", channel);

        var list = (await comms.CommandAsync("campaigns"))!;
        await comms.PressAsync(list, t["Campaigns.ButtonPause"]);
        await AwaitCardAsync(world, card, t["Campaigns.PausedCard"]);
        var paused = await comms.SeesAsync(t["Campaigns.StatePaused"], alone: true);
        await comms.PressAsync(paused, t["Campaigns.ButtonResume"]);
        await world.Slack.AwaitAsync(_ => SlackReader.Buttons(card.Blocks).Contains(SlackReader.Plain(t["Campaigns.Share"])) && card.Edits >= 2 ? card : null, "resumed card");

        await world.RestartAsync();
        comms = world.Person(commsId, channel);
        await comms.PressAsync((await comms.CommandAsync("campaigns"))!, t["Campaigns.ButtonEdit"]);
        var form = await comms.FormAsync(t["Campaigns.ContentTitle"]);
        await comms.SubmitAsync(form, ("title", "Second title"));
        await comms.SubmitAsync(form);
        await comms.SubmitAsync(form);
        await comms.SubmitAsync(form);
        await AwaitCardAsync(world, card, "Second title");

        await comms.PressAsync((await comms.CommandAsync("campaigns"))!, t["Campaigns.ButtonClose"]);
        await comms.SubmitAsync(await comms.FormAsync(t["Campaigns.CloseTitle"]));
        await AwaitCardAsync(world, card, t["Campaigns.ClosedCard"]);
        Assert.DoesNotContain(t["Campaigns.Share"], SlackReader.Buttons(card.Blocks));
        world.Slack.AssertNoFaults();
    }

    private static Task<FakeMessage> AwaitCardAsync(SlackWorld world, FakeMessage card, string words) =>
        world.Slack.AwaitAsync(_ => SlackReader.Says(SlackReader.Text(card), words) ? card : null, $"card saying '{words}'");
}
