using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Teams.Outbound;
using AdvocacyBot.Teams.Protocol;

namespace AdvocacyBot.Teams.Chat;

/// <summary>Where a card for one person alone went.</summary>
internal enum PrivateDelivery
{
    Failed = 0,

    /// <summary>Into the same conversation.</summary>
    Here = 1,

    /// <summary>Into the person's own chat with the bot.</summary>
    PersonalChat = 2,
}

/// <summary>Messages that answer what somebody did. They are not in the outbox: who gets none repeats the command.</summary>
internal sealed class Messenger(ConnectorClient connector, TeamsChatSender sender, TeamsCards cards, TimeProvider clock)
{
    private const int MaxSummary = 200;
    private const int MostKept = 10_000;

    /// <summary>A conversation that took no targeted message is not tried again for so long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, long> withoutTargeted = new(StringComparer.Ordinal);
    private readonly ConditionalWeakTable<AdaptiveCard, OutboundActivity> drawn = [];

    /// <summary>For everybody in the conversation, in the thread that is answered.</summary>
    public Task<SendResult> SendAsync(AdaptiveCard card, TeamsTurn turn, CancellationToken cancellationToken) =>
        SendAsync(Activity(card, turn), turn, cancellationToken);

    /// <summary>
    /// For the person alone: in a channel or group chat as a targeted message where the conversation takes them, else in the chat with the bot
    /// (msteams-docs agents-in-teams/targeted-messages.md names that as the fallback). Never for everybody.
    /// </summary>
    public async Task<PrivateDelivery> SendPrivatelyAsync(AdaptiveCard card, TeamsTurn turn, CancellationToken cancellationToken)
    {
        if (turn.IsPersonal)
        {
            return await SendAsync(card, turn, cancellationToken) is SendResult.Sent or SendResult.Unknown ? PrivateDelivery.Here : PrivateDelivery.Failed;
        }

        if (TakesTargeted(turn.Conversation.Id))
        {
            switch (await connector.SendTargetedAsync(Address(turn), turn.Person.Id, Activity(card, turn), cancellationToken))
            {
                // What may have arrived is not sent twice.
                case SendResult.Sent or SendResult.Unknown:
                    return PrivateDelivery.Here;
                case SendResult.Rejected or SendResult.Gone:
                    withoutTargeted[turn.Conversation.Id] = clock.GetTimestamp();
                    break;
            }
        }

        var result = await sender.SendAsync(
            new OutboundMessage
            {
                DeliveryId = Guid.CreateVersion7(clock.GetUtcNow()),
                Workspace = turn.Workspace,
                Conversation = turn.Conversation,
                Card = card,
                Summary = Summary(card),
                Recipient = turn.Person,
            },
            cancellationToken);
        return result is SendResult.Sent or SendResult.Unknown ? PrivateDelivery.PersonalChat : PrivateDelivery.Failed;
    }

    /// <summary>Changes a message that the person alone sees. In a channel or group chat that is a targeted one.</summary>
    /// <returns>False: it is gone, or the card is too long to take its place.</returns>
    public async Task<bool> TryReplacePrivateAsync(AdaptiveCard card, string messageId, TeamsTurn turn, CancellationToken cancellationToken)
    {
        if (MessageSize.IsTooLong(cards.Write(card)))
        {
            return false;
        }

        var activity = Activity(card, turn) with { TargetedMessageId = null };
        var result = turn.IsPersonal
            ? await connector.UpdateAsync(Address(turn), messageId, activity, cancellationToken)
            : await connector.UpdateTargetedAsync(Address(turn), messageId, activity, cancellationToken);
        return result is SendResult.Sent;
    }

    /// <summary>Tells somebody who cannot be written to privately what to do; says nothing of what they asked.</summary>
    public Task SayUnreachableAsync(TeamsTurn turn, CancellationToken cancellationToken) => turn.IsPersonal
        ? Task.CompletedTask
        : SendAsync(OutboundActivity.OfText(Texts.In(Language.First(turn.Locale))["TeamsChat.Unreachable"]) with { From = Bot(turn) }, turn, cancellationToken);

    // What only the person may see never waits for the answer: whoever asked for replies there shows them to everybody.
    private Task<SendResult> SendAsync(OutboundActivity activity, TeamsTurn turn, CancellationToken cancellationToken)
    {
        if (turn.Expected is not { } expected)
        {
            return connector.SendAsync(Address(turn), activity, cancellationToken);
        }

        expected.Add(activity);
        return Task.FromResult<SendResult>(new SendResult.Sent(""));
    }

    private static ConversationAddress Address(TeamsTurn turn) => new(
        turn.Workspace.Id,
        turn.Conversation.ServiceUrl ?? "",
        turn.Conversation.ThreadId is { } thread ? ConversationIds.InThread(turn.Conversation.Id, thread) : turn.Conversation.Id);

    private OutboundActivity Activity(AdaptiveCard card, TeamsTurn turn)
    {
        // The answer to a slash command quotes it.
        var quoted = turn.Activity.Recipient?.IsTargeted == true ? turn.Activity.Id : null;
        var bot = Bot(turn);
        if (!card.IsShared || quoted is not null)
        {
            return Draw(card, bot) with { TargetedMessageId = quoted };
        }

        if (drawn.TryGetValue(card, out var before) && before.From == bot)
        {
            return before;
        }

        var made = Draw(card, bot).WriteOnce();
        drawn.AddOrUpdate(card, made);
        return made;
    }

    private OutboundActivity Draw(AdaptiveCard card, ChannelAccount? bot)
    {
        var written = cards.Write(card);
        if (MessageSize.IsTooLong(written))
        {
            var texts = Texts.In(Language.First(card.Lang));
            card = Notice.Card(texts, texts["TeamsChat.TooLong"]);
            written = cards.Write(card);
        }

        return OutboundActivity.OfCard(written) with { From = bot, Summary = Summary(card) };
    }

    /// <summary>As the activity calls it.</summary>
    private static ChannelAccount? Bot(TeamsTurn turn) => turn.Activity.Recipient is { Id.Length: > 0 } bot ? new ChannelAccount(bot.Id, bot.Name) : null;

    private static string Summary(AdaptiveCard card)
    {
        var summary = card.FallbackText ?? PlainText.FirstLine(card);
        return summary.Length <= MaxSummary ? summary : summary[..(MaxSummary - 1)] + "…";
    }

    private bool TakesTargeted(string conversationId)
    {
        if (!withoutTargeted.TryGetValue(conversationId, out var since))
        {
            return true;
        }

        if (clock.GetElapsedTime(since) < Patience && withoutTargeted.Count < MostKept)
        {
            return false;
        }

        withoutTargeted.TryRemove(conversationId, out _);
        return true;
    }
}
