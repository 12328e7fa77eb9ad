using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace AdvocacyBot.Tests.Slack.Support;

/// <summary>Messages: posted, changed, and answered through a <c>response_url</c>.</summary>
internal sealed partial class FakeSlack
{
    private JsonObject Post(JsonObject arguments, string? onlyFor)
    {
        var channel = (string?)arguments["channel"] ?? "";

        // A person's id leads to their conversation with the bot, for whoever can be written to.
        if (channel.StartsWith('U') && Users.TryGetValue(channel, out var person) && person is { Deleted: false, Bot: false })
        {
            channel = Direct(channel);
        }

        if (channel.StartsWith('D'))
        {
            if (!Users.ContainsKey(channel[2..]) || onlyFor is not null)
            {
                return Error("channel_not_found");
            }
        }
        else if (!Channels.TryGetValue(channel, out var known))
        {
            return Error("channel_not_found");
        }
        else if (known.Archived)
        {
            return Error("is_archived");
        }
        else if (!known.Members.Contains(Bot))
        {
            return Error("not_in_channel");
        }
        else if (onlyFor is not null && !known.Members.Contains(onlyFor))
        {
            return Error("user_not_in_channel");
        }

        if (string.IsNullOrEmpty((string?)arguments["text"]))
        {
            Fault("a message without text");
            return Error("no_text");
        }

        if (BlockRules.Message(arguments["blocks"]) is { } bad)
        {
            Fault(bad);
            return Error("invalid_blocks");
        }

        var message = new FakeMessage
        {
            Channel = channel,
            Ts = Timestamp(),
            OnlyFor = onlyFor,
            Thread = (string?)arguments["thread_ts"],
            Text = (string)arguments["text"]!,
            Blocks = WithIds((JsonArray)Copy(arguments["blocks"]!)),
            Metadata = arguments["metadata"]?.DeepClone(),
        };
        Changed(() => Messages.Add(message));
        return onlyFor is null
            ? new JsonObject { ["ok"] = true, ["channel"] = channel, ["ts"] = message.Ts, ["message"] = new JsonObject { ["text"] = message.Text } }
            : new JsonObject { ["ok"] = true, ["message_ts"] = message.Ts };
    }

    private JsonObject Update(JsonObject arguments)
    {
        var message = With(_ => Messages.Find(m => m.Channel == (string?)arguments["channel"] && m.Ts == (string?)arguments["ts"] && m is { OnlyFor: null, Deleted: false }));
        if (message is null)
        {
            return Error("message_not_found");
        }

        if (BlockRules.Message(arguments["blocks"]) is { } bad)
        {
            Fault(bad);
            return Error("invalid_blocks");
        }

        Changed(() =>
        {
            message.Text = (string)arguments["text"]!;
            message.Blocks = WithIds((JsonArray)Copy(arguments["blocks"]!));
            message.Edits++;
        });
        return new JsonObject { ["ok"] = true, ["channel"] = message.Channel, ["ts"] = message.Ts };
    }

    public FakeMessage Take(string channel, string? onlyFor, string text, JsonNode blocks)
    {
        Assert.Null(BlockRules.Message(blocks));
        var message = new FakeMessage { Channel = channel, Ts = Timestamp(), OnlyFor = onlyFor, Text = text, Blocks = WithIds((JsonArray)Copy(blocks)) };
        Changed(() => Messages.Add(message));
        return message;
    }

    private async Task RespondAsync(HttpContext http)
    {
        var response = With(_ => Responses.GetValueOrDefault((string)http.Request.RouteValues["id"]!));
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        var sent = JsonNode.Parse(await reader.ReadToEndAsync()) as JsonObject;
        if (response is null || sent is null || Clock.GetUtcNow() - response.At > TimeSpan.FromMinutes(30) || ++response.Uses > 5)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            await http.Response.WriteAsync(response is null ? "404" : response.Uses > 5 ? "used_url" : "expired_url");
            return;
        }

        string[] known = ["response_type", "replace_original", "delete_original", "thread_ts", "text", "blocks"];
        if (sent.FirstOrDefault(field => !known.Contains(field.Key)).Key is { } unknown)
        {
            Fault($"a response_url takes no {unknown}");
        }

        if ((bool?)sent["delete_original"] is true)
        {
            Changed(() => response.Source!.Deleted = true);
        }
        else if (BlockRules.Message(sent["blocks"]) is { } bad)
        {
            Fault(bad);
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }
        else if ((bool?)sent["replace_original"] is true && response.Source is { } source)
        {
            Changed(() =>
            {
                source.Text = (string)sent["text"]!;
                source.Blocks = WithIds((JsonArray)Copy(sent["blocks"]!));
                source.Edits++;
            });
        }
        else
        {
            Take(response.Channel, (string?)sent["response_type"] == "in_channel" ? null : response.User, (string)sent["text"]!, sent["blocks"]!);
        }

        await http.Response.WriteAsync("ok");
    }
}
