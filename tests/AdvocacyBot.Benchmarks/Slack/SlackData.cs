using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using AdvocacyBot.Core.Programme;
using AdvocacyBot.Core.Sharing;
using AdvocacyBot.Slack.Inbound;
using Microsoft.Data.Sqlite;

namespace AdvocacyBot.Benchmarks.Slack;

/// <summary>A Slack workspace in which everybody has taken up every campaign and has not yet said "I shared it"; and the requests that Slack would sign.</summary>
internal sealed class SlackData
{
    public const string Secret = "8f742231b10e8888abcd99baac22";
    public const string Team = "T0001";

    private const string Channel = "C0GENERAL";

    private readonly SqliteConnection database;
    private readonly List<(string Person, string Token)> shares = [];
    private readonly int people;
    private readonly int sinkPort;

    private SlackData(SqliteConnection database, int people, int sinkPort)
    {
        this.database = database;
        this.people = people;
        this.sinkPort = sinkPort;
    }

    public static IReadOnlyList<string> Settings(int sinkPort) =>
    [
        "--Slack:Enabled=true",
        $"--Slack:SigningSecret={Secret}",
        "--Slack:BotToken=xoxb-benchmark",
        $"--Slack:ApiBaseUrl=http://127.0.0.1:{sinkPort.ToString(CultureInfo.InvariantCulture)}/api/",
        "--Web:Enabled=false",
    ];

    public static SlackData Create(string folder, int people, int campaigns, int sinkPort)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "data", "advocacy.db")};Pooling=False");
        connection.Open();
        var data = new SlackData(connection, people, sinkPort);
        using var transaction = connection.BeginTransaction();
        data.Fill(campaigns);
        transaction.Commit();
        return data;
    }

    /// <summary>"/advocate help" by everybody, signed now.</summary>
    public IEnumerable<byte[]> Helps() => Enumerable.Range(0, people).Select(i => Signed("/slack/commands", Help(i)));

    /// <summary>"I shared it", signed now.</summary>
    public IEnumerable<byte[]> Presses(int from, int count) => shares.Skip(from).Take(count).Select((share, i) => Signed("/slack/interactions", "payload=" + WebUtility.UrlEncode(Press(share, from + i))));

    /// <summary>What the host answers to "help".</summary>
    public async Task<string> AskHelpAsync(int port)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}") };
        var body = Help(0);
        var timestamp = Now();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/slack/commands") { Content = new StringContent(body, Encoding.UTF8, "application/x-www-form-urlencoded") };
        request.Headers.Add("X-Slack-Request-Timestamp", timestamp);
        request.Headers.Add("X-Slack-Signature", Signature(body, timestamp));
        using var response = await http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsStringAsync();
    }

    private static string Now() => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private static string Signature(string body, string timestamp) => SlackSignature.Sign(Encoding.UTF8.GetBytes(body), timestamp, Encoding.UTF8.GetBytes(Secret));

    private static byte[] Signed(string path, string body)
    {
        var timestamp = Now();
        return Encoding.UTF8.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: localhost\r\nUser-Agent: Slackbot 1.0 (+https://api.slack.com/robots)\r\nAccept: application/json,*/*\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            + $"X-Slack-Request-Timestamp: {timestamp}\r\nX-Slack-Signature: {Signature(body, timestamp)}\r\n"
            + $"Content-Length: {Encoding.UTF8.GetByteCount(body).ToString(CultureInfo.InvariantCulture)}\r\n\r\n{body}");
    }

    private static string Id(int person) => "U" + person.ToString("D8", CultureInfo.InvariantCulture);

    private string ResponseUrl(int number) => $"http://127.0.0.1:{sinkPort.ToString(CultureInfo.InvariantCulture)}/response/{number.ToString(CultureInfo.InvariantCulture)}";

    private string Help(int person) =>
        $"token=legacy&team_id={Team}&team_domain=example&channel_id={Channel}&channel_name=general&user_id={Id(person)}&user_name=person&command=%2Fadvocate&text=help&api_app_id=A0001&is_enterprise_install=false"
        + $"&response_url={WebUtility.UrlEncode(ResponseUrl(person))}&trigger_id=1.2.{person.ToString(CultureInfo.InvariantCulture)}";

    private string Press((string Person, string Token) share, int number) => JsonSerializer.Serialize(new
    {
        type = "block_actions",
        user = new { id = share.Person, username = "person", name = "person", team_id = Team },
        api_app_id = "A0001",
        token = "legacy",
        container = new { type = "message", message_ts = "1764000000.000100", channel_id = Channel, is_ephemeral = true },
        trigger_id = $"1.3.{number.ToString(CultureInfo.InvariantCulture)}",
        team = new { id = Team, domain = "example" },
        enterprise = (object?)null,
        is_enterprise_install = false,
        channel = new { id = Channel, name = "general" },
        state = new { values = new { } },
        response_url = ResponseUrl(number),
        actions = new[] { new { type = "button", action_id = "press.9", block_id = "b1", text = new { type = "plain_text", text = "I shared it", emoji = false }, value = share.Token, style = "primary", action_ts = "1764000000.000200" } },
    });

    private void Fill(int campaigns)
    {
        var now = TimeProvider.System.GetUtcNow();
        var at = now.ToUnixTimeMilliseconds();
        var workspace = database.Scalar(
            """INSERT INTO workspaces ("Platform", "ExternalId", "Name", "Language", "TimeZone", "CreatedAt") VALUES ('slack', $1, 'Example', 'en', 'Europe/London', $2) RETURNING "Id" """, Team, at);
        var channel = database.Scalar(
            """
            INSERT INTO conversations ("WorkspaceId", "ExternalId", "Kind", "Name", "DigestOn", "DigestHour", "CreatedAt") VALUES ($1, $2, 0, 'general', 0, 9, $3) RETURNING "Id"
            """,
            workspace, Channel, at);
        var tokens = new ActionTokens(database.ActionKey(), TimeProvider.System);
        var ids = new long[people];
        for (var i = 0; i < people; i++)
        {
            ids[i] = database.Scalar(
                """
                INSERT INTO people ("WorkspaceId", "ExternalId", "Name", "Language", "TimeZone", "Roles", "ConsentedAt", "PolicyVersion", "PolicyAcknowledgedAt", "AppearByName", "Reachable", "CreatedAt")
                VALUES ($1, $2, $3, 'en', 'Europe/London', 0, $4, '1', $4, 0, 1, $4) RETURNING "Id"
                """,
                workspace, Id(i), Name(i), at);
            database.Run("""INSERT INTO memberships ("ConversationId", "PersonId", "JoinedAt") VALUES ($1, $2, $3)""", channel, ids[i], at);
            database.Run(
                """INSERT INTO slack_people ("InstallationId", "UserId", "Name", "Locale", "TimeZone", "Colleague", "RefreshedAt") VALUES ($1, $2, $3, 'en-GB', 'Europe/London', 1, $4)""",
                Team, Id(i), Name(i), at);
        }

        for (var campaign = 0; campaign < campaigns; campaign++)
        {
            var campaignId = database.Scalar(
                """
                INSERT INTO campaigns ("WorkspaceId", "AuthorId", "Code", "State", "Title", "Summary", "Link", "ContentType", "Networks", "Minutes", "Language", "CreatedAt", "UpdatedAt", "Version")
                VALUES ($1, $2, $3, 2, 'Title', '', 'https://www.example.com/', 0, 'linkedin,x,facebook,whatsapp', 2, 'en', $4, $4, 1) RETURNING "Id"
                """,
                workspace, ids[0], $"bench{campaign.ToString(CultureInfo.InvariantCulture)}", at);
            for (var i = 0; i < people; i++)
            {
                AddShare(new(campaignId, ids[i], workspace, channel, now), Id(i), tokens);
            }
        }
    }

    private void AddShare(SampleShare share, string person, ActionTokens tokens)
    {
        var code = (shares.Count + 1).ToString("x8", CultureInfo.InvariantCulture);
        var id = database.Scalar(
            """
            INSERT INTO shares ("WorkspaceId", "CampaignId", "ConversationId", "PersonId", "Text", "Language", "Code", "PrivateCode", "Generation", "CreatedAt")
            VALUES ($1, $2, $3, $4, 'We are proud of this.', 'en', $5, $6, 0, $7) RETURNING "Id"
            """,
            share.Workspace, share.Campaign, share.Channel, share.Person, code, "private" + code, share.At.ToUnixTimeMilliseconds());
        shares.Add((person, tokens.Protect(new ActionToken(ShareRoutes.Said, share.Person, id, 0, 0, "", share.At.AddDays(30)))));
    }

    private static string Name(int person) => $"Person {person.ToString(CultureInfo.InvariantCulture)}";

    private sealed record SampleShare(long Campaign, long Person, long Workspace, long Channel, DateTimeOffset At);
}
