using System.Diagnostics;
using System.Diagnostics.Metrics;
using AdvocacyBot.Core.Data;

namespace AdvocacyBot.Core.Telemetry;

/// <summary>
/// What the bot tells of itself in OpenTelemetry's terms; the host exports it where it is told to. Where nobody listens an instrument costs a look at a field. Tags are
/// platforms, kinds, states and reasons: never people, texts, codes or addresses.
/// </summary>
public static class BotTelemetry
{
    /// <summary>Of the source of spans and of the meter.</summary>
    public const string Name = "AdvocacyBot";

    public static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);

    private static readonly Histogram<double> Interactions = Meter.CreateHistogram<double>(
        "advocacybot.interaction.duration", "s", "From an interaction's arrival in the programme to its reply.");

    private static readonly Histogram<double> Deliveries = Meter.CreateHistogram<double>(
        "advocacybot.delivery.duration", "s", "A call to a platform that sends or updates a message, waits for limits included.");

    private static readonly Counter<long> Settled = Meter.CreateCounter<long>(
        "advocacybot.delivery.settled", "{delivery}", "Deliveries by the state they came to.");

    private static readonly Counter<long> Throttles = Meter.CreateCounter<long>(
        "advocacybot.delivery.throttled", "{answer}", "Wishes of a platform to wait, and waits that our own limits ask for, by what they hold for.");

    private static readonly Counter<long> Redirects = Meter.CreateCounter<long>(
        "advocacybot.redirect", "{request}", "Requests to personal links by what became of them.");

    /// <summary>Counts an interaction that is answered.</summary>
    public static void Interacted(string platform, string kind, bool failed, TimeSpan took)
    {
        if (Interactions.Enabled)
        {
            Interactions.Record(took.TotalSeconds, new TagList { { "platform", platform }, { "kind", kind }, { "outcome", failed ? "failed" : "answered" } });
        }
    }

    /// <summary>Counts a call that sends or updates.</summary>
    public static void Called(string platform, DeliveryKind kind, string outcome, TimeSpan took)
    {
        if (Deliveries.Enabled)
        {
            Deliveries.Record(took.TotalSeconds, new TagList { { "platform", platform }, { "kind", kind.ToString() }, { "outcome", outcome } });
        }
    }

    /// <summary>Counts deliveries that came to a state.</summary>
    public static void Came(string platform, DeliveryKind kind, DeliveryState state, string? reason)
    {
        if (Settled.Enabled)
        {
            Settled.Add(1, new TagList { { "platform", platform }, { "kind", kind.ToString() }, { "state", state.ToString() }, { "reason", reason ?? "" } });
        }
    }

    /// <summary>Counts a wait.</summary>
    public static void Throttled(string platform, string holds)
    {
        if (Throttles.Enabled)
        {
            Throttles.Add(1, new TagList { { "platform", platform }, { "holds", holds } });
        }
    }

    /// <summary>Counts a request to a personal link.</summary>
    /// <param name="outcome"><c>redirected</c> or <c>unknown</c>; clicks that could not be written have a counter of their own.</param>
    public static void Redirected(string outcome)
    {
        if (Redirects.Enabled)
        {
            Redirects.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
        }
    }
}
