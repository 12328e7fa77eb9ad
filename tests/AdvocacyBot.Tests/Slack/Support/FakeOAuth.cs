using System.Text;
using System.Text.Json.Nodes;

namespace AdvocacyBot.Tests.Slack.Support;

/// <summary><c>oauth.v2.access</c>: each code and each refresh token is good once.</summary>
internal sealed partial class FakeSlack
{
    public const string ClientId = "1111.2222";
    public const string ClientSecret = "client-secret";

    /// <summary>Codes that Slack's page gave out: what comes of each.</summary>
    public Dictionary<string, (string Team, string? Enterprise, string Installer, bool Rotating)> Codes { get; } = new(StringComparer.Ordinal);

    private readonly Dictionary<string, string> refreshTokens = new(StringComparer.Ordinal);

    private JsonObject Exchange(string authorization, JsonObject arguments)
    {
        if (authorization != "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ClientId}:{ClientSecret}")))
        {
            return Error("bad_client_secret");
        }

        lock (gate)
        {
            if ((string?)arguments["grant_type"] == "refresh_token")
            {
                return refreshTokens.Remove((string?)arguments["refresh_token"] ?? "", out var workspace) ? Tokened(workspace, new JsonObject { ["ok"] = true }, rotating: true, named: workspace) : Error("invalid_refresh_token");
            }

            if (!Codes.Remove((string?)arguments["code"] ?? "", out var given))
            {
                return Error("invalid_code");
            }

            var answer = new JsonObject
            {
                ["ok"] = true,
                ["app_id"] = "A0001",
                ["authed_user"] = new JsonObject { ["id"] = given.Installer },
            };
            return Tokened(given.Enterprise ?? given.Team, answer, given.Rotating, given.Team, given.Enterprise);
        }
    }

    private JsonObject Tokened(string workspace, JsonObject answer, bool rotating, string named, string? enterprise = null)
    {
        var token = (rotating ? "xoxe.xoxb-" : "xoxb-") + Number("t");
        Tokens[token] = workspace;
        answer["access_token"] = token;
        answer["token_type"] = "bot";
        answer["scope"] = string.Join(',', Scopes);
        answer["bot_user_id"] = Bot;
        answer["team"] = enterprise is null ? new JsonObject { ["id"] = named, ["name"] = "Example" } : null;
        answer["enterprise"] = enterprise is null ? null : new JsonObject { ["id"] = enterprise, ["name"] = "Example Corp" };
        answer["is_enterprise_install"] = enterprise is not null;
        if (rotating)
        {
            var refresh = "xoxe-1-" + Number("r");
            refreshTokens[refresh] = workspace;
            answer["refresh_token"] = refresh;
            answer["expires_in"] = 43_200;
        }

        return answer;
    }
}
