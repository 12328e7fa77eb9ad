using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Slack;
using AdvocacyBot.Slack.Api;
using AdvocacyBot.Slack.Outbound;

namespace AdvocacyBot.Tests.Slack.Outbound;

public sealed class SendErrorsTests
{
    // The errors of chat.postMessage, chat.update and conversations.open as their reference pages list them.
    private const string Documented =
        """
        access_denied account_inactive as_user_not_supported attachment_payload_limit_exceeded block_mismatch cannot_dm_bot cannot_reply_to_message cant_broadcast_message cant_update_message channel_not_found
        deprecated_endpoint duplicate_channel_not_found duplicate_message_not_found edit_window_closed ekm_access_denied enterprise_is_restricted external_channel_migrating invalid_arg_name invalid_arguments invalid_array_arg
        invalid_attachments invalid_auth invalid_blocks invalid_blocks_format invalid_charset invalid_form_data invalid_json invalid_metadata_format invalid_metadata_schema invalid_post_type invalid_users_list
        is_archived is_inactive json_not_object limit_required markdown_text_conflict message_limit_exceeded message_not_found messages_tab_disabled metadata_must_be_sent_from_app metadata_too_large method_deprecated missing_charset
        missing_file_data missing_post_type missing_scope msg_blocks_too_long msg_too_long no_permission no_text no_users_supplied not_allowed_token_type not_authed not_enough_users not_in_channel org_login_required
        restricted_action restricted_action_non_threadable_channel restricted_action_read_only_channel restricted_action_thread_locked restricted_action_thread_only_channel slack_connect_canvas_sharing_blocked
        slack_connect_file_link_sharing_blocked team_access_not_granted team_added_to_org team_not_found too_many_attachments too_many_contact_cards too_many_users token_expired token_revoked two_factor_setup_required
        user_disabled user_not_found user_not_in_channel user_not_visible users_list_not_supplied users_not_found
        """;

    static SendErrorsTests() => SlackChannel.RegisterTexts();

    public static TheoryData<string> Errors() => [.. Documented.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)];

    [Theory]
    [MemberData(nameof(Errors))]
    public void Every_documented_error_ends_with_a_reason_that_has_words(string error)
    {
        var reason = SendErrors.Map(error) switch
        {
            SendResult.Gone gone => gone.Reason,
            SendResult.Rejected rejected => rejected.Reason,
            SendResult.RetryAfter => null,
            var other => throw new Xunit.Sdk.XunitException($"{error} became {other}."),
        };

        if (reason is not null)
        {
            Assert.Contains(reason, SendErrors.Reasons);
            Assert.All(Language.All, language => Assert.NotEmpty(Texts.In(language)[$"Slack.Reason_{reason}"]));
        }
    }

    [Theory]
    [InlineData("not_in_channel", SendErrors.NotInChannel)]
    [InlineData("is_archived", SendErrors.ChannelGone)]
    [InlineData("account_inactive", SendErrors.Uninstalled)]
    [InlineData("user_disabled", SendErrors.PersonGone)]
    [InlineData("message_not_found", SendErrors.MessageGone)]
    public void What_does_not_exist_any_more_is_gone(string error, string reason) => Assert.Equal(new SendResult.Gone(reason), SendErrors.Map(error));

    [Theory]
    [InlineData("restricted_action_read_only_channel", SendErrors.NotAllowed)]
    [InlineData("msg_blocks_too_long", SendErrors.CardRefused)]
    [InlineData("missing_scope", SendErrors.MissingScope)]
    [InlineData("something_new", SendErrors.Other)]
    public void What_Slack_will_not_take_is_rejected(string error, string reason) => Assert.Equal(new SendResult.Rejected(reason), SendErrors.Map(error));

    [Fact]
    public void A_wait_is_for_the_method_in_the_workspace_and_a_doubt_stays_one()
    {
        Assert.Equal(
            new SendResult.RetryAfter(TimeSpan.FromSeconds(7), "chat.postMessage in this workspace", Throttled.Method),
            SendErrors.Map("chat.postMessage", ApiResult<PostedMessage>.Limited(TimeSpan.FromSeconds(7))));
        Assert.Equal(new SendResult.Unknown("no_answer"), SendErrors.Map("chat.postMessage", ApiResult<PostedMessage>.InDoubt("no_answer")));
        Assert.IsType<SendResult.RetryAfter>(SendErrors.Map("chat.postMessage", ApiResult<PostedMessage>.Unreached("slack_unreachable")));
    }
}
