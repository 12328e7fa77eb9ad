using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Tests.Infrastructure;
using AdvocacyBot.Tests.Slack.Support;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Tests.Slack;

/// <summary>A campaign to people by direct message, through the real host, against a strict Slack.</summary>
public sealed class SlackBroadcastTests
{
    [Theory]
    [InlineData("en", FakeSlack.General, "U0CARMEN", "U0ALICE", "Our new office")]
    [InlineData("he", FakeSlack.Hadashot, "U0DANA", "U0NOA", "המשרד החדש שלנו")]
    public async Task A_direct_message_is_shared_reacted_to_reported_and_taken_back(string language, string channel, string commsId, string employeeId, string title)
    {
        await using var world = await SlackWorld.StartAsync();
        var t = Texts.In(Language.Find(language)!);
        var (comms, employee) = (world.Person(commsId, channel), world.Person(employeeId, channel));
        await world.InviteAsync(comms, channel, t.Language);
        await comms.CommandAsync("campaign");
        var form = await comms.FormAsync(t["Campaigns.ContentTitle"]);
        await comms.SubmitAsync(form, ("link", "https://www.example.com/news"), ("title", title));
        await comms.SubmitAsync(form, ("text1", "Proud of it"));
        await comms.SubmitAsync(form, ("channels", ""), ("people", "direct"));
        Assert.Contains(t["Broadcasts.WillReach"], SlackReader.Text(form), StringComparison.Ordinal);
        await comms.SubmitAsync(form);

        var own = FakeSlack.Direct(employeeId);
        var card = await world.Slack.AwaitAsync(
            s => s.Messages.Find(m => m.Channel == own && m is { OnlyFor: null, Metadata: not null } && SlackReader.Says(SlackReader.Text(m), title)), "the direct message");
        await Eventually.SeeAsync(() => world.QueryAsync(async db => !await db.Deliveries.AnyAsync(d => d.State == DeliveryState.Pending || d.State == DeliveryState.Sending)), "everything sent");
        Assert.Single(world.Slack.With(s => s.Messages.Where(m => m.Channel == own && SlackReader.Says(SlackReader.Text(m), title)).ToList()));

        var there = world.Person(employeeId, own);
        var offer = await SlackWorld.ShareAsync(there, card, t);
        await there.PressAsync(offer, t["Sharing.ISharedIt"]);
        await there.ReactAsync(card, "tada", added: true);
        await Eventually.SeeAsync(() => world.QueryAsync(db => db.Ledger.AnyAsync(e => e.Kind == LedgerKind.Reacted && db.Prompts.Any(p => p.Direct && p.ConversationId == e.ConversationId))), "the reaction");
        Assert.True(await world.QueryAsync(db => db.Ledger.AnyAsync(e => e.Kind == LedgerKind.Said && db.Prompts.Any(p => p.Direct && p.ConversationId == e.ConversationId))));

        await comms.PressAsync((await comms.CommandAsync("campaigns"))!, t["Campaigns.ButtonResults"]);
        await comms.PressAsync(await comms.SeesAsync(t["Campaigns.ButtonDelivery"], alone: true), t["Campaigns.ButtonDelivery"]);

        // The card of the progress says the same without a button.
        var report = await comms.SeesAsync(t["Broadcasts.Retract"], alone: true);
        await comms.PressAsync(report, t["Broadcasts.Retract"]);
        await comms.SubmitAsync(await comms.FormAsync(t["Broadcasts.RetractTitle"]));
        await world.Slack.AwaitAsync(_ => SlackReader.Says(SlackReader.Text(card), t["Broadcasts.Retracted"]) ? card : null, "the message taken back");
        Assert.False(SlackReader.Says(SlackReader.Text(card), title));
        world.Slack.AssertNoFaults();
    }
}
