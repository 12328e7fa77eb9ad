using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Tests.Infrastructure;
using AdvocacyBot.Tests.Web.Support;
using AdvocacyBot.Web.Api;

namespace AdvocacyBot.Tests.Host.Support;

/// <summary>A person in the browser chat, who does by the API what the page does.</summary>
internal sealed class ChatPerson(HttpClient http, string id)
{
    public string Id => id;

    public Task<ReplyView> SayAsync(string channel, string text) => PostAsync("messages", new JsonObject { ["channel"] = channel, ["text"] = text });

    /// <summary>Presses the button of a verb on a message's card.</summary>
    public Task<ReplyView> PressAsync(MessageView message, string verb) => PostAsync("actions", new JsonObject
    {
        ["channel"] = message.Channel,
        ["messageId"] = message.Id,
        ["token"] = CardReader.Action(CardOf(message), verb).Data.Token,
        ["inputs"] = new JsonObject(),
    });

    /// <summary>Sends a form as it stands, but for what is changed.</summary>
    public Task<ReplyView> SubmitAsync(string channel, FormView form, string action, params (string Id, string Value)[] changed)
    {
        var inputs = CardReader.Inputs(CardJson.Deserialize(form.Card));
        foreach (var (input, value) in changed)
        {
            Assert.True(inputs.ContainsKey(input), $"The form has no input '{input}'.");
            inputs[input] = value;
        }

        return PostAsync("forms", new JsonObject
        {
            ["channel"] = channel,
            ["messageId"] = form.MessageId,
            ["token"] = form.Token,
            ["action"] = action,
            ["inputs"] = new JsonObject(inputs.Select(input => KeyValuePair.Create(input.Key, (JsonNode?)input.Value))),
        });
    }

    public Task<ReplyView> ReactAsync(MessageView message, string reaction, bool added) => PostAsync("reactions", new JsonObject
    {
        ["channel"] = message.Channel,
        ["messageId"] = message.Id,
        ["reaction"] = reaction,
        ["added"] = added,
    });

    public async Task<IReadOnlyList<MessageView>> ReadAsync(string channel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/web/api/channels/{channel}/messages?limit=200");
        return (await SendAsync(request, Wire.Json.MessagesView)).Messages;
    }

    public Task<Events> ListenAsync(long after = 0) => Events.OpenAsync(http, id, after, lastEventId: null);

    /// <summary>Reads along in the live updates until a message shows what is waited for.</summary>
    public async Task<MessageView> AwaitMessageAsync(Func<MessageView, bool> wanted)
    {
        await using var events = await ListenAsync();
        while (true)
        {
            var (type, data, _) = await events.NextAsync();
            if (type == "message" && data.Deserialize(Wire.Json.MessageView) is { } message && wanted(message))
            {
                return message;
            }
        }
    }

    public static AdaptiveCard CardOf(MessageView message) => CardJson.Deserialize(message.Card ?? throw new Xunit.Sdk.XunitException("The message has no card."));

    public static string TextOf(MessageView? message) => message?.Card is null ? message?.Text ?? "" : CardReader.Text(CardOf(message));

    private async Task<ReplyView> PostAsync(string what, JsonObject body)
    {
        // Chosen here, so that whoever has to send the request again repeats it.
        body["id"] = Guid.NewGuid().ToString("N");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/web/api/{what}") { Content = JsonContent.Create(body) };
        return await SendAsync(request, Wire.Json.ReplyView);
    }

    private async Task<T> SendAsync<T>(HttpRequestMessage request, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
    {
        request.Headers.Add("X-Person", id);
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{(int)response.StatusCode} from {request.RequestUri}: {text}");
        return JsonSerializer.Deserialize(text, type)!;
    }
}
