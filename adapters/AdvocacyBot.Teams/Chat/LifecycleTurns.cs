using AdvocacyBot.Core.Chat;
using AdvocacyBot.Teams.Protocol;

namespace AdvocacyBot.Teams.Chat;

/// <summary>
/// The bot is installed and removed, people come and go, channels and teams change. Teams tells of an installation twice, in no certain order: as
/// <c>installationUpdate</c>, which says a language and is greeted, and as <c>conversationUpdate</c>.
/// </summary>
internal sealed class LifecycleTurns(InteractionRouter router, Installations installations, TeamChannels known, Rosters rosters, RosterWriter writer)
{
    public Task HandleAsync(TeamsTurn turn, CancellationToken cancellationToken) => turn.Activity.Type == ActivityTypes.InstallationUpdate
        ? turn.Activity.Action switch
        {
            "add" or "add-upgrade" => installations.AddAsync(turn, cancellationToken),
            "remove" or "remove-upgrade" => installations.RemoveAsync(turn, cancellationToken),
            _ => Task.CompletedTask,
        }
        : UpdatedAsync(turn, cancellationToken);

    private async Task UpdatedAsync(TeamsTurn turn, CancellationToken cancellationToken)
    {
        var activity = turn.Activity;
        if (activity.MembersRemoved.Any(IsBot))
        {
            await installations.RemoveAsync(turn, cancellationToken);
            return;
        }

        if (activity.MembersAdded.Any(IsBot))
        {
            await installations.HearAsync(turn, cancellationToken);
        }

        await MembersAsync(turn, cancellationToken);
        await EventAsync(turn, cancellationToken);

        bool IsBot(ChannelAccount member) => member.Id is not null && member.Id == activity.Recipient?.Id;
    }

    /// <summary>Who joins or leaves a team does so in all its channels, of which the one that Teams names is the General one.</summary>
    private async Task MembersAsync(TeamsTurn turn, CancellationToken cancellationToken)
    {
        if (turn.IsPersonal)
        {
            return;
        }

        var changed = false;
        foreach (var (members, joined) in new[] { (turn.Activity.MembersAdded, true), (turn.Activity.MembersRemoved, false) })
        {
            foreach (var member in members.Where(member => !string.IsNullOrEmpty(member.Id) && member.Id != turn.Activity.Recipient?.Id))
            {
                changed = true;
                await router.StoreAsync(turn.Member(member, joined), cancellationToken);
            }
        }

        if (changed && turn.TeamId is { } team)
        {
            foreach (var channel in await known.KnownAsync(turn.Workspace.Id, team, cancellationToken))
            {
                rosters.Renew(channel);
            }
        }
    }

    private async Task EventAsync(TeamsTurn turn, CancellationToken cancellationToken)
    {
        var data = turn.Activity.ChannelData;
        var channel = TeamsTurn.Clean(data?.Channel?.Id) is { Length: > 0 } id ? turn.InChannel(id, name: null) : null;
        switch (data?.EventType)
        {
            case "channelCreated" or "channelRestored" when channel is not null:
                await installations.ComeAsync(channel, data.Channel!.Name, cancellationToken);
                break;
            case "channelRenamed" when channel is not null:
                await writer.NameAsync(
                    turn.Workspace.Id, channel.Conversation.Id, Installations.NameOf(channel, data.Channel!.Name), always: true, cancellationToken);
                break;
            case "channelDeleted" when channel is not null:
                await installations.GoAsync(channel, cancellationToken);
                break;
            case "teamArchived" or "teamDeleted" or "teamHardDeleted":
                await installations.RemoveAsync(turn, cancellationToken);
                break;
            case "teamUnarchived" or "teamRestored":
                await installations.ReturnAsync(turn, cancellationToken);
                break;
            case "teamRenamed":
                await installations.NameChannelsAsync(turn, cancellationToken);
                break;
        }
    }
}
