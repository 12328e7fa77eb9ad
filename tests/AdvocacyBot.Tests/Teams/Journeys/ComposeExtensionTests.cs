using System.Text.Json.Nodes;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Tests.Teams.Support;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Tests.Teams.Journeys;

/// <summary>The message extension: chat commands begun from a menu, shown in its dialog.</summary>
public sealed class ComposeExtensionTests
{
    private static readonly Texts T = Texts.In(Language.English);

    [Fact]
    public async Task New_campaign_is_composed_in_the_extensions_dialog_wherever_it_was_begun()
    {
        await using var host = await TeamsHost.StartAsync();
        var alex = new TeamsUser(host, "alex");
        host.Connector.AddGroup("19:group@thread.v2", alex.Id);
        await alex.InstallAsync(new TeamsPlace("19:group@thread.v2", "groupChat"));
        var elsewhere = new TeamsPlace("19:without-the-bot@thread.v2", "groupChat");

        var content = (await FetchAsync(alex, elsewhere, "campaign")).Card;
        var texts = (await content.PressAsync(alex, T["Campaigns.Next"], ("link", "https://example.com/a"), ("title", "News"))).Card;
        var cancelled = (await texts.PressAsync(alex, T["Dialogs.Cancel"])).Card;

        Assert.True(cancelled.InDialog);
        Assert.Equal(T["Campaigns.CancelledKept"].AsSaid(), cancelled.Text);
        Assert.Equal("News", await host.Folder.QueryAsync(db => db.Campaigns.Select(c => c.Title).SingleAsync()));
        Assert.DoesNotContain(await host.Folder.QueryAsync(db => db.Conversations.Where(c => c.Kind != ConversationKind.Personal).Select(c => c.ExternalId).ToListAsync()), id => id == elsewhere.Id);
    }

    [Theory]
    [InlineData("en-GB")]
    [InlineData("he-IL")]
    public async Task A_message_is_suggested_approved_and_its_suggester_told(string locale)
    {
        await using var host = await TeamsHost.StartAsync();
        var t = Texts.In(Language.First(locale));
        var (alex, bea) = (new TeamsUser(host, "alex", locale), new TeamsUser(host, "bea", locale));
        var group = new TeamsPlace("19:group@thread.v2", "groupChat");
        host.Connector.AddGroup(group.Id, alex.Id, bea.Id);
        host.Connector.AddPersonal(alex.Id);
        host.Connector.AddPersonal(bea.Id);
        await alex.InstallAsync(group);

        var form = (await FetchAsync(
            bea, group, "suggest", JsonNode.Parse("""{"body":{"contentType":"html","content":"<p>Worth reading: <a href=\"https://example.com/worth-it\">this</a></p>"}}""")!.AsObject())).Card;
        Assert.Equal("https://example.com/worth-it", (string?)form.Inputs.Single(input => (string?)input["id"] == "link")["value"]);
        Assert.Equal(t.Language.RightToLeft, form.Rtl);
        var sent = (await form.PressAsync(bea, form.Buttons.First(), ("title", "Worth it"), ("agree", "true"))).Card;
        Assert.True(sent.InDialog);
        Assert.Equal(["Worth it"], await host.Folder.QueryAsync(db => db.Suggestions.Select(s => s.Title).ToListAsync()));

        await alex.SayAsync(group, "approve");
        var queue = alex.SeeOwn(group);
        Assert.Contains("Worth it", queue.Text, StringComparison.Ordinal);
        var reason = (await queue.PressAsync(alex, t["Suggestions.Decline"])).Card;
        var declined = (await reason.PressAsync(alex, reason.Buttons.First())).Card;
        Assert.Contains("Worth it", declined.Text, StringComparison.Ordinal);
        await host.MessageAsync(bea.Personal.Id, message => message.Card is not null, "the note to the suggester");
    }

    [Fact]
    public async Task Other_commands_and_searches_are_not_implemented()
    {
        await using var host = await TeamsHost.StartAsync();
        var alex = new TeamsUser(host, "alex");
        foreach (var (name, value) in new[] { ("composeExtension/fetchTask", """{"commandId":"cmd1"}"""), ("composeExtension/query", """{"commandId":"campaign"}"""), ("signin/verifyState", "{}") })
        {
            var activity = alex.Activity("invoke", alex.Personal);
            activity["name"] = name;
            activity["value"] = JsonNode.Parse(value);
            using var response = await host.PostAsync(activity.ToJsonString());
            Assert.Equal(501, (int)response.StatusCode);
        }
    }

    private static Task<TeamsAnswer> FetchAsync(TeamsUser user, TeamsPlace place, string command, JsonObject? message = null)
    {
        var value = new JsonObject
        {
            ["commandId"] = command,
            ["commandContext"] = message is null ? "compose" : "message",
            ["context"] = new JsonObject { ["theme"] = "default" },
        };
        if (message is not null)
        {
            value["messagePayload"] = message;
        }

        return user.InvokeAsync(place, "composeExtension/fetchTask", value);
    }
}
