using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Rewards;
using AdvocacyBot.Core.Suggestions;
using NodaTime;

namespace AdvocacyBot.Core.Rhythm;

/// <summary>The calendar: one line under the other, which a phone shows whole and either direction reads well.</summary>
public sealed class CalendarCards(RecurrenceCards buttons)
{
    /// <summary>Lines of one week; the card has to fit the platforms.</summary>
    private const int MostPerWeek = 8;
    private const int MostBudgets = 4;
    private const int LongestTitle = 80;
    private const int LongestChannels = 100;

    /// <param name="offset">Weeks from the one we are in to the first one shown.</param>
    public AdaptiveCard Card(CalendarPage page, int offset, TurnContext turn)
    {
        ArgumentNullException.ThrowIfNull(page);
        ArgumentNullException.ThrowIfNull(turn);
        var t = turn.Texts;
        List<CardElement> body =
        [
            new TextBlock(t["Rhythm.CalendarTitle"]) { Weight = "Bolder", Size = "Medium", Style = "heading" },
            new TextBlock(t["Rhythm.CalendarTimes"]) { IsSubtle = true, Size = "Small", Spacing = "None" },
        ];
        for (var week = 0; week < page.Weeks; week++)
        {
            body.Add(Week(page, page.FirstDay.PlusWeeks(week), offset + week, t));
        }

        body.AddRange(BudgetLines(page, turn));
        if (page.Undated > 0)
        {
            body.Add(new TextBlock(t.Plural("Rhythm.Undated", page.Undated)) { IsSubtle = true, Separator = true });
        }

        if (page.Waiting > 0)
        {
            body.Add(new TextBlock(t.Plural("Rhythm.Waiting", page.Waiting)) { IsSubtle = true });
        }

        List<CardAction> actions =
        [
            buttons.Button(t["Rhythm.Plan"], RhythmRoutes.Compose, 0, "", turn) with { Style = "positive" },
            buttons.Button(t["Rhythm.Earlier"], RhythmRoutes.Page, offset - page.Weeks, "", turn),
            buttons.Button(t["Rhythm.Later"], RhythmRoutes.Page, offset + page.Weeks, "", turn),
            buttons.Button(t["Rhythm.ShowRecurring"], RhythmRoutes.List, 0, "", turn),
        ];
        if (page.Waiting > 0)
        {
            actions.Add(buttons.Button(t["Suggestions.ShowQueue"], SuggestionRoutes.Show, 0, "", turn));
        }

        return Notice.For(t, body, actions);
    }

    private static Container Week(CalendarPage page, LocalDate first, int offset, Texts t)
    {
        var last = first.PlusDays(6);
        var entries = page.Entries.Where(e => e.At.Date >= first && e.At.Date <= last).ToList();
        var days = $"{first.ToString("d MMM", t.Language.Culture)} – {last.ToString("d MMM", t.Language.Culture)}";
        List<CardElement> items =
        [
            new TextBlock(offset switch
            {
                -1 => t.Format("Rhythm.LastWeek", ("days", days)),
                0 => t.Format("Rhythm.ThisWeek", ("days", days)),
                1 => t.Format("Rhythm.NextWeek", ("days", days)),
                _ => Bidi.Isolate(days, t.Language),
            }) { Weight = "Bolder" },
        ];
        foreach (var entry in entries.Take(MostPerWeek))
        {
            items.Add(new TextBlock($"{Bidi.Isolate($"{RecurrenceWords.Day(entry.At.Date, t)}, {entry.At.ToString("HH:mm", t.Language.Culture)}", t.Language)} · {Bidi.Isolate(CardText.Escape(Cut(entry.Title, LongestTitle)), t.Language)}"));
            var state = entry.State is { } known ? t[$"Campaigns.State{known}"] : t["Rhythm.ComesAgain"];
            var channels = Cut(string.Join(", ", entry.Direct ? [.. entry.Channels, t["Broadcasts.DirectMessages"]] : entry.Channels), LongestChannels);
            items.Add(new TextBlock(channels.Length == 0 ? state : $"{state} · {Bidi.Isolate(CardText.Escape(channels), t.Language)}") { IsSubtle = true, Size = "Small", Spacing = "None" });
        }

        if (entries.Count == 0)
        {
            items.Add(new TextBlock(t["Rhythm.NothingPlanned"]) { IsSubtle = true, Spacing = "None" });
        }
        else if (entries.Count > MostPerWeek)
        {
            items.Add(new TextBlock(t.Plural("Rhythm.MoreInWeek", entries.Count - MostPerWeek)) { IsSubtle = true, Size = "Small" });
        }

        var spent = page.Spent.Where(s => s.FirstDay == first).ToList();
        if (spent.Count > 0)
        {
            var amounts = new JoinedText(spent.ConvertAll(s => Money.Say(s.Amount, s.Currency, t)), t.Language);
            items.Add(new TextBlock(t.Plural("Rhythm.SpentInWeek", spent.Sum(s => s.Rewards), ("amounts", amounts))) { IsSubtle = true, Size = "Small" });
        }

        return new Container { Separator = true, Rtl = t.Language.RightToLeft, Items = items };
    }

    /// <summary>What the programme may spend on rewards and what is left of it, for those who may see that.</summary>
    private static IEnumerable<CardElement> BudgetLines(CalendarPage page, TurnContext turn)
    {
        var t = turn.Texts;
        if (!turn.Person.Has(CampaignRoutes.Managers))
        {
            yield break;
        }

        List<CardElement> items = [new TextBlock(t["Rhythm.Budget"]) { Weight = "Bolder" }];
        if (page.Budgets.Count == 0)
        {
            items.Add(new TextBlock(t["Rhythm.NoBudget"]) { IsSubtle = true, Spacing = "None" });
        }

        foreach (var budget in page.Budgets.Take(MostBudgets))
        {
            items.Add(new TextBlock(ManageRewards.BudgetTitle(budget, t)));
            items.Add(new TextBlock(ManageRewards.BudgetLeft(budget, t)) { IsSubtle = true, Size = "Small", Spacing = "None" });
        }

        yield return new Container { Separator = true, Rtl = t.Language.RightToLeft, Items = items };
    }

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1)] + "…";
}
