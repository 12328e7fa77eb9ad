namespace AdvocacyBot.Slack.OAuth;

/// <summary>What the bot asks to be allowed; docs/slack.md says why for each.</summary>
internal static class SlackScopes
{
    public static readonly IReadOnlyList<string> Required =
    [
        "app_mentions:read", "channels:read", "chat:write", "commands", "groups:read", "im:history", "im:write", "reactions:read", "users:read",
    ];

    /// <summary>
    /// The histories: to find out, after a broken connection, whether a message has arrived; without them that is asked of people. The address: to know that two accounts
    /// are one person; without it they enter a code.
    /// </summary>
    public static readonly IReadOnlyList<string> Optional = ["channels:history", "groups:history", "users:read.email"];

    public static IEnumerable<string> All => Required.Concat(Optional);
}
