using AdvocacyBot.Core.Chat;
using AdvocacyBot.Slack.People;
using AdvocacyBot.Slack.Replies;

namespace AdvocacyBot.Slack.Inbound;

/// <summary>
/// What people write to the bot: by mention in a channel, or in their own conversation with it. A message that mentions the bot can arrive as
/// <c>app_mention</c> and as <c>message</c>; both have the same key, made of channel and timestamp.
/// </summary>
internal sealed class Mentions(PeopleBook people, RouteTable routes, RecentKeys recent)
{
    public async ValueTask<Prepared> PrepareAsync(Happened happened, CancellationToken cancellationToken)
    {
        // Our own messages, other bots', and edits (an unfurled link is one) are no words to us.
        if (happened.Payload is not { UserId: { } userId, ChannelId: { } channel, Ts: { } ts, BotId: null, Subtype: null or "thread_broadcast" or "file_share" } payload
            || userId == happened.At.BotUserId || !SlackIds.IsTimestamp(ts))
        {
            return Prepared.Answered.Nothing;
        }

        var personal = channel[0] == 'D';
        var text = payload.Text ?? "";
        if (!personal && payload.Type != "app_mention" && !text.Contains($"<@{happened.At.BotUserId}>", StringComparison.Ordinal))
        {
            return Prepared.Answered.Nothing;
        }

        var profile = await people.FindAsync(happened.At, userId, cancellationToken);
        var thread = SlackIds.IsTimestamp(payload.ThreadTs) ? payload.ThreadTs : null;
        var said = IncomingText.Plain(IncomingText.WithoutMention(text, happened.At.BotUserId)).Trim();
        var interaction = Read(happened, said, SlackIds.Conversation(channel, null, userId, thread), profile, $"message:{channel}:{ts}");

        // Commands that write remember their keys in their own transaction.
        if (interaction is not CommandInvoked { Name: var name } || routes.Command(name) is not { Writes: false })
        {
            return happened.Turn(interaction, userId, channel);
        }

        var key = $"{happened.At.Id}:{interaction.DedupKey}";
        return recent.TryAdd(key) ? happened.Turn(interaction, userId, channel) with { Undone = () => recent.Remove(key) } : Prepared.Answered.Nothing;
    }

    private Interaction Read(Happened happened, string said, ConversationRef conversation, Profile? profile, string key)
    {
        var (word, rest) = Words.SplitMessage(said);
        var userId = happened.Payload.UserId!;
        if (routes.Command(word) is { } route)
        {
            return new CommandInvoked
            {
                Name = route.Name,
                Arguments = rest,
                Workspace = happened.At.Workspace,
                Conversation = conversation,
                Person = profile.Reference(userId),
                Locale = profile?.Locale,
                DedupKey = key,
                At = happened.When,
            };
        }

        return new MessageReceived
        {
            Text = said,
            Workspace = happened.At.Workspace,
            Conversation = conversation,
            Person = profile.Reference(userId),
            Locale = profile?.Locale,
            DedupKey = key,
            At = happened.When,
        };
    }
}
