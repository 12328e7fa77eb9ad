using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Suggestions;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Rhythm;

/// <summary>The warnings, as they stand when they are sent: what has been seen to meanwhile is not said.</summary>
public sealed class RhythmNotes(AdvocacyDb db, ReadWarnings warnings, RecurrenceCards buttons, TimeProvider clock) : INote
{
    public const string Nothing = "rhythm.nothing";
    public const string Crowded = "rhythm.crowded";
    public const string Falling = "rhythm.falling";

    public IReadOnlyCollection<string> Topics { get; } = [Nothing, Crowded, Falling];

    public async Task<NoteText?> BuildAsync(Data.Delivery note, Person person, Texts texts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(note);
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(texts);
        if ((person.Roles & CampaignRoutes.Managers) == Roles.None)
        {
            return null;
        }

        var now = clock.GetUtcNow();
        var workspace = await db.Workspaces.AsNoTracking().FirstAsync(w => w.Id == note.WorkspaceId, cancellationToken);
        return note.Topic switch
        {
            Nothing => await warnings.NothingPlannedAsync(workspace, now, cancellationToken) is { } nothing ? Say(nothing, person, texts, now) : null,
            Crowded => await warnings.CrowdedAsync(workspace, now, cancellationToken) is { Count: > 0 } crowded ? Say(crowded, person, texts, now) : null,
            _ => await warnings.FallingAsync(workspace, now, cancellationToken) is { } falling ? Say(falling, person, texts, now) : null,
        };
    }

    private NoteText Say(NothingPlanned nothing, Person person, Texts t, DateTimeOffset now)
    {
        var first = t.Plural("Rhythm.WarnNothing", nothing.Days);
        List<CardElement> body = [new TextBlock(first)];
        List<CardAction> actions = [];
        if (nothing.Waiting > 0)
        {
            body.Add(new TextBlock(t.Plural("Rhythm.WarnNothingQueue", nothing.Waiting)));
            actions.Add(buttons.Button(t["Suggestions.ShowQueue"], SuggestionRoutes.Show, 0, "", person.Id, now) with { Style = "positive" });
        }

        AddBest(nothing.Best, body, actions, person, t, now);
        actions.Add(buttons.Button(t["Rhythm.Plan"], RhythmRoutes.Compose, 0, "", person.Id, now));
        return Done(first, body, actions, t);
    }

    private NoteText Say(IReadOnlyList<CrowdedChannel> crowded, Person person, Texts t, DateTimeOffset now)
    {
        var first = t["Rhythm.WarnCrowded"];
        List<CardElement> body = [new TextBlock(first)];
        List<CardAction> actions = [];
        foreach (var channel in crowded)
        {
            body.Add(new TextBlock(t.Plural("Rhythm.WarnCrowdedChannel", channel.Prompts, ("channel", CardText.Escape(channel.Channel)), ("day", RecurrenceWords.Day(channel.From, t)))));
        }

        foreach (var move in crowded.Select(c => c.Move).OfType<CrowdedMove>().DistinctBy(m => m.CampaignId).Take(3))
        {
            body.Add(new TextBlock(t.Format("Rhythm.WarnCrowdedMove", ("title", CardText.Escape(move.Title)), ("day", RecurrenceWords.Day(move.To, t)))));
            actions.Add(buttons.Button(t.Format("Rhythm.MoveTo", ("day", RecurrenceWords.Day(move.To, t))), RhythmRoutes.Move, move.CampaignId, RecurrenceRule.Text(move.To), person.Id, now) with { Style = "positive" });
        }

        if (actions.Count == 0)
        {
            body.Add(new TextBlock(t["Rhythm.WarnCrowdedWait"]));
        }

        actions.Add(buttons.Button(t["Rhythm.ShowCalendar"], RhythmRoutes.Calendar, 0, "", person.Id, now));
        return Done(first, body, actions, t);
    }

    private NoteText Say(Falling falling, Person person, Texts t, DateTimeOffset now)
    {
        var first = t["Rhythm.WarnFalling"];
        List<CardElement> body = [new TextBlock(first)];
        foreach (var channel in falling.Channels)
        {
            var weeks = string.Join(" → ", channel.Percent.Select(percent => $"{percent}%"));
            body.Add(new TextBlock(t.Format("Rhythm.WarnFallingChannel", ("channel", CardText.Escape(channel.Channel)), ("weeks", $"\u2066{weeks}\u2069"))));
        }

        List<CardAction> actions = [];
        body.Add(new TextBlock(t["Rhythm.WarnFallingHint"]) { IsSubtle = true });
        AddBest(falling.Best, body, actions, person, t, now);
        actions.Add(buttons.Button(t["Rhythm.ShowCalendar"], RhythmRoutes.Calendar, 0, "", person.Id, now));
        return Done(first, body, actions, t);
    }

    private void AddBest(BestCampaign? best, List<CardElement> body, List<CardAction> actions, Person person, Texts t, DateTimeOffset now)
    {
        if (best is not null)
        {
            body.Add(new TextBlock(t.Format("Rhythm.WarnBest", ("title", CardText.Escape(best.Title)))));
            actions.Add(buttons.Button(t["Rhythm.DuplicateBest"], CampaignRoutes.Duplicate, best.Id, "", person.Id, now));
        }
    }

    private static NoteText Done(string first, List<CardElement> body, List<CardAction> actions, Texts t)
    {
        body.Add(new TextBlock(t["Rhythm.WarnOften"]) { IsSubtle = true, Size = "Small" });
        return new NoteText(Notice.For(t, body, actions), first);
    }
}
