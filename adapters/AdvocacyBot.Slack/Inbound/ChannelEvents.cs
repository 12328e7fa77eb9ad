using AdvocacyBot.Core.Chat;
using AdvocacyBot.Slack.Installations;
using AdvocacyBot.Slack.People;
using AdvocacyBot.Slack.Replies;

namespace AdvocacyBot.Slack.Inbound;

/// <summary>Who comes into channels and leaves them, the bot included, and what becomes of the channels.</summary>
internal sealed class ChannelEvents(PeopleBook people, ChannelBook channels, MemberCount members, SlackClient client, InFlight inFlight)
{
    public async ValueTask<Prepared> PrepareAsync(Happened happened, CancellationToken cancellationToken)
    {
        if (happened.Payload is not { ChannelId: { } channel } payload || channel[0] == 'D')
        {
            return Prepared.Answered.Nothing;
        }

        switch (payload.Type)
        {
            case "member_joined_channel" when payload.UserId == happened.At.BotUserId:
                return await ArrivedAsync(happened, channel, payload.Inviter, cancellationToken);
            case "member_joined_channel" when payload.UserId is { } user:
                return await MemberAsync(happened, channel, user, joined: true, cancellationToken);
            case "member_left_channel" when payload.UserId is { } user && user != happened.At.BotUserId:
                return await MemberAsync(happened, channel, user, joined: false, cancellationToken);
            case "member_left_channel":
            case "channel_left" or "group_left" or "channel_archive" or "group_archive" or "channel_deleted" or "group_deleted":
                return happened.Turn(
                    new BotRemoved
                    {
                        WholeWorkspace = false,
                        Workspace = happened.At.Workspace,
                        Conversation = new ConversationRef(channel),
                        Person = SlackIds.Slackbot,
                        DedupKey = happened.Key,
                        At = happened.When,
                    },
                    SlackIds.Slackbot.Id,
                    postTo: null) with { Quiet = true };
            case "channel_unarchive" or "group_unarchive" when payload.UserId is { } user:
                return await ArrivedAsync(happened, channel, user, cancellationToken) is Prepared.Turn back ? back with { Quiet = true } : Prepared.Answered.Nothing;
            case "channel_rename" or "group_rename" when payload.ChannelName is { Length: > 0 } name:
                return new Prepared.Work(payload.Type, stopping => channels.RenameAsync(happened.At.Workspace, channel, IncomingText.Plain(name), stopping));
            default:
                return Prepared.Answered.Nothing;
        }
    }

    /// <summary>The bot was added: whoever did it is greeted with the channel, and its members are counted.</summary>
    private async ValueTask<Prepared> ArrivedAsync(Happened happened, string channel, string? by, CancellationToken cancellationToken)
    {
        var info = (await client.ConversationInfoAsync(happened.At, channel, cancellationToken)).Value?.Channel;
        if ((SlackIds.IsId(by) ? by : info?.Creator) is not { } inviter)
        {
            return Prepared.Answered.Nothing;
        }

        var profile = await people.FindAsync(happened.At, inviter, cancellationToken);
        var installed = new BotInstalled
        {
            Workspace = happened.At.Workspace,
            Conversation = SlackIds.Conversation(channel, info?.Name, inviter),
            Person = profile.Reference(inviter),
            Locale = profile?.Locale,
            DedupKey = happened.Key,
            At = happened.When,
        };
        return happened.Turn(installed, inviter, channel) with { Done = () => members.Ask(happened.At, channel) };
    }

    private async ValueTask<Prepared> MemberAsync(Happened happened, string channel, string user, bool joined, CancellationToken cancellationToken)
    {
        var profile = await people.FindAsync(happened.At, user, cancellationToken);
        if (joined && profile is { Colleague: false })
        {
            return Prepared.Answered.Nothing;
        }

        var changed = new MemberChanged
        {
            Joined = joined,
            Workspace = happened.At.Workspace,
            Conversation = new ConversationRef(channel),
            Person = profile.Reference(user),
            Locale = profile?.Locale,
            DedupKey = happened.Key,
            At = happened.When,
        };
        return happened.Turn(changed, user, postTo: null) with { Quiet = true, Done = () => inFlight.Track(people.SettleAsync(happened.At, user)) };
    }
}
