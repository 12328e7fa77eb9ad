namespace AdvocacyBot.Slack;

/// <summary>How Slack's requests reach the bot.</summary>
public enum SlackMode
{
    /// <summary>Slack calls the bot's public address.</summary>
    Http = 0,

    /// <summary>The bot opens a WebSocket to Slack: no public address needed.</summary>
    Socket = 1,
}

/// <summary>Section <c>Slack</c>.</summary>
public sealed class SlackOptions
{
    public const string Section = "Slack";

    public bool Enabled { get; set; }

    public SlackMode Mode { get; set; }

    /// <summary>Of the app; needed with <see cref="SlackMode.Http"/>.</summary>
    public string? SigningSecret { get; set; }

    /// <summary>While a new secret is being brought in, the old one is accepted too.</summary>
    public string? PreviousSigningSecret { get; set; }

    /// <summary><c>xoxb-…</c>, for one workspace. Null: workspaces install the app by themselves (<see cref="ClientId"/>).</summary>
    public string? BotToken { get; set; }

    /// <summary><c>xapp-…</c> with <c>connections:write</c>; needed with <see cref="SlackMode.Socket"/>.</summary>
    public string? AppToken { get; set; }

    /// <summary>Of the app; with <see cref="ClientSecret"/> it switches <c>/slack/install</c> on.</summary>
    public string? ClientId { get; set; }

    public string? ClientSecret { get; set; }

    /// <summary>Only after PKCE was switched on for the app, on its page OAuth &amp; Permissions.</summary>
    public bool Pkce { get; set; }

    /// <summary>Slack's page where people allow the installation.</summary>
    public Uri AuthorizeUrl { get; set; } = new("https://slack.com/oauth/v2/authorize");

    /// <summary>Where the Web API is; ends with a slash.</summary>
    public Uri ApiBaseUrl { get; set; } = new("https://slack.com/api/");
}
