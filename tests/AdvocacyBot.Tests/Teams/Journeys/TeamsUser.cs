using System.Net.Http.Json;
using System.Text.Json.Nodes;
using AdvocacyBot.Tests.Teams.Support;

namespace AdvocacyBot.Tests.Teams.Journeys;

/// <summary>A person in Teams: does what a client lets them do, and sends what the client would send.</summary>
internal sealed class TeamsUser(TeamsHost host, string name, string locale = "en-GB")
{
    private int sent;

    public TeamsHost Host => host;

    public string Id => $"29:{name}";

    /// <summary>Their chat with the bot, once the bot is installed for them.</summary>
    public TeamsPlace Personal => new($"a:1-{name}", "personal");

    /// <summary>Writes; in a channel and a group chat with the bot's mention.</summary>
    public async Task SayAsync(TeamsPlace place, string text)
    {
        var message = Activity("message", place);
        message["text"] = place.IsPersonal ? text : $"<at>AdvocacyBot</at>&nbsp;{text}";
        message["textFormat"] = "plain";
        if (!place.IsPersonal)
        {
            message["entities"]!.AsArray().Add(new JsonObject
            {
                ["type"] = "mention",
                ["text"] = "<at>AdvocacyBot</at>",
                ["mentioned"] = new JsonObject { ["id"] = BotId, ["name"] = "AdvocacyBot" },
            });
        }

        await AcceptedAsync(message);
    }

    /// <summary>Chooses a slash command: only the bot is told.</summary>
    public async Task SlashAsync(TeamsPlace place, string text)
    {
        var message = Activity("message", place);
        message["text"] = text;
        message["recipient"]!["isTargeted"] = true;
        await AcceptedAsync(message);
    }

    public async Task ReactAsync(TeamsPlace place, string messageId, string reaction, bool added)
    {
        var activity = Activity("messageReaction", place);
        activity["replyToId"] = messageId;
        activity[added ? "reactionsAdded" : "reactionsRemoved"] = new JsonArray(new JsonObject { ["type"] = reaction });
        await AcceptedAsync(activity);
    }

    /// <summary>Teams tells of it twice.</summary>
    public async Task InstallAsync(TeamsPlace place, string? teamName = null)
    {
        var installation = Activity("installationUpdate", place);
        installation["action"] = "add";
        var update = Activity("conversationUpdate", place);
        update["membersAdded"] = new JsonArray(new JsonObject { ["id"] = BotId });
        foreach (var activity in new[] { installation, update })
        {
            if (teamName is not null)
            {
                activity["channelData"]!["team"]!["name"] = teamName;
            }

            await AcceptedAsync(activity);
        }
    }

    public async Task UninstallAsync(TeamsPlace place)
    {
        var removal = Activity("installationUpdate", place);
        removal["action"] = "remove";
        await AcceptedAsync(removal);
    }

    /// <summary>A <c>conversationUpdate</c> that says what happened.</summary>
    public async Task TellAsync(TeamsPlace place, string eventType, Action<JsonObject> change)
    {
        var activity = Activity("conversationUpdate", place);
        activity["channelData"]!["eventType"] = eventType;
        change(activity);
        await AcceptedAsync(activity);
    }

    public async Task<TeamsAnswer> InvokeAsync(TeamsPlace place, string invoke, JsonObject value, string? replyTo = null)
    {
        var activity = Activity("invoke", place);
        activity["name"] = invoke;
        activity["value"] = value;
        if (replyTo is not null)
        {
            activity["replyToId"] = replyTo;
        }

        using var response = await host.PostAsync(activity.ToJsonString());
        Assert.Equal(200, (int)response.StatusCode);
        var body = response.Content.Headers.ContentLength == 0 ? null : await response.Content.ReadFromJsonAsync<JsonObject>();
        return new TeamsAnswer(body, place, replyTo, invoke);
    }

    /// <summary>A card that the person can see in a message.</summary>
    public ShownCard See(TeamsPlace place, SentMessage message)
    {
        Assert.True(message.VisibleTo is null || message.VisibleTo == Id, "Somebody else's message.");
        return new ShownCard(message.Card!, place, message.Id, InDialog: false, "");
    }

    /// <summary>The newest card that only this person sees, in a conversation or in the chat with the bot.</summary>
    public ShownCard SeeOwn(TeamsPlace place)
    {
        var message = host.Connector.In(place.Id.Split(';')[0]).Last(message => place.IsPersonal || message.VisibleTo == Id);
        return See(place, message);
    }

    public JsonObject Activity(string type, TeamsPlace place) => new()
    {
        ["type"] = type,
        ["id"] = $"{name}-{Interlocked.Increment(ref sent)}",
        ["channelId"] = "msteams",
        ["serviceUrl"] = host.Connector.ServiceUrl,
        ["from"] = new JsonObject { ["id"] = Id, ["name"] = $"Person {name}", ["aadObjectId"] = $"aad-{name}" },
        ["recipient"] = new JsonObject { ["id"] = BotId, ["name"] = "AdvocacyBot" },
        ["conversation"] = place.Conversation,
        ["channelData"] = place.ChannelData,
        ["locale"] = locale,
        ["entities"] = new JsonArray(new JsonObject { ["type"] = "clientInfo", ["locale"] = locale, ["country"] = "IL", ["platform"] = "Web", ["timezone"] = "Asia/Jerusalem" }),
    };

    public async Task AcceptedAsync(JsonObject activity)
    {
        using var response = await host.PostAsync(activity.ToJsonString());
        Assert.Equal((200, 0L), ((int)response.StatusCode, response.Content.Headers.ContentLength));
    }

    private static string BotId => $"28:{FakeLogin.AppId}";
}
