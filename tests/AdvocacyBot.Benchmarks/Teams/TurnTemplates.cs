using System.Globalization;
using System.Text;
using System.Text.Json;

namespace AdvocacyBot.Benchmarks.Teams;

/// <summary>Requests as Teams makes them. Their activity ids are of one length, so that the client can put a new one into a message each time it is sent.</summary>
internal sealed class TurnTemplates(string serviceUrl, BenchmarkLogin login)
{
    /// <summary>What stands where the id goes.</summary>
    public const string IdMark = "@@id00000000000@@";

    private readonly string token = login.Mint(serviceUrl);

    public static string Tenant(int number) => $"tenant-{number.ToString("D4", CultureInfo.InvariantCulture)}-0000-0000";

    public static string Person(int number) => $"29:1person-{number.ToString("D6", CultureInfo.InvariantCulture)}-of-a-usual-length-0123456789";

    public static string Chat(int number) => $"a:1chat-{number.ToString("D6", CultureInfo.InvariantCulture)}-of-a-usual-length-0123456789-0123456789-0123456789-0123456789";

    public string ServiceUrl => serviceUrl;

    public byte[] Message(int person, int tenant, string text) => Request(new
    {
        type = "message",
        id = IdMark,
        timestamp = "2026-11-22T09:00:00.000Z",
        localTimestamp = "2026-11-22T09:00:00.000+00:00",
        localTimezone = "Europe/London",
        channelId = "msteams",
        serviceUrl,
        from = new { id = Person(person), name = $"Person {person.ToString(CultureInfo.InvariantCulture)}", aadObjectId = "aad" },
        recipient = new { id = "28:bot", name = "AdvocacyBot" },
        conversation = new { id = Chat(person), conversationType = "personal", tenantId = Tenant(tenant) },
        entities = new object[] { new { type = "clientInfo", locale = "en-GB", country = "GB", platform = "Windows", timezone = "Europe/London" } },
        channelData = new { tenant = new { id = Tenant(tenant) } },
        locale = "en-GB",
        textFormat = "plain",
        text,
    });

    public byte[] Press(int person, int tenant, string buttonToken, long number) => Request(new
    {
        type = "invoke",
        name = "adaptiveCard/action",
        id = $"f:{number.ToString("D15", CultureInfo.InvariantCulture)}",
        timestamp = "2026-11-22T09:00:00.000Z",
        channelId = "msteams",
        serviceUrl,
        from = new { id = Person(person), name = $"Person {person.ToString(CultureInfo.InvariantCulture)}", aadObjectId = "aad" },
        recipient = new { id = "28:bot", name = "AdvocacyBot" },
        conversation = new { id = Chat(person), conversationType = "personal", tenantId = Tenant(tenant) },
        entities = new object[] { new { type = "clientInfo", locale = "en-GB", country = "GB", platform = "Windows", timezone = "Europe/London" } },
        channelData = new { tenant = new { id = Tenant(tenant) }, source = new { name = "message" } },
        locale = "en-GB",
        replyToId = "1795325033372",
        value = new { action = new { type = "Action.Execute", title = "I shared it", verb = "share.said", data = new { t = buttonToken } }, trigger = "manual" },
    });

    private byte[] Request(object activity)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(activity);
        return
        [
            .. Encoding.ASCII.GetBytes(
                $"POST /api/messages HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json; charset=utf-8\r\n"
                + $"User-Agent: Microsoft-SkypeBotApi (Microsoft-BotFramework/3.0)\r\nMS-CV: 0123456789abcdef.1.1.1\r\nContent-Length: {body.Length.ToString(CultureInfo.InvariantCulture)}\r\n\r\n"),
            .. body,
        ];
    }
}
