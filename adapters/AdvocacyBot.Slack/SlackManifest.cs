using System.Text;
using AdvocacyBot.Slack.Inbound;
using AdvocacyBot.Slack.OAuth;

namespace AdvocacyBot.Slack;

/// <summary>The app's manifest (docs.slack.dev/reference/app-manifest), to be pasted into "Create New App, From a manifest".</summary>
public static class SlackManifest
{
    private static readonly string[] Events =
    [
        "app_home_opened", "app_mention", "app_uninstalled", "channel_archive", "channel_deleted", "channel_left", "channel_rename", "channel_unarchive", "group_archive", "group_deleted", "group_left",
        "group_rename", "group_unarchive", "member_joined_channel", "member_left_channel", "message.im", "reaction_added", "reaction_removed", "team_join", "tokens_revoked", "user_change",
    ];

    /// <summary>Every command, for those who type <c>/advocate</c> and wonder; Slack cuts it where there is no room.</summary>
    private const string UsageHint =
        "help, content, me, suggest <link or text>, reply [what was said], goals, badges, leaderboard [teams], thanks @person <words>, policy, link [code], cancel, "
        + "campaign, broadcast <link>, campaigns [calendar], approve, digest [last|month], report, clicks [apply], answers, templates, rewards, budget, feeds [address], kickoff, stop, resume, "
        + "settings, roles [name], audit, disclosure";

    /// <param name="url">The bot's public address.</param>
    /// <param name="socket">For Socket Mode: no address is called.</param>
    /// <returns>YAML.</returns>
    public static string Write(Uri url, bool socket)
    {
        ArgumentNullException.ThrowIfNull(url);
        var yaml = new StringBuilder();
        Lines(
            yaml,
            socket ? "# AdvocacyBot by Socket Mode: it needs no public address for Slack. Made by: manifest slack --socket" : "# AdvocacyBot over HTTP. Made by: manifest slack --url=<PublicUrl>",
            "_metadata:",
            "  major_version: 2",
            "display_information:",
            "  name: AdvocacyBot",
            "  description: Brings colleagues things worth sharing, makes sharing quick, and sums up the week.",
            "  background_color: \"#1f4e79\"",
            "features:",
            "  app_home:",
            "    home_tab_enabled: true",
            "    messages_tab_enabled: true",
            "    messages_tab_read_only_enabled: false",
            "  bot_user:",
            "    display_name: AdvocacyBot",
            "    always_online: true",
            "  shortcuts:",
            "    - name: Suggest for sharing",
            "      type: message",
            $"      callback_id: {Shortcuts.Suggest}",
            "      description: Suggests this message to the communications team",
            "    - name: New campaign",
            "      type: global",
            $"      callback_id: {Shortcuts.NewCampaign}",
            "      description: Composes a campaign and publishes it in channels",
            "  slash_commands:",
            "    - command: /advocate");
        if (!socket)
        {
            Lines(yaml, $"      url: {At(url, "slack/commands")}");
        }

        Lines(
            yaml,
            "      description: Share, compose campaigns, see your numbers",
            $"      usage_hint: \"{UsageHint}\"",
            "      should_escape: false",
            "oauth_config:");
        if (!socket)
        {
            Lines(yaml, "  redirect_urls:", $"    - {At(url, "slack/oauth")}");
        }

        Lines(yaml, "  scopes:", "    bot:");
        Items(yaml, "      ", SlackScopes.Required);
        Lines(yaml, "    bot_optional:");
        Items(yaml, "      ", SlackScopes.Optional);
        Lines(yaml, "settings:", "  event_subscriptions:");
        if (!socket)
        {
            Lines(yaml, $"    request_url: {At(url, "slack/events")}");
        }

        Lines(yaml, "    bot_events:");
        Items(yaml, "      ", Events);
        Lines(yaml, "  interactivity:", "    is_enabled: true");
        if (!socket)
        {
            Lines(yaml, $"    request_url: {At(url, "slack/interactions")}", $"    message_menu_options_url: {At(url, "slack/options")}");
        }

        Lines(
            yaml,
            $"  org_deploy_enabled: {(socket ? "false" : "true")}",
            $"  socket_mode_enabled: {(socket ? "true" : "false")}",
            "  token_rotation_enabled: false");
        return yaml.ToString();
    }

    private static string At(Uri url, string path) => new Uri(url, path).AbsoluteUri;

    private static void Items(StringBuilder yaml, string indent, IEnumerable<string> items) => Lines(yaml, [.. items.Select(item => $"{indent}- {item}")]);

    private static void Lines(StringBuilder yaml, params ReadOnlySpan<string> lines)
    {
        foreach (var line in lines)
        {
            yaml.Append(line).Append('\n');
        }
    }
}
