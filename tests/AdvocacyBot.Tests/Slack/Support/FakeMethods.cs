using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.AspNetCore.Http;

namespace AdvocacyBot.Tests.Slack.Support;

/// <summary>The Web API's methods that the bot may use, with the arguments each takes and the scope it wants.</summary>
internal sealed partial class FakeSlack
{
    private static readonly Dictionary<string, (string? Scope, bool Json, string[] Arguments)> Methods = new(StringComparer.Ordinal)
    {
        ["auth.test"] = (null, false, []),
        ["chat.postMessage"] = ("chat:write", true, ["channel", "text", "blocks", "thread_ts", "metadata", "unfurl_links", "unfurl_media"]),
        ["chat.update"] = ("chat:write", true, ["channel", "ts", "text", "blocks", "metadata"]),
        ["chat.postEphemeral"] = ("chat:write", true, ["channel", "user", "text", "blocks", "thread_ts"]),
        ["conversations.open"] = ("im:write", false, ["users"]),
        ["conversations.info"] = ("channels:read", false, ["channel"]),
        ["conversations.members"] = ("channels:read", false, ["channel", "limit", "cursor"]),
        ["conversations.history"] = ("channels:history", false, ["channel", "limit", "cursor", "oldest", "include_all_metadata"]),
        ["users.info"] = ("users:read", false, ["user", "include_locale"]),
        ["views.open"] = (null, true, ["trigger_id", "view"]),
        ["views.update"] = (null, true, ["view_id", "hash", "view"]),
        ["views.publish"] = (null, true, ["user_id", "view", "hash"]),
        ["apps.connections.open"] = (null, false, []),
        ["oauth.v2.access"] = (null, false, ["code", "redirect_uri", "grant_type", "refresh_token", "code_verifier"]),
    };

    /// <summary>What the methods want that the bot may call.</summary>
    public static IEnumerable<string> NeededScopes => Methods.Values.Select(method => method.Scope).OfType<string>().Distinct();

    private readonly Dictionary<(string Workspace, string Channel), Queue<DateTimeOffset>> posted = [];

    /// <summary>People and channels on a page of members, so that paging is needed.</summary>
    public int PageSize { get; set; } = 3;

    private async Task CallAsync(HttpContext http)
    {
        var method = (string)http.Request.RouteValues["method"]!;
        Changed(() => Calls.Add(method));
        if (!Methods.TryGetValue(method, out var known) || !HttpMethods.IsPost(http.Request.Method))
        {
            Fault($"{http.Request.Method} {method}: there is no such method");
            await AnswerAsync(http, Error("unknown_method"));
            return;
        }

        if (Next.TryGetValue(method, out var queue) && queue.TryDequeue(out var instead))
        {
            await instead(http);
            return;
        }

        if (Watch?.Invoke(CallMoment.Arrived) == CallFate.Lost)
        {
            http.Abort();
            return;
        }

        var arguments = known.Json ? await JsonArgumentsAsync(http) : await FormArgumentsAsync(http);
        if (arguments is null)
        {
            Fault($"{method}: neither JSON nor a form");
            await AnswerAsync(http, Error("invalid_post_type"));
            return;
        }

        if (arguments.FirstOrDefault(argument => !known.Arguments.Contains(argument.Key)).Key is { } unknown)
        {
            Fault($"{method} takes no {unknown}");
            await AnswerAsync(http, Error("invalid_arguments"));
            return;
        }

        var authorization = http.Request.Headers.Authorization.ToString();
        if (method == "oauth.v2.access")
        {
            await AnswerAsync(http, Exchange(authorization, arguments));
            return;
        }

        if (method == "apps.connections.open")
        {
            await AnswerAsync(http, authorization == $"Bearer {AppToken}" ? Connection() : Error("invalid_auth"));
            return;
        }

        if (!authorization.StartsWith("Bearer ", StringComparison.Ordinal) || !Tokens.TryGetValue(authorization["Bearer ".Length..], out var workspace))
        {
            await AnswerAsync(http, Error(authorization.Length == 0 ? "not_authed" : Revoked.Contains(authorization["Bearer ".Length..]) ? "token_revoked" : "invalid_auth"));
            return;
        }

        if (known.Scope is { } scope && !Scopes.Contains(scope))
        {
            await AnswerAsync(http, new JsonObject { ["ok"] = false, ["error"] = "missing_scope", ["needed"] = scope, ["provided"] = string.Join(',', Scopes) });
            return;
        }

        if (method == "chat.postMessage" && TooFast(workspace, (string)arguments["channel"]!))
        {
            http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            http.Response.Headers.RetryAfter = "1";
            return;
        }

        var answer = Carry(method, workspace, arguments);
        if (Watch?.Invoke(CallMoment.CarriedOut) == CallFate.Lost)
        {
            http.Abort();
            return;
        }

        await AnswerAsync(http, answer);
    }

    /// <summary>Looks on at every call; what it loses is not carried out, or not answered.</summary>
    public Func<CallMoment, CallFate>? Watch { get; set; }

    /// <summary>Tokens that worked once.</summary>
    public HashSet<string> Revoked { get; } = new(StringComparer.Ordinal);

    private JsonObject Carry(string method, string workspace, JsonObject arguments) => method switch
    {
        "auth.test" => new JsonObject { ["ok"] = true, ["url"] = "https://example.slack.com/", ["team"] = "Example", ["team_id"] = workspace, ["user"] = "advocacybot", ["user_id"] = Bot, ["bot_id"] = "B0BOT", ["is_enterprise_install"] = false },
        "chat.postMessage" => Post(arguments, onlyFor: null),
        "chat.postEphemeral" => Post(arguments, (string?)arguments["user"]),
        "chat.update" => Update(arguments),
        "conversations.open" => Open(arguments),
        "conversations.info" => Channels.TryGetValue((string)arguments["channel"]!, out var channel)
            ? new JsonObject { ["ok"] = true, ["channel"] = new JsonObject { ["id"] = channel.Id, ["name"] = channel.Name, ["creator"] = "U0CARMEN", ["is_member"] = channel.Members.Contains(Bot) } }
            : Error("channel_not_found"),
        "conversations.members" => Members(arguments),
        "conversations.history" => History(arguments),
        "users.info" => User(arguments),
        "views.open" => OpenView(arguments),
        "views.update" => UpdateView(arguments),
        "views.publish" => PublishView(arguments),
        _ => throw new InvalidOperationException(method),
    };

    private bool TooFast(string workspace, string channel)
    {
        const int burst = 4;
        lock (gate)
        {
            var times = posted.TryGetValue((workspace, channel), out var known) ? known : posted[(workspace, channel)] = [];
            var now = Clock.GetUtcNow();
            while (times.TryPeek(out var first) && now - first > TimeSpan.FromSeconds(burst))
            {
                times.Dequeue();
            }

            times.Enqueue(now);
            return times.Count > burst * 2;
        }
    }

    private JsonObject Open(JsonObject arguments) => Users.TryGetValue((string?)arguments["users"] ?? "", out var user)
        ? user.Deleted ? Error("user_disabled") : user.Bot ? Error("cannot_dm_bot") : new JsonObject { ["ok"] = true, ["channel"] = new JsonObject { ["id"] = Direct(user.Id) } }
        : Error("user_not_found");

    private JsonObject Members(JsonObject arguments)
    {
        if (!Channels.TryGetValue((string)arguments["channel"]!, out var channel))
        {
            return Error("channel_not_found");
        }

        var from = int.TryParse((string?)arguments["cursor"], CultureInfo.InvariantCulture, out var at) ? at : 0;
        var page = channel.Members.Order(StringComparer.Ordinal).Skip(from).Take(PageSize).ToList();
        var next = from + page.Count < channel.Members.Count ? (from + page.Count).ToString(CultureInfo.InvariantCulture) : "";
        return new JsonObject
        {
            ["ok"] = true,
            ["members"] = new JsonArray([.. page.Select(id => (JsonNode)id)]),
            ["response_metadata"] = new JsonObject { ["next_cursor"] = next },
        };
    }

    private JsonObject History(JsonObject arguments)
    {
        var oldest = decimal.Parse((string)arguments["oldest"]!, CultureInfo.InvariantCulture);
        var messages = With(_ => Messages.Where(m => m.Channel == (string?)arguments["channel"] && m.OnlyFor is null && decimal.Parse(m.Ts, CultureInfo.InvariantCulture) >= oldest)
            .Reverse().Select(m => (JsonNode)new JsonObject { ["type"] = "message", ["ts"] = m.Ts, ["text"] = m.Text, ["metadata"] = m.Metadata?.DeepClone() }).ToArray());
        return new JsonObject { ["ok"] = true, ["messages"] = new JsonArray(messages), ["has_more"] = false };
    }

    private JsonObject User(JsonObject arguments) => Users.TryGetValue((string?)arguments["user"] ?? "", out var user)
        ? new JsonObject { ["ok"] = true, ["user"] = UserObject(user, Scopes.Contains("users:read.email")) }
        : Error("user_not_found");

    public static JsonObject UserObject(FakeUser user, bool withEmail = false) => new()
    {
        ["id"] = user.Id,
        ["team_id"] = Team,
        ["name"] = user.Id.ToLowerInvariant(),
        ["real_name"] = user.Name,
        ["deleted"] = user.Deleted,
        ["is_bot"] = user.Bot,
        ["is_restricted"] = user.Guest,
        ["is_ultra_restricted"] = false,
        ["tz"] = user.Zone,
        ["locale"] = user.Locale,
        ["profile"] = withEmail && user.Email is { } email
            ? new JsonObject { ["display_name"] = user.Name, ["real_name"] = user.Name, ["email"] = email }
            : new JsonObject { ["display_name"] = user.Name, ["real_name"] = user.Name },
    };

    private JsonArray WithIds(JsonArray blocks)
    {
        foreach (var block in blocks)
        {
            block!["block_id"] ??= Number("b");
        }

        return blocks;
    }

    public static JsonObject Error(string error) => new() { ["ok"] = false, ["error"] = error };

    public static async Task AnswerAsync(HttpContext http, JsonNode answer)
    {
        http.Response.ContentType = "application/json; charset=utf-8";
        await http.Response.WriteAsync(answer.ToJsonString());
    }

    private static async Task<JsonObject?> JsonArgumentsAsync(HttpContext http)
    {
        if (http.Request.ContentType != "application/json; charset=utf-8")
        {
            return null;
        }

        try
        {
            return await JsonNode.ParseAsync(http.Request.Body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static async Task<JsonObject?> FormArgumentsAsync(HttpContext http)
    {
        if (!http.Request.HasFormContentType)
        {
            return null;
        }

        var form = await http.Request.ReadFormAsync();
        return new JsonObject(form.Select(field => KeyValuePair.Create(field.Key, (JsonNode?)field.Value.ToString())));
    }
}
