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
        Assert.Equal(T["Campaigns.CancelledKept"], cancelled.Text);
        Assert.Equal("News", await host.Folder.QueryAsync(db => db.Campaigns.Select(c => c.Title).SingleAsync()));
        Assert.DoesNotContain(await host.Folder.QueryAsync(db => db.Conversations.Where(c => c.Kind != ConversationKind.Personal).Select(c => c.ExternalId).ToListAsync()), id => id == elsewhere.Id);
    }

    [Fact]
    public async Task A_message_is_suggested_by_its_link()
    {
        await using var host = await TeamsHost.StartAsync();
        var bea = new TeamsUser(host, "bea");
        var answer = await FetchAsync(bea, bea.Personal, "suggest", JsonNode.Parse("""{"body":{"contentType":"html","content":"<a href=\"https://example.com/worth-it\">this</a>"}}""")!.AsObject());

        Assert.True(answer.Card.InDialog);
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
