using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using AdvocacyBot.Core.Cards;
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
    InstallationBook installations, SlackClient client, DeliveryTrouble trouble, TimeProvider clock) : IChatSender
{
    private const int PagesLookedThrough = 10;

    /// <summary>A message that Slack took without telling is there by then.</summary>
    private static readonly TimeSpan BeforeLooking = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan BeforeSendingAgain = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan LookedBack = TimeSpan.FromDays(2);

    /// <summary>Where Slack does not say how long its history is closed to us.</summary>
    private static readonly TimeSpan BeforeAskingAgain = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<Guid, byte> doubtful = new();
    private readonly ConditionalWeakTable<AdaptiveCard, Known> drawings = [];

    public string Platform => Platforms.Slack;

    public async Task<SendResult> SendAsync(OutboundMessage message, CancellationToken cancellationToken)
    {
        if (await installations.FindAsync(message.Workspace.Id, cancellationToken) is not { } at)
        {
            return new SendResult.Gone(SendErrors.Uninstalled);
        }

        if (doubtful.ContainsKey(message.DeliveryId)
            && await FindAsync(message.Workspace, message.Conversation, message.Recipient, message.DeliveryId, cancellationToken) is var looked and not Reconciled.NotThere)
        {
            switch (looked)
            {
                case Reconciled.Found there:
                    doubtful.TryRemove(message.DeliveryId, out _);
                    return new SendResult.Sent(there.MessageId);
                case Reconciled.AskLater later:
                    return new SendResult.RetryAfter(later.After, "this message");
                default:
                    doubtful.TryRemove(message.DeliveryId, out _);
                    return new SendResult.Unknown("no_answer");
            }
        }

        // A person's id is as good as their conversation's, and spares conversations.open, of which Slack allows fewer (tier 3) than of messages.
        var id = Person(message.Conversation, message.Recipient) ?? message.Conversation.Id;
        var drawn = Drawn(message);
        var posted = await PostAsync(at, id, drawn, message.DeliveryId, cancellationToken);
        if (posted is { Verdict: ApiVerdict.Refused, Error: "channel_not_found" } && Person(message.Conversation, message.Recipient) is { } person)
        {
            // The conversation has to be opened first; or the person is not there, which Slack says only now.
            var opened = await client.OpenConversationAsync(at, person, cancellationToken);
            if (opened.Value?.Channel is not { Id: { } direct })
            {
                return await ToldAsync(at, message, SendErrors.Map("conversations.open", opened), cancellationToken);
            }

            id = direct;
            posted = await PostAsync(at, id, drawn, message.DeliveryId, cancellationToken);
        }

        if (posted is { Verdict: ApiVerdict.Refused } && posted.Error.StartsWith("invalid_blocks", StringComparison.Ordinal) && drawn.WithoutPictures() is { } plainer)
        {
            // Slack could not fetch a picture: the card goes out with a link to it.
            posted = await PostAsync(at, id, plainer, message.DeliveryId, cancellationToken);
        }

        if (posted.Value?.Ts is not { } ts)
        {
            return posted.Verdict == ApiVerdict.InDoubt
                ? await ReconcileAsync(message, posted.Error, cancellationToken)
                : await ToldAsync(at, message, SendErrors.Map("chat.postMessage", posted), cancellationToken);
        }

        doubtful.TryRemove(message.DeliveryId, out _);
        id = posted.Value.Channel ?? id;
        foreach (var more in drawn.More)
        {
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

        var drawn = Drawn(message);
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

        if (Person(conversation, recipient) is not { } person)
        {
            return await LookAsync(at, conversation.Id, deliveryId, cancellationToken);
        }

        var opened = await client.OpenConversationAsync(at, person, cancellationToken);
        return opened.Value?.Channel?.Id is { } direct ? await LookAsync(at, direct, deliveryId, cancellationToken) : NotSeen(opened);
    }

    /// <summary>The person, where the conversation is theirs with the bot.</summary>
    private static string? Person(ConversationRef conversation, PersonRef? recipient) =>
        recipient?.Id ?? (conversation.Kind == ConversationKind.Personal ? conversation.Id : null);

    /// <summary>What is not answered now may be answered later; what is refused stays refused.</summary>
    private static Reconciled NotSeen<T>(ApiResult<T> result)
        where T : ApiResponse => result.Verdict switch
        {
            ApiVerdict.Limited => new Reconciled.AskLater(result.RetryAfter),
            ApiVerdict.Unreached or ApiVerdict.InDoubt => new Reconciled.AskLater(BeforeAskingAgain),
            _ => new Reconciled.CannotTell(),
        };

    /// <summary>The channel itself; for one person, their conversation with the bot.</summary>
    private async Task<ApiResult<OpenedConversation>> ChannelAsync(Installation at, OutboundMessage message, CancellationToken cancellationToken) =>
        Person(message.Conversation, message.Recipient) is { } person
            ? await client.OpenConversationAsync(at, person, cancellationToken)
            : ApiResult<OpenedConversation>.Ok(new OpenedConversation { Channel = new ConversationObject(message.Conversation.Id) });

    private Task<ApiResult<PostedMessage>> PostAsync(Installation at, string channel, SlackMessage drawn, Guid deliveryId, CancellationToken cancellationToken) =>
        client.PostMessageAsync(
            at,
            new PostMessage(channel, drawn.Text, Drawing.Blocks(drawn)) { Metadata = new MessageMetadata(MessageMetadata.Delivery, new DeliveryPayload(Id(deliveryId))) },
            cancellationToken);

    private async Task<SendResult> ReconcileAsync(OutboundMessage message, string problem, CancellationToken cancellationToken)
    {
        var deliveryId = message.DeliveryId;
        doubtful[deliveryId] = 0;
        await Task.Delay(BeforeLooking, clock, cancellationToken);
        switch (await FindAsync(message.Workspace, message.Conversation, message.Recipient, deliveryId, cancellationToken))
        {
            case Reconciled.Found found:
                doubtful.TryRemove(deliveryId, out _);
                return new SendResult.Sent(found.MessageId);
            case Reconciled.NotThere:
                // Looked for once more before it is sent again.
                return new SendResult.RetryAfter(BeforeSendingAgain, "this message");
            case Reconciled.AskLater later:
                return new SendResult.RetryAfter(later.After, "this message");
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
            var answer = await client.HistoryAsync(at, channel, oldest, cursor, cancellationToken);
            if (answer.Value is not { } history)
            {
                return NotSeen(answer);
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

    /// <summary>A broadcast's card is the same for thousands: it is drawn once.</summary>
    private SlackMessage Drawn(OutboundMessage message)
    {
        if (drawings.TryGetValue(message.Card, out var known) && known.Summary == message.Summary)
        {
            return known.Drawn;
        }

        var drawn = MessageRenderer.Render(message.Card, message.Summary);
        drawn = drawn with { Written = Drawing.Blocks(drawn) };
        drawings.AddOrUpdate(message.Card, new Known(message.Summary, drawn));
        return drawn;
    }

    private static string Id(Guid deliveryId) => deliveryId.ToString("N");

    private sealed record Known(string Summary, SlackMessage Drawn);
}
