using System.Data.Common;
using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using AdvocacyBot.Web.Api;
using AdvocacyBot.Web.Chat;
using AdvocacyBot.Web.Data;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace AdvocacyBot.Web.Hub;

/// <summary>
/// Live updates as Server-Sent Events (HTML standard, section 9.2). An event's id is the number of its change, so that a browser that was cut off
/// goes on where it was.
/// </summary>
internal sealed class HubEndpoint(WebReader reader, RosterCache rosters, ChangeSignal signal, TimeProvider clock, IHostApplicationLifetime lifetime)
{
    /// <summary>How soon another host's changes appear.</summary>
    public static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    private const int PollsPerPing = 15;
    private const int MaxChanges = 200;

    public async Task<IResult> ConnectAsync(ApiCall call, CancellationToken cancellationToken)
    {
        var seq = await reader.SeqAsync(cancellationToken);
        var request = call.Http.Request;
        var resume = request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } last ? last : request.Query["after"].ToString();
        var after = seq;
        if (resume.Length > 0 && !long.TryParse(resume, NumberStyles.None, CultureInfo.InvariantCulture, out after))
        {
            return Problems.Invalid(call.Texts, "WrongNumber", "after");
        }

        call.Http.Response.Headers["X-Accel-Buffering"] = "no";
        return TypedResults.ServerSentEvents(EventsAsync(call.PersonId, Math.Min(after, seq), cancellationToken));
    }

    private async IAsyncEnumerable<SseItem<string>> EventsAsync(string personId, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // A stopping host does not wait for browsers to leave.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        using var timer = new PeriodicTimer(Poll, clock);
        var tick = timer.WaitForNextTickAsync(stop.Token).AsTask();
        var quietPolls = 0;
        yield return Item("ready", JsonSerializer.Serialize(new ReadyView(after), Wire.Json.ReadyView), id: after);

        while (!stop.IsCancellationRequested)
        {
            var next = signal.Next;
            if (await ReadAsync(personId, after, stop.Token) is not { } changes)
            {
                yield break;
            }

            foreach (var change in changes.List)
            {
                yield return Item(change);
            }

            if (changes.Through > after)
            {
                after = changes.Through;
                quietPolls = 0;
                continue;
            }

            if (await Task.WhenAny(next, tick) == tick)
            {
                if (!tick.IsCompletedSuccessfully)
                {
                    yield break;
                }

                tick = timer.WaitForNextTickAsync(stop.Token).AsTask();
                if (++quietPolls == PollsPerPing)
                {
                    // Finds connections that are gone, and keeps proxies from closing a quiet one.
                    quietPolls = 0;
                    yield return new SseItem<string>("{}", "ping");
                }
            }
        }
    }

    /// <returns>Null: the stream is to end; the browser comes again.</returns>
    private async Task<Changes?> ReadAsync(string personId, long after, CancellationToken cancellationToken)
    {
        try
        {
            if (await rosters.GetAsync(cancellationToken) is not { } roster || roster.Person(personId) is not { } person)
            {
                return null;
            }

            string[] channels = [.. roster.ChannelsOf(person).Select(c => c.Ref.Id), Roster.PersonalId(personId)];
            return await reader.ChangesAsync(after, channels, personId, MaxChanges, cancellationToken);
        }
        catch (Exception e) when (e is OperationCanceledException or DbException or TimeoutException or InvalidOperationException { InnerException: DbException })
        {
            return null;
        }
    }

    private static SseItem<string> Item(Change change) => change switch
    {
        { Removed: true, Message: var m } => Item(
            "removed", JsonSerializer.Serialize(new RemovedView(m.Id, m.Channel, m.Change), Wire.Json.RemovedView), change.Seq),
        { ReactionsOnly: true, Message: var m } => Item(
            "reactions", JsonSerializer.Serialize(new ReactionsView(m.Id, m.Channel, m.Change, m.Reactions), Wire.Json.ReactionsView), change.Seq),
        _ => Item("message", JsonSerializer.Serialize(change.Message, Wire.Json.MessageView), change.Seq),
    };

    private static SseItem<string> Item(string type, string data, long id) => new(data, type) { EventId = id.ToString(CultureInfo.InvariantCulture) };
}
