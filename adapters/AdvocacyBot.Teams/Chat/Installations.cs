using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Teams.Data;
using AdvocacyBot.Teams.Outbound;

namespace AdvocacyBot.Teams.Chat;

/// <summary>
/// Where the bot is. Installed in a team it is in all the team's channels, and greets in the one that was chosen; removed from a team it is gone from all of them,
/// and nothing more is sent there.
/// </summary>
internal sealed class Installations(
    InteractionRouter router, ConnectorClient connector, IConversationReferences references, TeamChannels known, Rosters rosters, RosterWriter writer, Messenger messenger)
{
    public async Task AddAsync(TeamsTurn turn, CancellationToken cancellationToken)
    {
        if (await InstallAsync(turn, cancellationToken) is PublicReply { Card: var card })
        {
            await messenger.SendAsync(card, turn, cancellationToken);
        }

        await TeamAsync(turn, cancellationToken);
    }

    /// <summary>
    /// Somebody says that the bot is there. In a tenant that is new this is left to what says a language, because the tenant's is taken from it; elsewhere the
    /// conversation is known from now on, and greeted when the installation itself is told.
    /// </summary>
    public async Task HearAsync(TeamsTurn turn, CancellationToken cancellationToken)
    {
        if (await references.FindAsync(turn.Workspace.Id, turn.Conversation.Id, cancellationToken) is not null)
        {
            await InstallAsync(turn, cancellationToken);
        }
        else if (turn.Locale is not null || await known.AnyAsync(turn.Workspace.Id, cancellationToken))
        {
            await InstallAsync(turn, cancellationToken);
            await TeamAsync(turn, cancellationToken);
        }
    }

    public async Task RemoveAsync(TeamsTurn turn, CancellationToken cancellationToken)
    {
        await GoAsync(turn, cancellationToken);
        foreach (var channel in await OthersAsync(turn, cancellationToken))
        {
            await GoAsync(turn.InChannel(channel.ConversationId, name: null), cancellationToken);
        }
    }

    /// <summary>A team that was archived or deleted is back, with the channels that are known.</summary>
    public async Task ReturnAsync(TeamsTurn turn, CancellationToken cancellationToken)
    {
        await InstallAsync(turn, cancellationToken);
        foreach (var channel in await OthersAsync(turn, cancellationToken))
        {
            await InstallAsync(turn.InChannel(channel.ConversationId, name: null), cancellationToken);
        }
    }

    /// <summary>A channel appeared; nobody asked for a greeting there.</summary>
    public async Task ComeAsync(TeamsTurn channel, string? name, CancellationToken cancellationToken)
    {
        await InstallAsync(channel, cancellationToken);
        await writer.NameAsync(channel.Workspace.Id, channel.Conversation.Id, NameOf(channel, name), always: true, cancellationToken);
    }

    public async Task GoAsync(TeamsTurn turn, CancellationToken cancellationToken)
    {
        await router.StoreAsync(turn.Removed(), cancellationToken);
        await references.BlockAsync(turn.Workspace.Id, turn.Conversation.Id, TeamsReason.NotInstalled, cancellationToken);
    }

    public async Task NameChannelsAsync(TeamsTurn turn, CancellationToken cancellationToken)
    {
        if (turn.TeamId is { } team)
        {
            foreach (var (id, name) in await ListAsync(turn, team, cancellationToken))
            {
                await writer.NameAsync(turn.Workspace.Id, id, NameOf(turn, name), always: true, cancellationToken);
            }
        }
    }

    /// <param name="turn">Says the team's name, and a language.</param>
    /// <param name="channel">Null for the General channel.</param>
    public static string NameOf(TeamsTurn turn, string? channel) => ChannelNames.Of(
        TeamsTurn.Clean(channel), TeamsTurn.Clean(turn.Activity.ChannelData?.Team?.Name), Language.First(turn.Locale));

    /// <summary>In a team the bot is in all the channels.</summary>
    private async Task TeamAsync(TeamsTurn turn, CancellationToken cancellationToken)
    {
        if (turn.TeamId is not { } team || turn.Conversation.Kind != ConversationKind.Channel)
        {
            return;
        }

        foreach (var (id, name) in await ListAsync(turn, team, cancellationToken))
        {
            if (id != turn.Conversation.Id)
            {
                await InstallAsync(turn.InChannel(id, name: null), cancellationToken);
            }

            await writer.NameAsync(turn.Workspace.Id, id, NameOf(turn, name), always: true, cancellationToken);
        }
    }

    private async Task<IReadOnlyList<(string Id, string? Name)>> ListAsync(TeamsTurn turn, string team, CancellationToken cancellationToken)
    {
        var answer = await connector.ChannelsAsync(new ConversationAddress(turn.Workspace.Id, turn.Conversation.ServiceUrl ?? "", team), cancellationToken);
        return [.. (answer.Value ?? [])
            .Select(channel => (Id: TeamsTurn.Clean(channel.Id) ?? "", Name: channel.Id == team ? null : channel.Name))
            .Where(channel => channel.Id.Length > 0)];
    }

    private async Task<IEnumerable<ConversationReference>> OthersAsync(TeamsTurn turn, CancellationToken cancellationToken) => turn.TeamId is { } team
        ? (await known.KnownAsync(turn.Workspace.Id, team, cancellationToken)).Where(channel => channel.ConversationId != turn.Conversation.Id)
        : [];

    private async Task<Reply> InstallAsync(TeamsTurn turn, CancellationToken cancellationToken)
    {
        if (turn.Reference() is not { } reference)
        {
            return await router.StoreAsync(turn.Installed(), cancellationToken);
        }

        await references.NoteAsync(reference, cancellationToken);
        var reply = await router.StoreAsync(turn.Installed(), cancellationToken);
        rosters.Renew(reference);
        return reply;
    }
}
