using AdvocacyBot.Core.Chat;
using AdvocacyBot.Slack.Api;

namespace AdvocacyBot.Slack.Outbound;

/// <summary>
/// Slack's errors of sending as outcomes. The reason is one of <see cref="Reasons"/>, each of which is explained in words (<c>Slack.Reason_*</c>); errors are those
/// documented for <c>chat.postMessage</c>, <c>chat.update</c> and <c>conversations.open</c> (docs.slack.dev/reference/methods).
/// </summary>
internal static class SendErrors
{
    public const string ChannelGone = "slack_channel_gone";
    public const string NotInChannel = "slack_not_in_channel";
    public const string NotAllowed = "slack_not_allowed";
    public const string Uninstalled = "slack_uninstalled";
    public const string MissingScope = "slack_missing_scope";
    public const string PersonGone = "slack_person_gone";
    public const string MessageGone = "slack_message_gone";
    public const string CardRefused = "slack_card_refused";
    public const string TooMany = "slack_limit_reached";
    public const string Other = "slack_unexplained";

    public static readonly IReadOnlyList<string> Reasons =
        [ChannelGone, NotInChannel, NotAllowed, Uninstalled, MissingScope, PersonGone, MessageGone, CardRefused, TooMany, Other];

    // Slack moves a workspace into an organisation: the token works again afterwards.
    private static readonly TimeSpan Moving = TimeSpan.FromMinutes(10);

    /// <param name="method">Slack's name, for the scope of a wait.</param>
    /// <param name="result">Not an <see cref="ApiVerdict.Ok"/>.</param>
    public static SendResult Map<T>(string method, ApiResult<T> result)
        where T : ApiResponse => result.Verdict switch
        {
            ApiVerdict.Limited => new SendResult.RetryAfter(result.RetryAfter, $"{method} in this workspace", Throttled.Method),
            ApiVerdict.Unreached => new SendResult.RetryAfter(TimeSpan.Zero, "Slack", Throttled.Workspace),
            ApiVerdict.InDoubt => new SendResult.Unknown(result.Error),
            _ => Map(result.Error),
        };

    public static SendResult Map(string error) => error switch
    {
        "channel_not_found" or "is_archived" or "team_not_found" => new SendResult.Gone(ChannelGone),
        "not_in_channel" or "user_not_in_channel" or "channel_is_limited_access" => new SendResult.Gone(NotInChannel),
        "account_inactive" or "token_revoked" or "team_access_not_granted" or "invalid_auth" or "not_authed" or "token_expired" or "org_login_required" or "no_permission" or "not_allowed_token_type" =>
            new SendResult.Gone(Uninstalled),
        "user_not_found" or "users_not_found" or "user_disabled" or "user_not_visible" or "cannot_dm_bot" or "users_list_not_supplied" or "too_many_users" => new SendResult.Gone(PersonGone),
        "message_not_found" or "cant_update_message" or "edit_window_closed" or "external_channel_migrating" => new SendResult.Gone(MessageGone),
        "missing_scope" => new SendResult.Rejected(MissingScope),
        "message_limit_exceeded" => new SendResult.Rejected(TooMany),
        "team_added_to_org" => new SendResult.RetryAfter(Moving, "workspace", Throttled.Workspace),
        "access_denied" or "ekm_access_denied" or "enterprise_is_restricted" or "messages_tab_disabled" or "cannot_reply_to_message" or "method_deprecated" or "two_factor_setup_required" or "accesslimited" =>
            new SendResult.Rejected(NotAllowed),
        _ when error.StartsWith("restricted_action", StringComparison.Ordinal) => new SendResult.Rejected(NotAllowed),
        "no_text" or "msg_too_long" or "msg_blocks_too_long" or "block_mismatch" or "too_many_attachments" or "duplicate_message_not_found" or "invalid_arguments" or "invalid_json" or "json_not_object" or "invalid_form_data" =>
            new SendResult.Rejected(CardRefused),
        _ when error.StartsWith("invalid_blocks", StringComparison.Ordinal) || error.StartsWith("metadata_", StringComparison.Ordinal) || error.StartsWith("invalid_metadata", StringComparison.Ordinal) =>
            new SendResult.Rejected(CardRefused),
        _ => new SendResult.Rejected(Other),
    };
}
