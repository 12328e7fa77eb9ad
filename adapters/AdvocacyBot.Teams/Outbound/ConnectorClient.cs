using System.Buffers;
using System.Text.Json;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Teams.Protocol;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Teams.Outbound;

/// <summary>Where a call goes.</summary>
/// <param name="TenantId">Entra tenant: its limit counts.</param>
/// <param name="ServiceUrl">As the conversation's last activity said it.</param>
/// <param name="ConversationId">With <c>;messageid=…</c> for a channel's thread.</param>
internal sealed record ConversationAddress(string TenantId, string ServiceUrl, string ConversationId);

/// <summary>What was asked for, or why not.</summary>
/// <param name="Value">Null where there is a failure.</param>
/// <param name="Failure">Never <see cref="SendResult.Sent"/>.</param>
internal readonly record struct ConnectorAnswer<T>(T? Value, SendResult? Failure)
    where T : class;

/// <summary>
/// Bot Framework's connector as Teams has it (learn.microsoft.com, bot-framework-rest-connector-api-reference): the operations that the bot needs. Expected
/// outcomes are values; what a method does not say, <see cref="ConnectorCalls"/> says: limits, tokens, retries.
/// </summary>
internal sealed class ConnectorClient(ConnectorCalls calls, IOptions<TeamsOptions> options)
{
    private const int PageSize = 500;

    /// <summary>Who speaks; without a registration (Agents Playground) the channel knows.</summary>
    private readonly ChannelAccount? self = options.Value.AppId is { Length: > 0 } id ? new ChannelAccount($"28:{id}") : null;

    /// <summary>Puts a message into a chat or a channel's thread.</summary>
    public async Task<SendResult> SendAsync(ConversationAddress to, OutboundActivity activity, CancellationToken cancellationToken) => Sent(
        await calls.PostAsync(to, Json(activity), cancellationToken));

    /// <summary>Answers a message.</summary>
    public async Task<SendResult> ReplyAsync(ConversationAddress to, string messageId, OutboundActivity activity, CancellationToken cancellationToken) => Sent(
        await calls.SendAsync(
            to, HttpMethod.Post, $"{ConnectorCalls.PathOf(to)}/activities/{Escape(messageId)}", Json(activity with { ReplyToId = messageId }), cancellationToken));

    /// <summary>Replaces a message for everybody.</summary>
    public async Task<SendResult> UpdateAsync(ConversationAddress to, string messageId, OutboundActivity activity, CancellationToken cancellationToken) => Sent(
        await calls.SendAsync(to, HttpMethod.Put, $"{ConnectorCalls.PathOf(to)}/activities/{Escape(messageId)}", Json(activity), cancellationToken), messageId);

    public async Task<SendResult> DeleteAsync(ConversationAddress to, string messageId, CancellationToken cancellationToken) => Sent(
        await calls.SendAsync(to, HttpMethod.Delete, $"{ConnectorCalls.PathOf(to)}/activities/{Escape(messageId)}", default, cancellationToken), messageId);

    /// <summary>A message in a channel or group chat that one member alone sees, for a day; there is none in personal chats.</summary>
    /// <param name="to">Channel or group chat.</param>
    /// <param name="userId">The member, <c>29:…</c>.</param>
    /// <param name="activity">What it says.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<SendResult> SendTargetedAsync(ConversationAddress to, string userId, OutboundActivity activity, CancellationToken cancellationToken) => Sent(
        await calls.SendAsync(
            to, HttpMethod.Post, $"{ConnectorCalls.PathOf(to)}/activities?isTargetedActivity=true", Json(activity with { TargetedRecipient = userId }), cancellationToken));

    /// <summary>Replaces a message that one member alone sees; it names nobody again.</summary>
    public async Task<SendResult> UpdateTargetedAsync(ConversationAddress to, string messageId, OutboundActivity activity, CancellationToken cancellationToken) => Sent(
        await calls.SendAsync(
            to, HttpMethod.Put, $"{ConnectorCalls.PathOf(to)}/activities/{Escape(messageId)}?isTargetedActivity=true", Json(activity), cancellationToken),
        messageId);

    public async Task<SendResult> DeleteTargetedAsync(ConversationAddress to, string messageId, CancellationToken cancellationToken) => Sent(
        await calls.SendAsync(
            to, HttpMethod.Delete, $"{ConnectorCalls.PathOf(to)}/activities/{Escape(messageId)}?isTargetedActivity=true", default, cancellationToken),
        messageId);

    /// <summary>The chat with a person: the same one each time, made where there is none. The app has to be installed for the person.</summary>
    /// <param name="tenantId">The person's tenant.</param>
    /// <param name="serviceUrl">Of any conversation of the tenant.</param>
    /// <param name="userId"><c>29:…</c>; other ids are refused.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<ConnectorAnswer<CreatedConversation>> CreatePersonalConversationAsync(
        string tenantId, string serviceUrl, string userId, CancellationToken cancellationToken)
    {
        var body = CreateBody(json =>
        {
            json.WriteBoolean("isGroup"u8, value: false);
            json.WriteStartArray("members"u8);
            json.WriteStartObject();
            json.WriteString("id"u8, userId);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteString("tenantId"u8, tenantId);
        });

        // The limit for creating is the person's: there is no conversation yet.
        return Answer(
            await calls.SendAsync(new ConversationAddress(tenantId, serviceUrl, userId), HttpMethod.Post, "/v3/conversations", body, cancellationToken),
            ActivityJson.Default.CreatedConversation);
    }

    /// <summary>Starts a thread in a channel.</summary>
    /// <param name="channel">The channel, without <c>;messageid=…</c>.</param>
    /// <param name="activity">Its first message.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>With the message's id.</returns>
    public async Task<SendResult> CreateChannelPostAsync(ConversationAddress channel, OutboundActivity activity, CancellationToken cancellationToken)
    {
        var body = CreateBody(json =>
        {
            json.WriteBoolean("isGroup"u8, value: true);
            json.WriteStartObject("channelData"u8);
            json.WriteStartObject("channel"u8);
            json.WriteString("id"u8, channel.ConversationId);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WritePropertyName("activity"u8);
            json.WriteRawValue(Json(activity).Span, skipInputValidation: true);
            json.WriteString("tenantId"u8, channel.TenantId);
        });
        var answer = Answer(await calls.SendAsync(channel, HttpMethod.Post, "/v3/conversations", body, cancellationToken), ActivityJson.Default.CreatedConversation);
        return answer.Failure
            ?? new SendResult.Sent(answer.Value!.ActivityId ?? (answer.Value.Id is { } id ? ConversationIds.ThreadOf(id) : null) ?? "");
    }

    /// <summary>Who is in a conversation, page by page to the end.</summary>
    public async Task<ConnectorAnswer<IReadOnlyList<TeamsMember>>> MembersAsync(ConversationAddress of, CancellationToken cancellationToken)
    {
        List<TeamsMember> all = [];
        string? next = null;
        do
        {
            var query = next is null ? $"?pageSize={PageSize}" : $"?pageSize={PageSize}&continuationToken={Escape(next)}";
            var page = Answer(
                await calls.SendAsync(of, HttpMethod.Get, $"/v3/conversations/{Escape(ConversationIds.Base(of.ConversationId))}/pagedmembers{query}", default, cancellationToken),
                ActivityJson.Default.MembersPage);
            if (page.Failure is { } failure)
            {
                return new(null, failure);
            }

            all.AddRange(page.Value!.Members ?? []);
            next = page.Value.ContinuationToken == next ? null : page.Value.ContinuationToken;
        }
        while (next is { Length: > 0 });

        return new(all, null);
    }

    /// <summary>A team's channels; the General one has the team's id and no name.</summary>
    public async Task<ConnectorAnswer<IReadOnlyList<IdAndName>>> ChannelsAsync(ConversationAddress team, CancellationToken cancellationToken)
    {
        var answer = Answer(
            await calls.SendAsync(team, HttpMethod.Get, $"/v3/teams/{Escape(team.ConversationId)}/conversations", default, cancellationToken),
            ActivityJson.Default.TeamChannels);
        return new(answer.Failure is null ? answer.Value?.Conversations ?? [] : null, answer.Failure);
    }

    private static string Escape(string id) => Uri.EscapeDataString(id);

    private ReadOnlyMemory<byte> Json(OutboundActivity activity)
    {
        if (!activity.Written.IsEmpty && activity is { ReplyToId: null, TargetedMessageId: null, TargetedRecipient: null })
        {
            return activity.Written;
        }

        var buffer = new ArrayBufferWriter<byte>(activity.Card.Length + 1024);
        (activity.From is null && self is not null ? activity with { From = self } : activity).Write(buffer);
        return buffer.WrittenMemory;
    }

    private static ReadOnlyMemory<byte> CreateBody(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    /// <param name="outcome">What became of the call.</param>
    /// <param name="known">The message's id, where the answer need not say it.</param>
    private static SendResult Sent(ConnectorOutcome outcome, string? known = null) =>
        outcome.Failure ?? new SendResult.Sent(known ?? Answer(outcome, ActivityJson.Default.ResourceId).Value?.Id ?? "");

    private static ConnectorAnswer<T> Answer<T>(ConnectorOutcome outcome, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class
    {
        if (outcome.Failure is { } failure)
        {
            return new(null, failure);
        }

        try
        {
            return JsonSerializer.Deserialize(outcome.Body, type) is { } value ? new(value, null) : new(null, new SendResult.Unknown(TeamsReason.Unexpected));
        }
        catch (JsonException)
        {
            return new(null, new SendResult.Unknown(TeamsReason.Unexpected));
        }
    }
}
