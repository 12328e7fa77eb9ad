using AdvocacyBot.Core.Data;
using AdvocacyBot.Slack.Api;

namespace AdvocacyBot.Slack.Installations;

/// <summary>The methods we use, for one installation.</summary>
internal sealed class SlackClient(SlackApi api, LostAccess lost, ChannelPace pace, TimeProvider clock)
{
    private const string PageSize = "200";

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    /// <summary>Waits for the channel's next free moment before.</summary>
    public async Task<ApiResult<PostedMessage>> PostMessageAsync(Installation at, PostMessage message, CancellationToken cancellationToken)
    {
        await pace.WaitAsync(at.Id, message.Channel, cancellationToken);
        return await WatchAsync(at, api.CallAsync("chat.postMessage", at.Id, at.Token, message, ApiJson.Readable.PostMessage, ApiJson.Readable.PostedMessage, cancellationToken));
    }

    /// <summary>A message that stands in no outbox: where Slack asks to wait, it is waited for here, once.</summary>
    public async Task<ApiResult<PostedMessage>> PostReplyAsync(Installation at, PostMessage message, CancellationToken cancellationToken)
    {
        var posted = await PostMessageAsync(at, message, cancellationToken);
        if (posted.Verdict != ApiVerdict.Limited || posted.RetryAfter > LongestWait)
        {
            return posted;
        }

        await Task.Delay(posted.RetryAfter, clock, cancellationToken);
        return await PostMessageAsync(at, message, cancellationToken);
    }

    public Task<ApiResult<PostedMessage>> UpdateMessageAsync(Installation at, UpdateMessage message, CancellationToken cancellationToken) =>
        WatchAsync(at, api.CallAsync("chat.update", at.Id, at.Token, message, ApiJson.Readable.UpdateMessage, ApiJson.Readable.PostedMessage, cancellationToken));

    public Task<ApiResult<ApiResponse>> PostEphemeralAsync(Installation at, PostEphemeral message, CancellationToken cancellationToken) =>
        WatchAsync(at, api.CallAsync("chat.postEphemeral", at.Id, at.Token, message, ApiJson.Readable.PostEphemeral, ApiJson.Readable.ApiResponse, cancellationToken));

    public Task<ApiResult<ShownView>> OpenViewAsync(Installation at, OpenView view, CancellationToken cancellationToken) =>
        WatchAsync(at, api.CallAsync("views.open", at.Id, at.Token, view, ApiJson.Readable.OpenView, ApiJson.Readable.ShownView, cancellationToken));

    public Task<ApiResult<ShownView>> UpdateViewAsync(Installation at, UpdateView view, CancellationToken cancellationToken) =>
        WatchAsync(at, api.CallAsync("views.update", at.Id, at.Token, view, ApiJson.Readable.UpdateView, ApiJson.Readable.ShownView, cancellationToken));

    public Task<ApiResult<ShownView>> PublishViewAsync(Installation at, PublishView view, CancellationToken cancellationToken) =>
        WatchAsync(at, api.CallAsync("views.publish", at.Id, at.Token, view, ApiJson.Readable.PublishView, ApiJson.Readable.ShownView, cancellationToken));

    /// <summary>The direct conversation with a person; opening it again gives the same.</summary>
    public Task<ApiResult<OpenedConversation>> OpenConversationAsync(Installation at, string userId, CancellationToken cancellationToken) =>
        WatchAsync(at, api.CallAsync("conversations.open", at.Id, at.Token, [new("users", userId)], ApiJson.Readable.OpenedConversation, cancellationToken));

    public Task<ApiResult<OpenedConversation>> ConversationInfoAsync(Installation at, string channelId, CancellationToken cancellationToken) =>
        WatchAsync(at, api.CallAsync("conversations.info", at.Id, at.Token, [new("channel", channelId)], ApiJson.Readable.OpenedConversation, cancellationToken));

    public Task<ApiResult<ConversationMembers>> MembersAsync(Installation at, string channelId, string? cursor, CancellationToken cancellationToken) =>
        WatchAsync(at, api.CallAsync("conversations.members", at.Id, at.Token, Page(cursor, KeyValuePair.Create("channel", channelId)), ApiJson.Readable.ConversationMembers, cancellationToken));

    /// <summary>The newest messages of a channel with their metadata.</summary>
    /// <param name="at">Where.</param>
    /// <param name="channelId">Which channel.</param>
    /// <param name="oldest">Unix seconds.</param>
    /// <param name="cursor">Of the page before.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    public Task<ApiResult<ConversationHistory>> HistoryAsync(Installation at, string channelId, string oldest, string? cursor, CancellationToken cancellationToken) =>
        WatchAsync(at, api.CallAsync(
            "conversations.history",
            at.Id,
            at.Token,
            Page(cursor, KeyValuePair.Create("channel", channelId), KeyValuePair.Create("oldest", oldest), KeyValuePair.Create("include_all_metadata", "true")),
            ApiJson.Readable.ConversationHistory,
            cancellationToken));

    public Task<ApiResult<UserAnswer>> UserAsync(Installation at, string userId, CancellationToken cancellationToken) =>
        WatchAsync(at, api.CallAsync("users.info", at.Id, at.Token, [new("user", userId), new("include_locale", "true")], ApiJson.Readable.UserAnswer, cancellationToken));

    private static List<KeyValuePair<string, string>> Page(string? cursor, params ReadOnlySpan<KeyValuePair<string, string>> arguments)
    {
        List<KeyValuePair<string, string>> all = [.. arguments, new("limit", PageSize)];
        if (cursor is not null)
        {
            all.Add(new("cursor", cursor));
        }

        return all;
    }

    private async Task<ApiResult<T>> WatchAsync<T>(Installation at, Task<ApiResult<T>> call)
        where T : ApiResponse
    {
        var result = await call;
        if (result.Verdict == ApiVerdict.Refused && LostAccess.Means(result.Error))
        {
            try
            {
                await lost.NoteAsync(at.Id, result.Error, CancellationToken.None);
            }
            catch (Exception e) when (Outage.Is(e))
            {
                // The next call says it again.
            }
        }

        return result;
    }
}
