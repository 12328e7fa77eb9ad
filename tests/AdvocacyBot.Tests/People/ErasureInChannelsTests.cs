using System.Net;
using System.Text.Json.Nodes;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Tests.Host.Support;
using AdvocacyBot.Tests.Infrastructure;
using AdvocacyBot.Tests.Slack.Support;
using AdvocacyBot.Tests.Teams.Journeys;
using AdvocacyBot.Tests.Teams.Support;
using AdvocacyBot.Web.Api;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Tests.People;

/// <summary>"Export my data" and "Erase me" through the real host, in each channel; what the channels keep of their own is searched as well.</summary>
public sealed class ErasureInChannelsTests
{
    [Fact]
    public async Task In_the_browser_chat_the_file_is_fetched_once_and_nothing_is_left_of_who_was_erased()
    {
        using var folder = new HostFolder();
        await using var host = LiveHost.Start(folder);
        using var http = host.Http();
        var (comms, owner, alice) = (new ChatPerson(http, "carmen"), new ChatPerson(http, "olivia"), new ChatPerson(http, "alice"));
        var name = await folder.QueryAsync(db => db.People.Where(p => p.ExternalId == "alice").Select(p => p.Name).SingleAsync());
        await comms.PublishAsync("Launch day");
        var prompt = await alice.AwaitPromptAsync("Launch day");
        var offer = (await alice.ShareAsync(prompt))!;
        await alice.PressAsync(offer, "share.said");
        await alice.ReactAsync(prompt, "🎉", added: true);
        await alice.SayAsync("general", "Only Alice would say this");
        await owner.SayAsync("general", $"Well done, {name}!");
        await owner.SayAsync("general", "/advocate roles");
        Assert.Contains(await folder.QueryAsync(db => EveryColumn.FindAsync(db, name)), found => found.StartsWith("web_messages.", StringComparison.Ordinal));

        await CheckExportAsync(http, alice, name);
        var me = (await alice.SayAsync("general", "/advocate me")).Message!;
        var form = (await alice.PressAsync(me, "me.erase")).Form!;
        var said = (await alice.SubmitAsync("general", form, "erase", ("sure", "true"))).Message!;

        Assert.Contains("erased", ChatPerson.TextOf(said), StringComparison.Ordinal);
        var left = await folder.QueryAsync(db => EveryColumn.FindAsync(db, name, "Only Alice would say this", "dm-alice", ":alice:"));
        Assert.Empty(left);
        Assert.DoesNotContain(await IdsAsync(folder), id => id == "alice");
        using var state = await http.GetAsync("/web/api/state");
        Assert.DoesNotContain("erased:", await state.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_Slack_nothing_is_left_of_who_was_erased_and_the_home_tab_does_not_bring_them_back()
    {
        await using var world = await SlackWorld.StartAsync();
        var (carmen, alice, t) = (world.Person("U0CARMEN"), world.Person("U0ALICE"), Texts.In(Language.English));
        await world.InviteAsync(carmen, FakeSlack.General, Language.English);
        var card = await world.PublishAsync(carmen, t, "Launch day", "We are proud.", FakeSlack.General);
        await SlackWorld.ShareAsync(alice, card, t);
        Assert.Contains(await world.Folder.QueryAsync(db => EveryColumn.FindAsync(db, "U0ALICE")), found => found.StartsWith("slack_people.", StringComparison.Ordinal));

        var me = (await alice.CommandAsync("me"))!;
        await alice.PressAsync(me, t["Preferences.Erase"]);
        var form = await alice.FormAsync(t["Preferences.EraseTitle"]);
        Assert.Equal(["sure"], (await alice.SubmitAsync(form))!.Keys);
        await alice.SubmitAsync(form, ("sure", "true"));

        await Eventually.SeeAsync(() => world.Folder.QueryAsync(async db => !await db.People.AnyAsync(p => p.ExternalId == "U0ALICE")), "alice erased");
        Assert.Empty(await world.Folder.QueryAsync(db => EveryColumn.FindAsync(db, "U0ALICE", "Alice Bennett")));
        world.Slack.AssertNoFaults();
    }

    [Fact]
    public async Task In_Teams_nothing_is_left_of_who_was_erased()
    {
        await using var host = await TeamsHost.StartAsync();
        var t = Texts.In(Language.English);
        var bea = new TeamsUser(host, "beatrice");
        var alex = new TeamsUser(host, "alex");
        host.Connector.AddPersonal(alex.Id);
        await alex.InstallAsync(alex.Personal);
        host.Connector.AddPersonal(bea.Id);
        await bea.InstallAsync(bea.Personal);
        await bea.SayAsync(bea.Personal, "suggest https://example.com/beas-own");
        await bea.SeeOwn(bea.Personal).PressAsync(bea, t["Suggestions.Send"], ("agree", "true"), ("title", "Beas own"));
        string[] words = [bea.Id, "Person beatrice", "a:1-beatrice", "beas-own", "Beas own"];
        var there = await host.Folder.QueryAsync(db => EveryColumn.FindAsync(db, words));
        Assert.Contains(there, found => found.StartsWith("teams_conversations.", StringComparison.Ordinal));
        Assert.All(words, word => Assert.Contains(there, found => found.EndsWith(": " + word, StringComparison.Ordinal)));

        await bea.SayAsync(bea.Personal, "me");
        var form = (await bea.SeeOwn(bea.Personal).PressAsync(bea, t["Preferences.Erase"])).Card;
        var said = await form.PressAsync(bea, t["Preferences.EraseButton"], ("sure", "true"));

        Assert.Contains("erased", said.Card.Text, StringComparison.Ordinal);
        Assert.Empty(await host.Folder.QueryAsync(db => EveryColumn.FindAsync(db, words)));
    }

    private static async Task CheckExportAsync(HttpClient http, ChatPerson person, string name)
    {
        var me = (await person.SayAsync("general", "/advocate me")).Message!;
        var ready = (await person.PressAsync(me, "me.export")).Message!;
        var link = new Uri(CardReader.Actions(ChatPerson.CardOf(ready)).OfType<OpenUrlAction>().Single().Url);
        Assert.DoesNotContain((await person.ReadAsync("general")), message => message.Id == ready.Id);

        // Who only looks, uses nothing up.
        for (var look = 0; look < 2; look++)
        {
            using var shown = await http.GetAsync(link);
            Assert.Equal((HttpStatusCode.OK, true), (shown.StatusCode, shown.Headers.CacheControl!.NoStore));
            Assert.DoesNotContain(name, await shown.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        using var elsewhere = new HttpRequestMessage(HttpMethod.Post, link);
        elsewhere.Headers.Add("Origin", "https://evil.example");
        using var refused = await http.SendAsync(elsewhere);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        var both = await Task.WhenAll(http.PostAsync(link, null), http.PostAsync(link, null));
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.NotFound], both.Select(response => response.StatusCode).Order());
        using var file = both.Single(response => response.StatusCode == HttpStatusCode.OK);
        Assert.Equal((true, "attachment"), (file.Headers.CacheControl!.NoStore, file.Content.Headers.ContentDisposition!.DispositionType));
        var data = JsonNode.Parse(await file.Content.ReadAsStringAsync())!;
        Assert.Equal(name, (string?)data["person"]!["name"]);
        Assert.Contains("Only Alice would say this", data["webChat"]!["messages"]!.AsArray().Select(m => (string?)m!["text"]));
        using var gone = await http.GetAsync(link);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        both[0].Dispose();
        both[1].Dispose();
    }

    private static Task<List<string>> IdsAsync(HostFolder folder) => folder.QueryAsync(db => db.People.Select(p => p.ExternalId).ToListAsync());
}
