using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Programme;

namespace AdvocacyBot.Core.Rhythm;

/// <summary>What comms see of campaigns that come again.</summary>
public sealed class RecurrenceCards(ActionTokens tokens)
{
    private const int ShownDays = 3;

    private static readonly TimeSpan ButtonLifetime = TimeSpan.FromDays(30);

    public AdaptiveCard List(IReadOnlyList<(Recurrence Recurrence, string Title)> all, string? said, TurnContext turn)
    {
        ArgumentNullException.ThrowIfNull(all);
        ArgumentNullException.ThrowIfNull(turn);
        var t = turn.Texts;
        List<CardElement> body = said is null ? [] : [new TextBlock(said)];
        body.Add(new TextBlock(all.Count == 0 ? t["Rhythm.NoneRecurring"] : t.Plural("Rhythm.RecurringTitle", all.Count)) { Weight = "Bolder", Size = "Medium", Style = "heading" });
        body.AddRange(all.Select(one => new Container
        {
            Separator = true,
            Rtl = t.Language.RightToLeft,
            Items = [.. Row(one.Recurrence, one.Title, turn), new ActionSet { Actions = Buttons(one.Recurrence, turn) }],
        }));
        return Notice.For(t, body, [Button(t["Rhythm.ShowCalendar"], RhythmRoutes.Calendar, 0, "", turn)]);
    }

    public AdaptiveCard One(Recurrence recurrence, string title, string said, TurnContext turn)
    {
        ArgumentNullException.ThrowIfNull(recurrence);
        ArgumentNullException.ThrowIfNull(turn);
        return Notice.For(turn.Texts, [new TextBlock(said), .. Row(recurrence, title, turn)], Buttons(recurrence, turn));
    }

    /// <param name="subject">Of the token.</param>
    /// <param name="text">Of the token.</param>
    public ExecuteAction Button(string title, string verb, long subject, string text, TurnContext turn)
    {
        ArgumentNullException.ThrowIfNull(turn);
        return Button(title, verb, subject, text, turn.Person.Id, turn.Now);
    }

    public ExecuteAction Button(string title, string verb, long subject, string text, long personId, DateTimeOffset now) => new()
    {
        Title = title,
        Verb = verb,
        Data = new ActionData(tokens.Protect(new ActionToken(verb, personId, subject, 0, 0, text, now + ButtonLifetime))),
    };

    private static List<CardElement> Row(Recurrence recurrence, string title, TurnContext turn)
    {
        var t = turn.Texts;
        var skipped = recurrence.SkippedDays;
        var coming = RecurrenceWords.Coming(recurrence, Now(turn)).Take(ShownDays)
            .Select(day => skipped.Contains(RecurrenceRule.Text(day)) ? t.Format("Rhythm.DaySkipped", ("day", RecurrenceWords.Day(day, t))) : RecurrenceWords.Day(day, t)).ToList();
        return
        [
            new TextBlock(Bidi.Isolate(CardText.Escape(title), t.Language)) { Weight = "Bolder" },
            new TextBlock(RecurrenceWords.Rule(recurrence, t)) { IsSubtle = true, Size = "Small", Spacing = "None" },
            new TextBlock(recurrence.StoppedAt is not null ? t["Rhythm.Stopped"]
                : coming.Count == 0 ? t["Rhythm.NoMoreDays"]
                : t.Format("Rhythm.NextDays", ("days", string.Join(" · ", coming)))) { Size = "Small", Spacing = "Small" },
        ];
    }

    private List<CardAction> Buttons(Recurrence recurrence, TurnContext turn)
    {
        var t = turn.Texts;
        if (recurrence.StoppedAt is not null)
        {
            return [];
        }

        var buttons = new List<CardAction>();

        // What was made for a day and is skipped is closed: that cannot be taken back.
        foreach (var day in RecurrenceWords.Coming(recurrence, Now(turn)).Where(day => !RecurrenceWords.IsDone(recurrence, day) || !recurrence.SkippedDays.Contains(RecurrenceRule.Text(day))).Take(1))
        {
            var text = RecurrenceRule.Text(day);
            var skipped = recurrence.SkippedDays.Contains(text);
            buttons.Add(Button(
                t.Format(skipped ? "Rhythm.Keep" : "Rhythm.Skip", ("day", RecurrenceWords.Day(day, t))), skipped ? RhythmRoutes.Keep : RhythmRoutes.Skip, recurrence.Id, text, turn));
        }

        buttons.Add(Button(t["Rhythm.Stop"], RhythmRoutes.Stop, recurrence.Id, "", turn) with { Style = "destructive" });
        return buttons;
    }

    private static NodaTime.LocalDateTime Now(TurnContext turn) => CampaignTimes.Local(turn.Now, turn.Conversation.TimeZone);
}
