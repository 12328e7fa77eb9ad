using System.Threading.Channels;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Slack.Api;
using AdvocacyBot.Slack.Installations;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AdvocacyBot.Slack.People;

/// <summary>
/// Keeps who is in the channels in step with Slack: all of a channel's members when the bot joins it, and once a day, one channel after the other. Where Slack asks to
/// wait, it waits.
/// </summary>
internal sealed partial class MemberCount(
    InstallationBook installations, SlackClient client, PeopleBook people, ChannelBook channels, InteractionRouter router, TimeProvider clock, ILogger<MemberCount> logger)
    : BackgroundService
{
    private static readonly TimeSpan Daily = TimeSpan.FromDays(1);
    private static readonly TimeSpan Look = TimeSpan.FromHours(1);

    private readonly Channel<(string Installation, string Channel)> asked = Channel.CreateUnbounded<(string, string)>(new UnboundedChannelOptions { SingleReader = true });

    public void Ask(Installation at, string channelId) => asked.Writer.TryWrite((at.Id, channelId));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = clock.CreateTimer(_ => asked.Writer.TryWrite(("", "")), null, TimeSpan.Zero, Look);
        await foreach (var (installation, channel) in asked.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                if (installation.Length == 0)
                {
                    await AskForAllAsync(stoppingToken);
                }
                else if (await installations.FindAsync(installation, stoppingToken) is { } at)
                {
                    await CountAsync(at, channel, stoppingToken);
                }
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                Log.Failed(logger, channel, e);
            }
        }
    }

    private async Task AskForAllAsync(CancellationToken cancellationToken)
    {
        foreach (var at in await installations.AllAsync(cancellationToken))
        {
            await channels.NameWorkspaceAsync(at, cancellationToken);
            foreach (var channel in await channels.NotCountedSinceAsync(at, clock.GetUtcNow() - Daily, cancellationToken))
            {
                Ask(at, channel);
            }
        }
    }

    private async Task CountAsync(Installation at, string channelId, CancellationToken cancellationToken)
    {
        // A command may have been typed where the bot is not: nobody there sees a card.
        if ((await client.ConversationInfoAsync(at, channelId, cancellationToken)).Value?.Channel is { IsMember: false })
        {
            await channels.CountedAsync(at, channelId, cancellationToken);
            return;
        }

        if (await ReadAsync(at, channelId, cancellationToken) is not { } members)
        {
            return;
        }

        var before = (await channels.MembersAsync(at.Workspace, channelId, cancellationToken)).ToHashSet(StringComparer.Ordinal);
        foreach (var member in members.Where(member => member != at.BotUserId))
        {
            // Who is in and counted already stays so; their names are refreshed when they do something.
            if (!before.Contains(member) && await ProfileAsync(at, member, cancellationToken) is { Colleague: true } profile)
            {
                await TellAsync(at, channelId, profile.Reference(member), joined: true, cancellationToken);
                await people.SettleAsync(at, member);
            }
        }

        foreach (var gone in before.Except(members))
        {
            await TellAsync(at, channelId, new PersonRef(gone), joined: false, cancellationToken);
        }

        await channels.CountedAsync(at, channelId, cancellationToken);
        Log.Counted(logger, channelId, members.Count);
    }

    /// <returns>Null: Slack does not tell.</returns>
    private async Task<HashSet<string>?> ReadAsync(Installation at, string channelId, CancellationToken cancellationToken)
    {
        var members = new HashSet<string>(StringComparer.Ordinal);
        string? cursor = null;
        do
        {
            var page = await PatientlyAsync(() => client.MembersAsync(at, channelId, cursor, cancellationToken), cancellationToken);
            if (page.Value is not { } value)
            {
                return null;
            }

            members.UnionWith(value.Members);
            cursor = value.NextCursor;
        }
        while (cursor is not null);
        return members;
    }

    private async Task<Profile?> ProfileAsync(Installation at, string userId, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < 3; attempt++)
        {
            if (await people.RefreshAsync(at, userId, cancellationToken) is { } profile)
            {
                return profile;
            }

            // users.info was not answered, most likely because of its limit: it tells how long.
            if (people.Wait(at) is not { Ticks: > 0 } wait)
            {
                return null;
            }

            await Task.Delay(wait, clock, cancellationToken);
        }

        return null;
    }

    private async Task<ApiResult<T>> PatientlyAsync<T>(Func<Task<ApiResult<T>>> call, CancellationToken cancellationToken)
        where T : ApiResponse
    {
        var result = await call();
        if (result.Verdict == ApiVerdict.Limited)
        {
            await Task.Delay(result.RetryAfter, clock, cancellationToken);
            result = await call();
        }

        return result;
    }

    private Task<Reply> TellAsync(Installation at, string channelId, PersonRef person, bool joined, CancellationToken cancellationToken) => router.DispatchAsync(
        new MemberChanged
        {
            Workspace = at.Workspace,
            Conversation = new ConversationRef(channelId),
            Person = person,
            DedupKey = $"count:{Guid.NewGuid():N}",
            At = clock.GetUtcNow(),
            Joined = joined,
        },
        cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Slack channel {Channel} has {Members} members")]
        public static partial void Counted(ILogger logger, string channel, int members);

        [LoggerMessage(2, LogLevel.Error, "The members of Slack channel {Channel} could not be read; it is tried again within a day")]
        public static partial void Failed(ILogger logger, string channel, Exception exception);
    }
}
