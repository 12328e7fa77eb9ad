using System.Text.Json.Nodes;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Tests.Teams.Support;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Tests.Teams.Journeys;

/// <summary>From the installation to the digest, through the real host and a connector as strict as Teams'.</summary>
public sealed class CampaignJourneyTests
{
    private const string Channel = "19:news@thread.tacv2";
    private const string Group = "19:group@thread.v2";
    private static readonly string[] Members = ["29:alex", "29:bea", "29:carl", "29:dora", "29:emil", "29:fay"];

    [Theory]
    [InlineData("channel", "en-GB", "Our new office")]
    [InlineData("channel", "he-IL", "המשרד החדש שלנו")]
    [InlineData("groupChat", "en-GB", "Our new office")]
    [InlineData("groupChat", "he-IL", "המשרד החדש שלנו")]
    public async Task A_campaign_is_composed_published_shared_undone_reacted_to_and_summed_up(string type, string locale, string title)
    {
        await using var host = await TeamsHost.StartAsync();
        var (place, t) = (Place(host, type), Texts.In(Language.First(locale)));
        var (alex, bea, carl) = (new TeamsUser(host, "alex", locale), new TeamsUser(host, "bea", locale), new TeamsUser(host, "carl", locale));
        await InstalledAsync(host, alex, place, t);

        await alex.SayAsync(place, "campaign");
        var compose = alex.SeeOwn(place);
        Assert.Equal(t.Language.RightToLeft, compose.Rtl);
        await ComposeAsync(alex, compose, title, t, channel: null);

        var prompt = await host.MessageAsync(place.Id, message => message.Card is not null && message.VisibleTo is null && Shows(message, title), "the prompt");
        Assert.Equal(0, prompt.Updates);
        var card = bea.See(place, prompt);
        Assert.Equal("Full", (string?)card.Json["msteams"]!["width"]);
        Assert.All(card.All.Where(element => (string?)element["type"] is "Container" or "Column"), element => Assert.NotNull(element["rtl"]));

        await ShareAsync(bea, card, t, title);
        await carl.See(place, prompt).PressAsync(carl, t["Campaigns.NotForMe"]);
        Assert.Contains(t["Sharing.Declined"], carl.SeeOwn(place).Text, StringComparison.Ordinal);
        Assert.NotNull((await carl.SeeOwn(place).PressAsync(carl, t["Preferences.FewerButton"])).Line);
        await bea.ReactAsync(place, prompt.Id, "like", added: true);
        await bea.ReactAsync(place, prompt.Id, "like", added: false);
        await carl.ReactAsync(place.Type == "channel" ? place.Thread(prompt.Id) : place, prompt.Id, "heart", added: true);

        await DigestAsync(alex, place, t, title);
        await CheckLedgerAsync(host);
        Assert.Equal(0, host.Connector.Messages.Single(message => message.Id == prompt.Id).Updates);
    }

    [Theory]
    [InlineData("en-GB", "Our new office")]
    [InlineData("he-IL", "המשרד החדש שלנו")]
    public async Task In_the_personal_chat_plain_words_are_commands_and_forms_go_on_in_their_own_card(string locale, string title)
    {
        await using var host = await TeamsHost.StartAsync();
        var (channel, t) = (Place(host, "channel"), Texts.In(Language.First(locale)));
        var (alex, bea) = (new TeamsUser(host, "alex", locale), new TeamsUser(host, "bea", locale));
        await InstalledAsync(host, alex, channel, t);
        host.Connector.AddPersonal(alex.Id);
        host.Connector.AddPersonal(bea.Id);
        await alex.InstallAsync(alex.Personal);

        await alex.SayAsync(alex.Personal, "campaign");
        var before = host.Connector.In(alex.Personal.Id).Count;
        var channelId = await host.Folder.QueryAsync(db => db.Conversations.Where(c => c.ExternalId == Channel).Select(c => c.Id).SingleAsync());
        await ComposeAsync(alex, alex.SeeOwn(alex.Personal), title, t, channelId.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(before, host.Connector.In(alex.Personal.Id).Count);
        Assert.Contains(title, alex.SeeOwn(alex.Personal).Text, StringComparison.Ordinal);

        await host.MessageAsync(Channel, message => Shows(message, title), "the prompt");
        await bea.SayAsync(bea.Personal, "/advocate content");
        await ShareAsync(bea, bea.SeeOwn(bea.Personal), t, title);

        await bea.SayAsync(bea.Personal, "me");
        Assert.Contains($"{t["Campaigns.RungSaid"]}: 1", bea.SeeOwn(bea.Personal).Text, StringComparison.Ordinal);
        await bea.SayAsync(bea.Personal, t.Language == Language.Hebrew ? "עזרה" : "help");
        Assert.Contains(t["Commands.content"], bea.SeeOwn(bea.Personal).Text, StringComparison.Ordinal);
        await bea.SayAsync(bea.Personal, "good morning");
        Assert.Contains(t["Chat.SmallTalk"].AsSaid(), bea.SeeOwn(bea.Personal).Text, StringComparison.Ordinal);
    }

    private static TeamsPlace Place(TeamsHost host, string type)
    {
        if (type == "groupChat")
        {
            host.Connector.AddGroup(Group, Members);
            return new TeamsPlace(Group, type);
        }

        host.Connector.AddChannel("19:general@thread.tacv2", Members);
        host.Connector.AddChannel(Channel, Members).Name = "News";
        return new TeamsPlace(Channel, type, "19:general@thread.tacv2");
    }

    private static async Task InstalledAsync(TeamsHost host, TeamsUser alex, TeamsPlace place, Texts t)
    {
        await alex.InstallAsync(place, place.Team is null ? null : "Web");
        var welcome = Assert.Single(host.Connector.In(place.Id));
        Assert.Contains(t["Chat.Welcome"].AsSaid(), alex.See(place, welcome).Text, StringComparison.Ordinal);
        await host.SeesAsync(
            async () => await host.Folder.QueryAsync(db => db.Memberships.CountAsync(m => db.Conversations.Any(c => c.Id == m.ConversationId && c.ExternalId == place.Id) && m.LeftAt == null)) == Members.Length,
            "the members");
        Assert.Equal(
            place.Team is null ? "Person alex, Person bea, Person carl" : "Web / News",
            await host.Folder.QueryAsync(db => db.Conversations.Where(c => c.ExternalId == place.Id).Select(c => c.Name).SingleAsync()));
    }

    private static async Task ComposeAsync(TeamsUser user, ShownCard content, string title, Texts t, string? channel)
    {
        var next = t["Campaigns.Next"];
        var refused = (await content.PressAsync(user, next, ("link", "nonsense"), ("title", title))).Card;
        Assert.Contains(t["Campaigns.LinkBroken"], refused.Text, StringComparison.Ordinal);
        Assert.Equal(title, (string?)refused.Inputs.Single(input => (string?)input["id"] == "title")["value"]);

        var texts = (await refused.PressAsync(user, next, ("link", "https://www.example.com/news/office"))).Card;
        var again = (await texts.PressAsync(user, t["Dialogs.Back"], ("text1", "Half a tho"))).Card;
        texts = (await again.PressAsync(user, next)).Card;
        Assert.Equal("Half a tho", (string?)texts.Inputs.Single(input => (string?)input["id"] == "text1")["value"]);

        var schedule = (await texts.PressAsync(user, next, ("text1", "We are proud of this."))).Card;
        var preview = (await schedule.PressAsync(user, t["Campaigns.Preview"], channel is null ? [] : [("channels", channel)])).Card;
        Assert.Contains(title, preview.Text, StringComparison.Ordinal);
        var done = (await preview.PressAsync(user, t["Campaigns.PublishNow"])).Card;
        Assert.Contains(title, done.Text, StringComparison.Ordinal);
    }

    private static async Task ShareAsync(TeamsUser user, ShownCard card, Texts t, string title)
    {
        var join = (await card.PressAsync(user, t["Campaigns.Share"])).Card;
        Assert.True(join.InDialog);
        var unsigned = (await join.PressAsync(user, t["Sharing.Join"])).Card;
        Assert.Contains(t["Sharing.AgreeMissing"], unsigned.Text, StringComparison.Ordinal);
        var offer = (await unsigned.PressAsync(user, t["Sharing.Join"], ("agree", "true"))).Card;
        Assert.Contains(title, offer.Text, StringComparison.Ordinal);
        Assert.Equal(t.Language.RightToLeft, offer.Rtl);
        var thanks = (await offer.PressAsync(user, t["Sharing.ISharedIt"])).Card;
        var undone = (await thanks.PressAsync(user, t["Sharing.Undo"])).Card;
        Assert.Contains(t["Sharing.Thanks"], (await undone.PressAsync(user, t["Sharing.ISharedIt"])).Card.Text, StringComparison.Ordinal);

        var edited = (await (await undone.PressAsync(user, t["Sharing.EditText"])).Card.PressAsync(user, t["Dialogs.Save"], ("text", "In my own words."))).Card;
        Assert.Contains("In my own words.", edited.Text, StringComparison.Ordinal);
    }

    private static async Task DigestAsync(TeamsUser alex, TeamsPlace place, Texts t, string title)
    {
        await alex.SayAsync(place, "digest");
        var digest = alex.SeeOwn(place);
        Assert.Contains("33%", digest.Text, StringComparison.Ordinal);
        Assert.Contains(title, digest.Text, StringComparison.Ordinal);
        Assert.Equal(t["Digests.PostedNow"], (await digest.PressAsync(alex, t["Digests.PostNow"])).Line);
        var posted = await alex.Host.MessageAsync(place.Id, message => message.VisibleTo is null && Shows(message, "33%"), "the digest");
        var chart = alex.See(place, posted).All.Single(element => (string?)element["type"] == "Chart.HorizontalBar");
        Assert.Equal("Container", (string?)chart["fallback"]!["type"]);
        Assert.NotNull(posted.Json["summary"]);
    }

    private static async Task CheckLedgerAsync(TeamsHost host)
    {
        var net = await host.Folder.QueryAsync(db => db.Ledger.GroupBy(e => e.Kind).Select(g => new { g.Key, Sum = g.Sum(e => e.Amount), Rows = g.Count() }).ToDictionaryAsync(x => x.Key));
        Assert.Equal((1, 3), (net[LedgerKind.Said].Sum, net[LedgerKind.Said].Rows));
        Assert.Equal((1, 3), (net[LedgerKind.Reacted].Sum, net[LedgerKind.Reacted].Rows));
        Assert.Equal(1, net[LedgerKind.Declined].Sum);
        Assert.Equal(Platforms.Teams, await host.Folder.QueryAsync(db => db.Workspaces.Where(w => w.ExternalId == FakeConnector.Tenant).Select(w => w.Platform).SingleAsync()));
    }

    private static bool Shows(SentMessage message, string text) => message.Card is { } card && card.ToJsonString(Readable).Contains(text, StringComparison.Ordinal);

    private static readonly System.Text.Json.JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
