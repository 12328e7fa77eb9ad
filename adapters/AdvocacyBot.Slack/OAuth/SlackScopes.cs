namespace AdvocacyBot.Slack.OAuth;

/// <summary>What the bot asks to be allowed; docs/slack.md says why for each.</summary>
internal static class SlackScopes
{
    public static readonly IReadOnlyList<string> Required =
    [
        "app_mentions:read", "channels:read", "chat:write", "commands", "groups:read", "im:history", "im:write", "reactions:read", "users:read",
    ];

    /// <summary>To find out, after a broken connection, whether a message has arrived; without them that is asked of people.</summary>
    public static readonly IReadOnlyList<string> Optional = ["channels:history", "groups:history"];

    public static IEnumerable<string> All => Required.Concat(Optional);
}
