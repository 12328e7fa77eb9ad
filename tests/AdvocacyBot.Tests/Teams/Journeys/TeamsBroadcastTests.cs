using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Tests.Teams.Support;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Tests.Teams.Journeys;

/// <summary>A campaign to people by direct message, through the real host and a connector as strict as Teams'.</summary>
public sealed class TeamsBroadcastTests
{
    private const string Channel = "19:news@thread.tacv2";
    private static readonly string[] Members = ["29:alex", "29:bea", "29:carl", "29:dora", "29:emil", "29:fay"];

    [Theory]
    [InlineData("en-GB", "Our new office")]
    [InlineData("he-IL", "המשרד החדש שלנו")]
    public async Task Who_can_be_reached_gets_it_and_the_rest_is_told_by_reason(string locale, string title)
    {
        await using var host = await TeamsHost.StartAsync();
        var t = Texts.In(Language.First(locale));
        var (alex, bea) = (new TeamsUser(host, "alex", locale), new TeamsUser(host, "bea", locale));
        host.Connector.AddChannel("19:general@thread.tacv2", Members);
        host.Connector.AddChannel(Channel, Members).Name = "News";
        var place = new TeamsPlace(Channel, "channel", "19:general@thread.tacv2");
        await alex.InstallAsync(place, "Web");
        await host.SeesAsync(async () => await host.Folder.QueryAsync(db => db.Memberships.CountAsync(m => db.Conversations.Any(c => c.Id == m.ConversationId && c.ExternalId == Channel) && m.LeftAt == null)) == Members.Length, "the members");

        // The app is installed for three of six; the others cannot be written to.
        foreach (var person in new[] { "29:alex", "29:bea", "29:carl" })
        {
            host.Connector.AddPersonal(person);
        }

        await alex.SayAsync(place, "campaign");
        var next = t["Campaigns.Next"];
        var texts = (await alex.SeeOwn(place).PressAsync(alex, next, ("link", "https://www.example.com/news"), ("title", title))).Card;
        var schedule = (await texts.PressAsync(alex, next, ("text1", "Proud of it."))).Card;
        var preview = (await schedule.PressAsync(alex, t["Campaigns.Preview"], ("channels", ""), ("people", "direct"))).Card;
        Assert.Contains(t["Broadcasts.WillReach"], preview.Text, StringComparison.Ordinal);
        await preview.PressAsync(alex, t["Campaigns.PublishNow"]);

        var message = await host.MessageAsync(bea.Personal.Id, m => m.Card is { } card && card.ToJsonString(Readable).Contains(title, StringComparison.Ordinal), "the direct message");
        await host.SeesAsync(async () => await host.Folder.QueryAsync(db => db.Deliveries.AllAsync(d => d.State != DeliveryState.Pending && d.State != DeliveryState.Sending)), "everything sent");
        var card = bea.See(bea.Personal, message);
        var join = (await card.PressAsync(bea, t["Campaigns.Share"])).Card;
        var offer = (await join.PressAsync(bea, t["Sharing.Join"], ("agree", "true"))).Card;
        await offer.PressAsync(bea, t["Sharing.ISharedIt"]);
        await bea.ReactAsync(bea.Personal, message.Id, "like", added: true);
        var net = await host.Folder.QueryAsync(db => db.Ledger.Where(e => db.Prompts.Any(p => p.Direct && p.ConversationId == e.ConversationId)).GroupBy(e => e.Kind).Select(g => new { g.Key, Sum = g.Sum(e => e.Amount) }).ToDictionaryAsync(x => x.Key, x => x.Sum));
        Assert.Equal((1, 1), (net[LedgerKind.Said], net[LedgerKind.Reacted]));

        var states = await host.Folder.QueryAsync(db => db.Deliveries.Where(d => d.Kind == DeliveryKind.Prompt && d.PersonId != null).GroupBy(d => d.State).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(x => x.Key, x => x.Count));
        Assert.Equal((3, 3), (states[DeliveryState.Sent], states[DeliveryState.Failed]));
    }

    private static readonly System.Text.Json.JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
