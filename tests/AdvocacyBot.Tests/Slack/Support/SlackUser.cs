using System.Text.Json.Nodes;

namespace AdvocacyBot.Tests.Slack.Support;

/// <summary>Somebody who uses the bot in Slack: types, presses, fills in, reacts. What Slack's client would not let happen, does not happen here.</summary>
internal sealed class SlackUser(FakeSlack slack, ISlackTransport transport, string userId, string channel)
{
    public string Id => userId;

    /// <summary>Types a slash command.</summary>
    /// <returns>The private or public message that answers at once; null where something else will come.</returns>
    public async Task<FakeMessage?> CommandAsync(string text)
    {
        var answer = await transport.CommandAsync(new JsonObject
        {
            ["token"] = "legacy",
            ["team_id"] = FakeSlack.Team,
            ["team_domain"] = "example",
            ["channel_id"] = channel,
            ["channel_name"] = slack.Channels.TryGetValue(channel, out var known) ? known.Name : "directmessage",
            ["user_id"] = userId,
            ["user_name"] = userId.ToLowerInvariant(),
            ["command"] = "/advocate",
            ["text"] = text,
            ["api_app_id"] = "A0001",
            ["is_enterprise_install"] = "false",
            ["response_url"] = slack.ResponseUrl(channel, userId, source: null),
            ["trigger_id"] = slack.Trigger(userId),
        });
        return answer is null ? null : slack.Take(channel, (string?)answer["response_type"] == "in_channel" ? null : userId, (string)answer["text"]!, answer["blocks"]!);
    }

    /// <summary>Presses a button that has these words on it.</summary>
    public Task PressAsync(FakeMessage message, string title)
    {
        Assert.False(message.Deleted);
        Assert.True(message.OnlyFor is null || message.OnlyFor == userId);
        var (button, block) = SlackReader.Button(message.Blocks, title);
        var ephemeral = message.OnlyFor is not null;
        var payload = Base("block_actions");
        payload["channel"] = new JsonObject { ["id"] = message.Channel, ["name"] = slack.Channels.TryGetValue(message.Channel, out var known) ? known.Name : "directmessage" };
        payload["container"] = new JsonObject { ["type"] = "message", ["message_ts"] = message.Ts, ["channel_id"] = message.Channel, ["is_ephemeral"] = ephemeral };
        payload["response_url"] = slack.ResponseUrl(message.Channel, userId, message);
        payload["trigger_id"] = slack.Trigger(userId);
        payload["state"] = new JsonObject { ["values"] = new JsonObject() };
        payload["actions"] = Actions(button, block);
        if (!ephemeral)
        {
            payload["message"] = new JsonObject { ["type"] = "message", ["ts"] = message.Ts, ["text"] = message.Text, ["bot_id"] = "B0BOT" };
        }

        return transport.InteractionAsync(payload);
    }

    /// <summary>Presses a button in a view.</summary>
    public Task PressAsync(FakeView view, string title, params (string Input, string Value)[] typed)
    {
        Assert.True(view.Open);
        var (button, block) = SlackReader.Button(view.Content["blocks"]!.AsArray(), title);
        var payload = Base("block_actions");
        payload["view"] = SlackReader.Payload(view, SlackReader.State(view, typed));
        payload["container"] = new JsonObject { ["type"] = "view", ["view_id"] = view.Id };
        payload["trigger_id"] = slack.Trigger(userId);
        payload["actions"] = Actions(button, block);
        return transport.InteractionAsync(payload);
    }

    /// <summary>Sends the form, and takes Slack's part in what answers.</summary>
    /// <returns>The messages at its fields by input id; null where it was accepted.</returns>
    public async Task<IReadOnlyDictionary<string, string>?> SubmitAsync(FakeView view, params (string Input, string Value)[] typed)
    {
        Assert.True(view.Open);
        Assert.NotNull(view.Content["submit"]);
        var payload = Base("view_submission");
        payload["view"] = SlackReader.Payload(view, SlackReader.State(view, typed, complete: true));
        payload["trigger_id"] = slack.Trigger(userId);
        payload["response_urls"] = new JsonArray();
        var answer = await transport.InteractionAsync(payload);
        switch ((string?)answer?["response_action"])
        {
            case null:
            case "clear":
                slack.Close(view);
                return null;
            case "update":
                slack.UpdateByAnswer(view, answer!["view"]);
                return null;
            case "errors":
                return SlackReader.Errors(view, answer!["errors"]!.AsObject());
            default:
                throw new Xunit.Sdk.XunitException($"Slack knows no answer {answer}.");
        }
    }

    /// <summary>Closes a view by its own close button.</summary>
    public Task CloseAsync(FakeView view)
    {
        slack.Close(view);
        if ((bool?)view.Content["notify_on_close"] is not true)
        {
            return Task.CompletedTask;
        }

        var payload = Base("view_closed");
        payload["view"] = SlackReader.Payload(view, []);
        payload["is_cleared"] = false;
        return transport.InteractionAsync(payload);
    }

    public Task ShortcutAsync(string callbackId)
    {
        var payload = Base("shortcut");
        payload["callback_id"] = callbackId;
        payload["trigger_id"] = slack.Trigger(userId);
        payload["action_ts"] = slack.Timestamp();
        return transport.InteractionAsync(payload);
    }

    /// <param name="callbackId">Which entry of the menu.</param>
    /// <param name="text">What the message says.</param>
    /// <param name="more">Further fields of the message, such as attachments and files.</param>
    public Task MessageShortcutAsync(string callbackId, string text, JsonObject? more = null)
    {
        var payload = Base("message_action");
        payload["callback_id"] = callbackId;
        payload["trigger_id"] = slack.Trigger(userId);
        payload["response_url"] = slack.ResponseUrl(channel, userId, source: null);
        payload["channel"] = new JsonObject { ["id"] = channel, ["name"] = slack.Channels[channel].Name };
        payload["message_ts"] = slack.Timestamp();
        payload["message"] = new JsonObject { ["type"] = "message", ["user"] = userId, ["ts"] = slack.Timestamp(), ["text"] = text };
        foreach (var (name, value) in more ?? [])
        {
            payload["message"]![name] = value?.DeepClone();
        }

        return transport.InteractionAsync(payload);
    }

    public Task ReactAsync(FakeMessage message, string reaction, bool added, string? eventTs = null) => EventAsync(Reaction(message, reaction, added, eventTs));

    public JsonObject Reaction(FakeMessage message, string reaction, bool added, string? eventTs = null) => new()
    {
        ["type"] = added ? "reaction_added" : "reaction_removed",
        ["user"] = userId,
        ["reaction"] = reaction,
        ["item_user"] = FakeSlack.Bot,
        ["item"] = new JsonObject { ["type"] = "message", ["channel"] = message.Channel, ["ts"] = message.Ts },
        ["event_ts"] = eventTs ?? slack.Timestamp(),
    };

    public Task OpenHomeAsync() => EventAsync(new JsonObject { ["type"] = "app_home_opened", ["user"] = userId, ["channel"] = FakeSlack.Direct(userId), ["tab"] = "home", ["event_ts"] = slack.Timestamp() });

    public Task WriteToBotAsync(string text)
    {
        var ts = slack.Timestamp();
        return EventAsync(new JsonObject { ["type"] = "message", ["channel_type"] = "im", ["user"] = userId, ["channel"] = FakeSlack.Direct(userId), ["text"] = text, ["ts"] = ts, ["event_ts"] = ts });
    }

    public JsonObject Mention(string text, string type = "app_mention", string? ts = null)
    {
        ts ??= slack.Timestamp();
        return new JsonObject { ["type"] = type, ["user"] = userId, ["channel"] = channel, ["channel_type"] = "channel", ["text"] = $"<@{FakeSlack.Bot}> {text}", ["ts"] = ts, ["event_ts"] = ts };
    }

    public Task EventAsync(JsonObject @event, string? eventId = null) => transport.EventAsync(Envelope(slack, @event, eventId));

    public static JsonObject Envelope(FakeSlack slack, JsonObject @event, string? eventId = null) => new()
    {
        ["token"] = "legacy",
        ["team_id"] = FakeSlack.Team,
        ["api_app_id"] = "A0001",
        ["type"] = "event_callback",
        ["event_id"] = eventId ?? slack.Number("Ev"),
        ["event_time"] = slack.Clock.GetUtcNow().ToUnixTimeSeconds(),
        ["authorizations"] = new JsonArray(new JsonObject { ["team_id"] = FakeSlack.Team, ["user_id"] = FakeSlack.Bot, ["is_bot"] = true, ["is_enterprise_install"] = false }),
        ["event"] = @event.DeepClone(),
    };

    /// <summary>Waits for a form of this person with a title.</summary>
    public Task<FakeView> FormAsync(string title) => slack.AwaitAsync(
        s => s.Views.FindLast(v => v.Open && v.User == userId && SlackReader.Says((string?)v.Content["title"]?["text"], title)), $"form '{title}' for {userId}");

    /// <summary>Waits for a message that this person sees and that says something.</summary>
    public Task<FakeMessage> SeesAsync(string words, bool alone = false) => slack.AwaitAsync(
        s => s.Messages.FindLast(m => !m.Deleted && (alone ? m.OnlyFor == userId || m.Channel == FakeSlack.Direct(userId) : m.OnlyFor is null || m.OnlyFor == userId)
            && SlackReader.Says(SlackReader.Text(m.Blocks), words)),
        $"message '{words}' for {userId}");

    private JsonObject Base(string type) => new()
    {
        ["type"] = type,
        ["team"] = new JsonObject { ["id"] = FakeSlack.Team, ["domain"] = "example" },
        ["user"] = new JsonObject { ["id"] = userId, ["username"] = userId.ToLowerInvariant(), ["team_id"] = FakeSlack.Team },
        ["api_app_id"] = "A0001",
        ["token"] = "legacy",
        ["enterprise"] = null,
        ["is_enterprise_install"] = false,
    };

    private JsonArray Actions(JsonNode button, string block) => new(new JsonObject
    {
        ["type"] = "button",
        ["action_id"] = (string?)button["action_id"],
        ["block_id"] = block,
        ["text"] = button["text"]!.DeepClone(),
        ["value"] = (string?)button["value"],
        ["action_ts"] = slack.Timestamp(),
    });
}
