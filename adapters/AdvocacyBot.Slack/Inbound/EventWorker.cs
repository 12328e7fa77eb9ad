using System.Text.Json;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Slack.Data;
using AdvocacyBot.Slack.Replies;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AdvocacyBot.Slack.Inbound;

/// <summary>Carries out what a host acknowledged and did not come to: at the start, and every few seconds.</summary>
internal sealed partial class EventWorker(Database database, EventInbox inbox, EventRequests events, TurnRunner turns, TimeProvider clock, ILogger<EventWorker> logger) : BackgroundService
{
    public static readonly TimeSpan Look = TimeSpan.FromSeconds(15);

    /// <summary>What happened longer ago is nobody's concern any more.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A SQLite file is one host's alone: what is in it now, a host that is gone has left.
        var all = database.IsSqlite;
        while (true)
        {
            try
            {
                foreach (var kept in await inbox.TakeAsync(all, stoppingToken))
                {
                    await CarryOutAsync(kept);
                }

                all = false;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Log.NotRead(logger, e);
            }

            await Task.Delay(Look, clock, stoppingToken);
        }
    }

    private async Task CarryOutAsync(SlackEvent kept)
    {
        var settled = true;
        if (clock.GetUtcNow() - kept.KeptAt > Longest || Read(kept.Payload) is not { } envelope)
        {
            Log.GivenUp(logger);
        }
        else
        {
            settled = await turns.TryAsync(new AckSlot(), stopping => events.PrepareAsync(envelope, stopping), static () => false);
            Log.CarriedOut(logger, settled);
        }

        await inbox.LeaveAsync(kept.Key, settled);
    }

    /// <returns>Null: another version of the bot could read it, this one cannot.</returns>
    private static EventEnvelope? Read(string payload)
    {
        try
        {
            return JsonSerializer.Deserialize(payload, InboundJson.Default.EventEnvelope);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The events that Slack was told are taken could not be read; it is tried again")]
        public static partial void NotRead(ILogger logger, Exception exception);

        [LoggerMessage(2, LogLevel.Error, "An event of Slack's that was told to be taken was given up: it is older than a day, or of another version")]
        public static partial void GivenUp(ILogger logger);

        [LoggerMessage(3, LogLevel.Information, "An event of Slack's that an earlier run had taken was carried out: {Settled}")]
        public static partial void CarriedOut(ILogger logger, bool settled);
    }
}
