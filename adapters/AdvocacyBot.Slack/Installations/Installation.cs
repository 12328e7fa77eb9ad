using AdvocacyBot.Core.Chat;

namespace AdvocacyBot.Slack.Installations;

/// <summary>The app in a workspace, ready to be used.</summary>
/// <param name="Id">Enterprise id for a whole organisation, otherwise the team's.</param>
/// <param name="TeamId">Null for a whole organisation.</param>
/// <param name="Name">Of the workspace.</param>
/// <param name="BotUserId">The bot's own user id; empty while Slack has not told it.</param>
/// <param name="Token">Bot token, in clear: never logged, never shown.</param>
internal sealed record Installation(string Id, string? TeamId, string Name, string BotUserId, string Token)
{
    public WorkspaceRef Workspace => new(Platforms.Slack, Id);

    // A record would print the token.
    public override string ToString() => Id;
}

/// <summary>Where a request says it comes from.</summary>
internal readonly record struct Origin(string? TeamId, string? EnterpriseId, bool IsEnterpriseInstall)
{
    /// <summary>What the installation is stored under; null where the request does not say.</summary>
    public string? Id => IsEnterpriseInstall ? EnterpriseId ?? TeamId : TeamId ?? EnterpriseId;
}
