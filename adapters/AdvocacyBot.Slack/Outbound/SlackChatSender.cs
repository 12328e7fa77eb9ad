using System.Collections.Concurrent;
using System.Globalization;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Slack.Api;
using AdvocacyBot.Slack.Installations;
using AdvocacyBot.Slack.Rendering;
using AdvocacyBot.Slack.Replies;

namespace AdvocacyBot.Slack.Outbound;

/// <summary>
/// Puts the programme's own messages into Slack. Each carries the delivery's id as metadata, so that a sending without an answer is looked up in the channel's
/// history instead of being repeated.
/// </summary>
internal sealed class SlackChatSender(
    InstallationBook installations, SlackClient client, ChannelPace pace, DeliveryTrouble trouble, TimeProvider clock) : IChatSender
{
    private const int PagesLookedThrough = 10;

    /// <summary>A message that Slack took without telling is there by then.</summary>
    private static readonly TimeSpan BeforeLooking = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan BeforeSendingAgain = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan LookedBack = TimeSpan.FromDays(2);

    private readonly ConcurrentDictionary<Guid, byte> doubtful = new();

    public string Platform => Platforms.Slack;

    public async Task<SendResult> SendAsync(OutboundMessage message, CancellationToken cancellationToken)
    {
        if (await installations.FindAsync(message.Workspace.Id, cancellationToken) is not { } at)
        {
            return new SendResult.Gone(SendErrors.Uninstalled);
        }

        var channel = await ChannelAsync(at, message, cancellationToken);
        if (channel.Value?.Channel is not { Id: { } id })
        {
            return await ToldAsync(at, message, SendErrors.Map("conversations.open", channel), cancellationToken);
        }

        if (doubtful.ContainsKey(message.DeliveryId) && await LookAsync(at, id, message.DeliveryId, cancellationToken) is Reconciled.Found there)
        {
            doubtful.TryRemove(message.DeliveryId, out _);
            return new SendResult.Sent(there.MessageId);
        }

        await pace.WaitAsync(at.Id, id, cancellationToken);
        var drawn = MessageRenderer.Render(message.Card, message.Summary);
        var posted = await PostAsync(at, id, drawn, message.DeliveryId, cancellationToken);
        if (posted is { Verdict: ApiVerdict.Refused } && posted.Error.StartsWith("invalid_blocks", StringComparison.Ordinal) && drawn.WithoutPictures() is { } plainer)
        {
            // Slack could not fetch a picture: the card goes out with a link to it.
            await pace.WaitAsync(at.Id, id, cancellationToken);
            posted = await PostAsync(at, id, plainer, message.DeliveryId, cancellationToken);
        }

        if (posted.Value?.Ts is not { } ts)
        {
            return posted.Verdict == ApiVerdict.InDoubt
                ? await ReconcileAsync(at, id, message.DeliveryId, posted.Error, cancellationToken)
                : await ToldAsync(at, message, SendErrors.Map("chat.postMessage", posted), cancellationToken);
        }

        doubtful.TryRemove(message.DeliveryId, out _);
        foreach (var more in drawn.More)
        {
            await pace.WaitAsync(at.Id, id, cancellationToken);
            await client.PostMessageAsync(at, new PostMessage(id, more.Text, Drawing.Blocks(more)) { ThreadTs = ts }, cancellationToken);
        }

        return new SendResult.Sent(ts);
    }

    public async Task<SendResult> UpdateAsync(OutboundMessage message, string messageId, CancellationToken cancellationToken)
    {
        if (await installations.FindAsync(message.Workspace.Id, cancellationToken) is not { } at)
        {
            return new SendResult.Gone(SendErrors.Uninstalled);
        }

        var channel = await ChannelAsync(at, message, cancellationToken);
        if (channel.Value?.Channel is not { Id: { } id })
        {
            return SendErrors.Map("conversations.open", channel);
        }

        var drawn = MessageRenderer.Render(message.Card, message.Summary);
        var updated = await client.UpdateMessageAsync(at, new UpdateMessage(id, messageId, drawn.Text, Drawing.Blocks(drawn)), cancellationToken);
        if (updated is { Verdict: ApiVerdict.Refused } && updated.Error.StartsWith("invalid_blocks", StringComparison.Ordinal) && drawn.WithoutPictures() is { } plainer)
        {
            updated = await client.UpdateMessageAsync(at, new UpdateMessage(id, messageId, plainer.Text, Drawing.Blocks(plainer)), cancellationToken);
        }

        return updated.IsOk ? new SendResult.Sent(messageId) : await ToldAsync(at, message, SendErrors.Map("chat.update", updated), cancellationToken);
    }

    public async Task<Reconciled> FindAsync(
        WorkspaceRef workspace, ConversationRef conversation, PersonRef? recipient, Guid deliveryId, CancellationToken cancellationToken)
    {
        if (await installations.FindAsync(workspace.Id, cancellationToken) is not { } at)
        {
            return new Reconciled.CannotTell();
        }

        var channel = (recipient?.Id ?? (conversation.Kind == ConversationKind.Personal ? conversation.Id : null)) is { } person
            ? (await client.OpenConversationAsync(at, person, cancellationToken)).Value?.Channel?.Id
            : conversation.Id;
        return channel is null ? new Reconciled.CannotTell() : await LookAsync(at, channel, deliveryId, cancellationToken);
    }

    /// <summary>The channel itself; for one person, their conversation with the bot.</summary>
    private async Task<ApiResult<OpenedConversation>> ChannelAsync(Installation at, OutboundMessage message, CancellationToken cancellationToken) =>
        (message.Recipient?.Id ?? (message.Conversation.Kind == ConversationKind.Personal ? message.Conversation.Id : null)) is { } person
            ? await client.OpenConversationAsync(at, person, cancellationToken)
            : ApiResult<OpenedConversation>.Ok(new OpenedConversation { Channel = new ConversationObject(message.Conversation.Id) });

    private Task<ApiResult<PostedMessage>> PostAsync(Installation at, string channel, SlackMessage drawn, Guid deliveryId, CancellationToken cancellationToken) =>
        client.PostMessageAsync(
            at,
            new PostMessage(channel, drawn.Text, Drawing.Blocks(drawn)) { Metadata = new MessageMetadata(MessageMetadata.Delivery, new DeliveryPayload(Id(deliveryId))) },
            cancellationToken);

    private async Task<SendResult> ReconcileAsync(Installation at, string channel, Guid deliveryId, string problem, CancellationToken cancellationToken)
    {
        doubtful[deliveryId] = 0;
        await Task.Delay(BeforeLooking, clock, cancellationToken);
        switch (await LookAsync(at, channel, deliveryId, cancellationToken))
        {
            case Reconciled.Found found:
                doubtful.TryRemove(deliveryId, out _);
                return new SendResult.Sent(found.MessageId);
            case Reconciled.NotThere:
                // Looked for once more before it is sent again.
                return new SendResult.RetryAfter(BeforeSendingAgain, "this message");
            default:
                doubtful.TryRemove(deliveryId, out _);
                return new SendResult.Unknown(problem);
        }
    }

    private async Task<Reconciled> LookAsync(Installation at, string channel, Guid deliveryId, CancellationToken cancellationToken)
    {
        var wanted = Id(deliveryId);
        var oldest = (clock.GetUtcNow() - LookedBack).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        string? cursor = null;
        for (var page = 0; page < PagesLookedThrough; page++)
        {
            if ((await client.HistoryAsync(at, channel, oldest, cursor, cancellationToken)).Value is not { } history)
            {
                return new Reconciled.CannotTell();
            }

            if (history.Messages.FirstOrDefault(message => message.Metadata is { EventType: MessageMetadata.Delivery, EventPayload: { } payload } && payload.DeliveryId == wanted)?.Ts is { } ts)
            {
                return new Reconciled.Found(ts);
            }

            if ((cursor = history.NextCursor) is null)
            {
                return new Reconciled.NotThere();
            }
        }

        return new Reconciled.CannotTell();
    }

    private async Task<SendResult> ToldAsync(Installation at, OutboundMessage message, SendResult result, CancellationToken cancellationToken)
    {
        if (result is SendResult.Gone or SendResult.Rejected)
        {
            await trouble.TellAsync(at, message, result, cancellationToken);
        }

        return result;
    }

    private static string Id(Guid deliveryId) => deliveryId.ToString("N");
}
