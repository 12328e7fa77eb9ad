using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AdvocacyBot.Tests.Teams.Support;

/// <summary>A message that the bot put into Teams.</summary>
/// <param name="Conversation">With <c>;messageid=…</c> in a channel.</param>
/// <param name="Id">Teams' own.</param>
/// <param name="Json">The activity as it is now.</param>
/// <param name="VisibleTo">The only one who sees it, or null.</param>
internal sealed record SentMessage(string Conversation, string Id, JsonObject Json, string? VisibleTo)
{
    public string? Text => (string?)Json["text"];

    /// <summary>The adaptive card, or null.</summary>
    public JsonObject? Card => Json["attachments"]?[0]?["content"]?.AsObject();

    /// <summary>How often it was replaced.</summary>
    public int Updates { get; init; }

    public bool IsDeleted { get; init; }
}

/// <summary>
/// Teams' connector as it is documented, and as strict: exact routes and escaped ids, known conversations only, token, size, limits, one write at a time for each
/// conversation, and the errors in Teams' own words. What the bot must never send fails the test that sent it, in <see cref="AssertExpected"/>.
/// </summary>
internal sealed class FakeConnector : IAsyncDisposable
{
    public const string Tenant = "99999999-8888-7777-6666-555555555555";

    private readonly ConcurrentDictionary<string, FakeConversation> conversations = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, SentMessage> messages = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> busy = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> order = new();
    private readonly ConcurrentQueue<string> unexpected = new();
    private readonly FakeLimits limits;
    private readonly FakeLogin? login;
    private LoopbackServer server = null!;
    private long lastId = 1_795_325_000_000;
    private int calls;
    private int writes;

    private FakeConnector(FakeLogin? login, TimeProvider clock)
    {
        this.login = login;
        limits = new FakeLimits(clock);
    }

    /// <summary>As activities say it; with the tenant in its path, as Teams has it now.</summary>
    public string ServiceUrl => new Uri(server.Address, $"emea/{Tenant}/").AbsoluteUri;

    /// <summary>What was sent and not deleted, oldest first.</summary>
    public IReadOnlyList<SentMessage> Messages => [.. order.Select(id => messages[id]).Where(message => !message.IsDeleted)];

    /// <summary>All requests, refused ones included.</summary>
    public int Calls => Volatile.Read(ref calls);

    /// <summary>The requests that are not mere reading, refused ones included.</summary>
    public int Writes => Volatile.Read(ref writes);

    /// <summary>Answers the next calls instead of carrying them out, in order.</summary>
    public ConcurrentQueue<FakeFault> Next { get; } = new();

    /// <summary>Where set, a call waits for it before it is answered.</summary>
    public Task Hold { get; set; } = Task.CompletedTask;

    /// <summary>Looks on at every call; what it loses is not carried out, or not answered.</summary>
    public Func<CallMoment, CallFate>? Watch { get; set; }

    /// <summary>Addresses of members who have one.</summary>
    public Dictionary<string, string> Emails { get; } = new(StringComparer.Ordinal);

    /// <summary>Members in one page, whatever is asked for, so that tests need not have 500.</summary>
    public int MostMembersInPage { get; set; } = 500;

    /// <param name="login">Whose tokens are taken; null: none is needed, as in Agents Playground.</param>
    /// <param name="clock">Of the limits; null: the system's.</param>
    public static async Task<FakeConnector> StartAsync(FakeLogin? login, TimeProvider? clock = null)
    {
        var connector = new FakeConnector(login, clock ?? TimeProvider.System);
        connector.server = await LoopbackServer.StartAsync(connector.AnswerAsync);
        return connector;
    }

    /// <summary>The bot is installed for a person.</summary>
    /// <returns>The chat's id, <c>a:…</c>.</returns>
    public string AddPersonal(string userId)
    {
        var id = $"a:1-{userId[3..]}";
        conversations[id] = new FakeConversation(id, FakeKind.Personal) { Members = [userId] };
        return id;
    }

    public FakeConversation AddGroup(string id, params string[] members) => conversations[id] = new FakeConversation(id, FakeKind.Group) { Members = [.. members] };

    public FakeConversation AddChannel(string id, params string[] members) => conversations[id] = new FakeConversation(id, FakeKind.Channel) { Members = [.. members] };

    public FakeConversation Conversation(string id) => conversations[id];

    /// <summary>Messages in a conversation, threads included.</summary>
    public IReadOnlyList<SentMessage> In(string conversation) => [.. Messages.Where(message => Base(message.Conversation) == conversation)];

    /// <summary>Fails where the bot sent what Teams has no use for.</summary>
    public void AssertExpected() => Assert.Empty(unexpected);

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private static string Base(string id) => id.Split(';')[0];

    private async Task AnswerAsync(HttpContext http)
    {
        Interlocked.Increment(ref calls);
        if (!HttpMethods.IsGet(http.Request.Method))
        {
            Interlocked.Increment(ref writes);
        }

        if (Watch?.Invoke(CallMoment.Arrived) == CallFate.Lost)
        {
            http.Abort();
            return;
        }

        var answer = await AnswerSafelyAsync(http);
        if (answer.Status == 0 || Watch?.Invoke(CallMoment.CarriedOut) == CallFate.Lost)
        {
            http.Abort();
            return;
        }

        http.Response.StatusCode = answer.Status;
        if (answer.RetryAfter is { } seconds)
        {
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        if (answer.Location is not null)
        {
            http.Response.Headers.Location = answer.Location;
        }

        if (answer.Body is not null)
        {
            http.Response.ContentType = "application/json; charset=utf-8";
            await http.Response.WriteAsync(answer.Body.ToJsonString());
        }
    }

    private async Task<FakeAnswer> AnswerSafelyAsync(HttpContext http)
    {
        try
        {
            return await DecideAsync(http);
        }
        catch (Exception e) when (e is not OperationCanceledException and not IOException)
        {
            unexpected.Enqueue($"{http.Request.Method} {http.Features.Get<IHttpRequestFeature>()!.RawTarget}: {e.Message}");
            return FakeAnswer.Error(501, "NotImplemented");
        }
    }

    private async Task<FakeAnswer> DecideAsync(HttpContext http)
    {
        var raw = http.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var conversation = Uri.UnescapeDataString(raw.Split('/').SkipWhile(part => part != "conversations").Skip(1).FirstOrDefault() ?? "").Split(';')[0];
        if (conversation.Length > 0 && !busy.TryAdd(conversation, true))
        {
            return FakeAnswer.Error(412, "PreconditionFailed");
        }

        try
        {
            await Hold;
            return await DecideAsync(http, raw);
        }
        finally
        {
            busy.TryRemove(conversation, out _);
        }
    }

    private async Task<FakeAnswer> DecideAsync(HttpContext http, string raw)
    {
        var bytes = await ReadAsync(http.Request);
        if (login is null ? http.Request.Headers.Authorization.Count > 0 : !IsKnown(http.Request.Headers.Authorization.ToString()))
        {
            return FakeAnswer.Error(401, "Unauthorized");
        }

        if (Next.TryPeek(out var next) && (next.Method ?? http.Request.Method) == http.Request.Method && Next.TryDequeue(out var fault))
        {
            if (fault.AfterTaking)
            {
                _ = Route(http.Request.Method, raw, bytes);
            }

            return fault.Answer;
        }

        if (Encoding.UTF8.GetCharCount(bytes) * 2 > 100 * 1024)
        {
            return FakeAnswer.Error(413, "MessageSizeTooBig");
        }

        return Route(http.Request.Method, raw, bytes);
    }

    private bool IsKnown(string header) => header.StartsWith("Bearer ", StringComparison.Ordinal) && login!.HasIssued(header["Bearer ".Length..]);

    private static async Task<byte[]> ReadAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        if (body.Length > 0)
        {
            Require(request.ContentType is "application/json; charset=utf-8", $"content type {request.ContentType}");
        }

        return body.ToArray();
    }

    private FakeAnswer Route(string method, string raw, byte[] bytes)
    {
        var prefix = $"/emea/{Tenant}/";
        Require(raw.StartsWith(prefix, StringComparison.Ordinal), "not under the service URL");
        var target = raw[prefix.Length..].Split('?');
        var path = target[0].Split('/').Select(Unescape).ToArray();
        var query = target.Length > 1 ? target[1].Split('&') : [];
        var body = bytes.Length == 0 ? null : JsonNode.Parse(bytes)!.AsObject();
        var isTargeted = query.Contains("isTargetedActivity=true");
        return (method, path) switch
        {
            ("POST", ["v3", "conversations"]) => Create(body!),
            ("GET", ["v3", "conversations", var id, "pagedmembers"]) => Members(id, query),
            ("GET", ["v3", "teams", var team, "conversations"]) => Channels(team),
            ("POST", ["v3", "conversations", var id, "activities"]) => Post(id, body!, isTargeted, replyTo: null),
            ("POST", ["v3", "conversations", var id, "activities", var replyTo]) => Post(id, body!, isTargeted: false, replyTo),
            ("PUT", ["v3", "conversations", var id, "activities", var message]) => Update(id, message, body!, isTargeted),
            ("DELETE", ["v3", "conversations", var id, "activities", var message]) => Delete(id, message, isTargeted),
            _ => throw new InvalidOperationException("There is no such operation."),
        };
    }

    /// <summary>An id has to be escaped exactly as a whole.</summary>
    private static string Unescape(string part)
    {
        var id = Uri.UnescapeDataString(part);
        Require(Uri.EscapeDataString(id) == part, $"'{part}' is not escaped");
        return id;
    }

    private FakeAnswer Create(JsonObject body)
    {
        FakeActivity.OnlyHas(body, "isGroup", "members", "bot", "tenantId", "activity", "channelData");
        if ((string?)body["tenantId"] != Tenant)
        {
            return FakeAnswer.Error(400, "BadSyntax");
        }

        return (bool?)body["isGroup"] == true ? CreatePost(body) : CreatePersonal(body);
    }

    private FakeAnswer CreatePersonal(JsonObject body)
    {
        if (body["members"]?.AsArray() is not [{ } member] || (string?)member["id"] is not { } user || !user.StartsWith("29:", StringComparison.Ordinal))
        {
            return FakeAnswer.Error(400, "BadSyntax");
        }

        Require(body["activity"] is null, "an activity in a personal chat's creation is posted without an id");
        var chat = conversations.Values.FirstOrDefault(known => known.Kind == FakeKind.Personal && known.Members.Contains(user));
        return chat is null || chat.Refusal is not null
            ? chat?.Refusal ?? FakeAnswer.Error(403, "BotNotInConversationRoster")
            : limits.Take(user, Tenant) ?? new FakeAnswer(201, new JsonObject { ["id"] = chat.Id });
    }

    private FakeAnswer CreatePost(JsonObject body)
    {
        if ((string?)body["channelData"]?["channel"]?["id"] is not { } id || body["activity"] is not JsonObject activity)
        {
            return FakeAnswer.Error(400, "BadSyntax");
        }

        if (Refused(id, FakeKind.Channel) is { } refused)
        {
            return refused;
        }

        FakeActivity.Check(activity);
        var message = NextId();
        Add(new SentMessage($"{id};messageid={message}", message, (JsonObject)activity.DeepClone(), VisibleTo: null));
        return new FakeAnswer(201, new JsonObject { ["id"] = $"{id};messageid={message}", ["activityId"] = message });
    }

    private FakeAnswer Post(string id, JsonObject activity, bool isTargeted, string? replyTo)
    {
        if (Refused(id) is { } refused)
        {
            return refused;
        }

        FakeActivity.Check(activity);
        Require(replyTo is null || (string?)activity["replyToId"] == replyTo, "the answered message differs in address and body");
        var recipient = activity["recipient"]?.AsObject();
        Require(isTargeted == ((bool?)recipient?["isTargeted"] == true), "a targeted message says so in the query and in its recipient");
        var to = isTargeted ? (string?)recipient!["id"] : null;
        if (isTargeted && (conversations[Base(id)].Kind == FakeKind.Personal || !conversations[Base(id)].Members.Contains(to!)))
        {
            return FakeAnswer.Error(400, "BadArgument");
        }

        var message = NextId();
        Add(new SentMessage(id, message, (JsonObject)activity.DeepClone(), to));
        return new FakeAnswer(isTargeted ? 202 : 201, new JsonObject { ["id"] = message });
    }

    private FakeAnswer Update(string id, string messageId, JsonObject activity, bool isTargeted)
    {
        if (Refused(id) is { } refused)
        {
            return refused;
        }

        FakeActivity.Check(activity);
        if (isTargeted && activity["recipient"] is not null)
        {
            return FakeAnswer.Error(400, "BadArgument");
        }

        if (Find(id, messageId, isTargeted) is not { } message)
        {
            return FakeAnswer.Error(404, "ActivityNotFoundInConversation");
        }

        messages[messageId] = message with { Json = (JsonObject)activity.DeepClone(), Updates = message.Updates + 1 };
        return new FakeAnswer(200, new JsonObject { ["id"] = messageId });
    }

    private FakeAnswer Delete(string id, string messageId, bool isTargeted)
    {
        if (Refused(id) is { } refused)
        {
            return refused;
        }

        if (Find(id, messageId, isTargeted) is not { } message)
        {
            return FakeAnswer.Error(404, "ActivityNotFoundInConversation");
        }

        messages[messageId] = message with { IsDeleted = true };
        return new FakeAnswer(200, null);
    }

    private FakeAnswer Members(string id, string[] query)
    {
        Require(Base(id) == id, "members are those of the conversation, not of a thread");
        if (!conversations.TryGetValue(id, out var conversation))
        {
            return FakeAnswer.Error(404, "ConversationNotFound");
        }

        var parameters = query.Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => Unescape(pair[1]), StringComparer.Ordinal);
        var size = Math.Min(Math.Clamp(int.Parse(parameters["pageSize"], CultureInfo.InvariantCulture), 50, 500), MostMembersInPage);
        var from = parameters.TryGetValue("continuationToken", out var token) ? int.Parse(token.Split('/')[1], CultureInfo.InvariantCulture) : 0;
        var page = conversation.Members.Skip(from).Take(size).Select(member => FakeActivity.Member(member, Emails.GetValueOrDefault(member))).ToArray();
        var answer = new JsonObject { ["members"] = new JsonArray(page) };
        if (from + size < conversation.Members.Count)
        {
            // With what has to be escaped.
            answer["continuationToken"] = $"from/{(from + size).ToString(CultureInfo.InvariantCulture)}/+=";
        }

        return new FakeAnswer(200, answer);
    }

    private FakeAnswer Channels(string team) => conversations.ContainsKey(team)
        ? new FakeAnswer(200, new JsonObject
        {
            ["conversations"] = new JsonArray([.. conversations.Values.Where(c => c.Kind == FakeKind.Channel).Select(c =>
                (JsonNode)new JsonObject { ["id"] = c.Id, ["name"] = c.Id == team ? null : c.Name })]),
        })
        : FakeAnswer.Error(404, "ConversationNotFound");

    private FakeAnswer? Refused(string id, FakeKind? kind = null)
    {
        if (!conversations.TryGetValue(Base(id), out var conversation) || (kind is { } wanted && conversation.Kind != wanted))
        {
            return FakeAnswer.Error(404, "ConversationNotFound");
        }

        Require(Base(id) == id || conversation.Kind == FakeKind.Channel, "only channels have threads");
        return conversation.Refusal ?? limits.Take(conversation.Id, Tenant);
    }

    private SentMessage? Find(string conversation, string id, bool isTargeted) =>
        messages.TryGetValue(id, out var message) && !message.IsDeleted && Base(message.Conversation) == Base(conversation) && isTargeted == (message.VisibleTo is not null)
            ? message
            : null;

    private void Add(SentMessage message)
    {
        messages[message.Id] = message;
        order.Enqueue(message.Id);
    }

    private string NextId() => Interlocked.Increment(ref lastId).ToString(CultureInfo.InvariantCulture);

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidOperationException(otherwise);
        }
    }
}

internal enum FakeKind
{
    Personal,
    Group,
    Channel,
}

/// <summary>A conversation that the bot is in, or was.</summary>
internal sealed class FakeConversation(string id, FakeKind kind)
{
    public string Id { get; } = id;

    public FakeKind Kind { get; } = kind;

    public string Name { get; set; } = "";

    public List<string> Members { get; init; } = [];

    /// <summary>What every call is answered with, e.g. after the bot was removed.</summary>
    public FakeAnswer? Refusal { get; set; }

    /// <summary>The bot is not there any more.</summary>
    public void RemoveBot() => Refusal = FakeAnswer.Error(403, "BotNotInConversationRoster");

    /// <summary>The person blocked the bot.</summary>
    public void Block() => Refusal = new FakeAnswer(403, new JsonObject { ["errorCode"] = 209, ["message"] = "{\"subCode\":\"MessageWritesBlocked\",\"details\":\"blocked\"}" });
}

/// <param name="Status">0: the connection breaks.</param>
/// <param name="Body">JSON, or none.</param>
/// <param name="RetryAfter">Seconds, as a header.</param>
/// <param name="Location">As a header.</param>
internal sealed record FakeAnswer(int Status, JsonObject? Body, int? RetryAfter = null, string? Location = null)
{
    public static FakeAnswer Error(int status, string code, int? retryAfter = null) =>
        new(status, new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = "said by the test" } }, retryAfter);
}

/// <param name="Answer">Instead of the usual one.</param>
/// <param name="AfterTaking">What was asked is carried out all the same.</param>
/// <param name="Method">It waits for a call of this method: rosters are read beside the turns. Null: the next call, whatever it is.</param>
internal sealed record FakeFault(FakeAnswer Answer, bool AfterTaking = false, string? Method = null);
