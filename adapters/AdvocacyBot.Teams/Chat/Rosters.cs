using System.Collections.Concurrent;
using System.Threading.Channels;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Teams.Data;
using AdvocacyBot.Teams.Outbound;
using AdvocacyBot.Teams.Protocol;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AdvocacyBot.Teams.Chat;

/// <summary>
/// Keeps the members of channels and group chats known, beside the work and one after the other: read when the bot hears of a conversation, again after
/// <see cref="Freshness"/> when something happens there, and at once where Teams says that somebody came or went.
/// </summary>
internal sealed partial class Rosters(ConnectorClient connector, RosterWriter writer, TimeProvider clock, ILogger<Rosters> logger) : BackgroundService
{
    private const int MostWaiting = 2_000;
    private const int MostKept = 50_000;
    private const int NamesOfGroup = 3;

    private static readonly TimeSpan Freshness = TimeSpan.FromHours(12);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<(string Tenant, string Id), Reading> readings = new();
    private readonly Channel<ConversationReference> waiting = Channel.CreateBounded<ConversationReference>(
        new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <summary>Reads the members unless that was done lately. Costs a look into memory.</summary>
    public void Want(ConversationReference reference)
    {
        if (reference.Kind == ConversationKind.Personal)
        {
            return;
        }

        var key = (reference.TenantId, reference.ConversationId);
        if (readings.TryGetValue(key, out var last) && clock.GetElapsedTime(last.At) < last.Holds)
        {
            return;
        }

        if (readings.Count >= MostKept)
        {
            readings.Clear();
        }

        readings[key] = new Reading(clock.GetTimestamp(), Freshness);
        if (!waiting.Writer.TryWrite(reference))
        {
            readings.TryRemove(key, out _);
        }
    }

    /// <summary>Reads the members whenever that was done last.</summary>
    public void Renew(ConversationReference reference)
    {
        readings.TryRemove((reference.TenantId, reference.ConversationId), out _);
        Want(reference);
    }

    /// <summary>Reads one conversation now.</summary>
    internal async Task ReadAsync(ConversationReference reference, CancellationToken cancellationToken)
    {
        var key = (reference.TenantId, reference.ConversationId);
        var answer = await connector.MembersAsync(
            new ConversationAddress(reference.TenantId, reference.ServiceUrl, reference.ConversationId), cancellationToken);
        if (answer.Value is not { } members)
        {
            readings[key] = new Reading(clock.GetTimestamp(), AfterFailure);
            Log.NotRead(logger, answer.Failure?.GetType().Name ?? "");
            return;
        }

        await NameAsync(reference, members, cancellationToken);
        if (!await writer.WriteAsync(reference.TenantId, reference.ConversationId, members, cancellationToken))
        {
            // The activity that led here is still on its way through the programme.
            readings[key] = new Reading(clock.GetTimestamp(), TimeSpan.Zero);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var reference in waiting.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await ReadAsync(reference, stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Log.Failed(logger, e);
            }
        }
    }

    /// <summary>A channel is called by its name, a group chat that has none by some of its members'. What is called something is left so.</summary>
    private async Task NameAsync(ConversationReference reference, IReadOnlyList<TeamsMember> members, CancellationToken cancellationToken)
    {
        string? name;
        if (reference is { Kind: ConversationKind.Channel, TeamId: { } team })
        {
            var channels = await connector.ChannelsAsync(new ConversationAddress(reference.TenantId, reference.ServiceUrl, team), cancellationToken);
            var channel = channels.Value?.FirstOrDefault(candidate => candidate.Id == reference.ConversationId);
            name = channel is null ? null : ChannelNames.Of(channel.Id == team ? null : channel.Name, team: null, Language.English);
        }
        else
        {
            name = string.Join(", ", members.Select(member => member.Name).Where(member => !string.IsNullOrWhiteSpace(member)).Take(NamesOfGroup));
        }

        if (TeamsTurn.Clean(name) is { Length: > 0 } some)
        {
            await writer.NameAsync(reference.TenantId, reference.ConversationId, some, always: false, cancellationToken);
        }
    }

    private sealed record Reading(long At, TimeSpan Holds);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The members of a conversation in Teams could not be read: {Outcome}. It is tried again later")]
        public static partial void NotRead(ILogger logger, string outcome);

        [LoggerMessage(2, LogLevel.Error, "Reading the members of a conversation in Teams failed")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}

/// <summary>What a channel is called in lists that hold channels of several teams.</summary>
internal static class ChannelNames
{
    /// <param name="channel">Null for the General channel, whose name Teams does not say.</param>
    /// <param name="team">Null where it is not known.</param>
    /// <param name="language">Of the General channel's name.</param>
    public static string Of(string? channel, string? team, Language language)
    {
        var name = string.IsNullOrWhiteSpace(channel) ? Texts.In(language)["TeamsChat.General"] : channel;
        return string.IsNullOrWhiteSpace(team) ? name : $"{team} / {name}";
    }
}
