using System.Globalization;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Links;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Programme;

namespace AdvocacyBot.Core.Broadcasts;

/// <summary>A campaign's delivery report, and the progress of a broadcast in the chat of who published it.</summary>
public sealed class DeliveryCards(ActionTokens tokens, PublicAddress address)
{
    /// <summary>How long the address of the CSV works.</summary>
    public static readonly TimeSpan FileLifetime = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan ButtonLifetime = TimeSpan.FromDays(30);

    public AdaptiveCard Report(Campaign campaign, DeliveryTally tally, TurnContext turn)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(tally);
        ArgumentNullException.ThrowIfNull(turn);
        var t = turn.Texts;
        var buttons = new List<CardAction>();
        if (tally.Failed > 0)
        {
            buttons.Add(Button(t["Broadcasts.TryAgain"], BroadcastRoutes.TryAgain));
        }

        if (tally.Unknown > 0)
        {
            buttons.Add(Button(t["Broadcasts.Settle"], BroadcastRoutes.Settle));
        }

        if (tally.Total > 0)
        {
            buttons.Add(new OpenUrlAction { Title = t["Broadcasts.Csv"], Url = FileAddress(campaign.Id, turn) });
        }

        if (campaign is { RetractedAt: null, PublishedAt: not null } && tally.Sent + tally.Unknown + tally.Waiting > 0)
        {
            buttons.Add(Button(t["Broadcasts.Retract"], BroadcastRoutes.Retract) with { Style = "destructive" });
        }

        return Notice.For(
            t,
            [
                new TextBlock(t["Broadcasts.ReportTitle"]) { Weight = "Bolder", Style = "heading" },
                .. Lines(campaign, tally, t),
                .. tally.Total > 0 ? [new TextBlock(t.Plural("Broadcasts.CsvHint", (long)FileLifetime.TotalMinutes)) { IsSubtle = true, Size = "Small" }] : Array.Empty<CardElement>(),
            ],
            buttons);

        ExecuteAction Button(string title, string verb) => new()
        {
            Title = title,
            Verb = verb,
            Data = new ActionData(tokens.Protect(new ActionToken(verb, turn.Person.Id, campaign.Id, 0, 0, "", turn.Now + ButtonLifetime))),
        };
    }

    /// <summary>Where the broadcast stands; the same message is brought up to date until it is over.</summary>
    /// <param name="campaign">Which.</param>
    /// <param name="tally">What became of it so far.</param>
    /// <param name="left">How long it may still take; null: not known yet, or over.</param>
    /// <param name="t">The reader's language.</param>
    public static AdaptiveCard Progress(Campaign campaign, DeliveryTally tally, TimeSpan? left, Texts t)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(tally);
        ArgumentNullException.ThrowIfNull(t);
        var over = tally.Waiting == 0;
        var going = tally.Waiting - tally.Later;
        return Notice.For(t,
        [
            new TextBlock(t[over ? "Broadcasts.ProgressOver" : going > 0 ? "Broadcasts.ProgressTitle" : "Broadcasts.ProgressWaits"]) { Weight = "Bolder", Style = "heading" },
            .. Lines(campaign, tally, t),
            .. left is not { } time ? Array.Empty<CardElement>() : [new TextBlock(t.Plural("Broadcasts.TimeLeft", Math.Max(1, (long)Math.Ceiling(time.TotalMinutes))))],
            .. over ? [new TextBlock(t["Broadcasts.ProgressReport"]) { IsSubtle = true, Size = "Small" }] : Array.Empty<CardElement>(),
        ]);
    }

    private static List<CardElement> Lines(Campaign campaign, DeliveryTally tally, Texts t)
    {
        var facts = new List<Fact>
        {
            new(t["Broadcasts.Total"], t.Number(tally.Total)),
            new(t["Broadcasts.Sent"], t.Number(tally.Sent)),
            new(t["Broadcasts.Waiting"], t.Number(tally.Waiting)),
            new(t["Broadcasts.Failed"], t.Number(tally.Failed)),
            new(t["Broadcasts.Skipped"], t.Number(tally.Skipped)),
            new(t["Broadcasts.Unknown"], t.Number(tally.Unknown)),
        };
        var body = new List<CardElement>
        {
            new TextBlock(Bidi.Isolate(CardText.Escape(campaign.Title), t.Language)),
            new FactSet { Facts = facts },
        };
        if (tally.Total > 0)
        {
            body.Add(new TextBlock(t["Broadcasts.AddsUp"]) { IsSubtle = true, Size = "Small" });
        }

        if (tally.Later > 0)
        {
            body.Add(new TextBlock(t.Plural("Broadcasts.LaterLine", tally.Later)));
        }

        if (tally.Updates > 0)
        {
            body.Add(new TextBlock(t.Plural("Broadcasts.UpdatesLine", tally.Updates)));
        }

        AddReasons(DeliveryState.Failed, "Broadcasts.WhyFailed");
        AddReasons(DeliveryState.Skipped, "Broadcasts.WhySkipped");
        AddReasons(DeliveryState.Unknown, "Broadcasts.WhyUnknown");
        return body;

        void AddReasons(DeliveryState state, string heading)
        {
            var reasons = DeliveryReasons.Merged(tally.Reasons(state));
            if (reasons.Count > 0)
            {
                body.Add(new TextBlock(t[heading]) { Weight = "Bolder", Size = "Small" });
                body.Add(new FactSet { Facts = [.. reasons.Select(reason => new Fact(t.Number(reason.Value), DeliveryReasons.Words(reason.Key, t)))] });
            }
        }
    }

    private string FileAddress(long campaignId, TurnContext turn)
    {
        var token = tokens.Protect(new ActionToken(DeliveryFile.Verb, turn.Person.Id, campaignId, turn.Workspace.Id, 0, "", turn.Now + FileLifetime));
        return new Uri(address.Root, string.Create(CultureInfo.InvariantCulture, $"deliveries/{token}")).AbsoluteUri;
    }
}
