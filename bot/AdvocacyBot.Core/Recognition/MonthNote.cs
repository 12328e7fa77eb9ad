using AdvocacyBot.Core.Budgets;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Core.Digests;
using AdvocacyBot.Core.Goals;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.People;
using NodaTime;
using NodaTime.Extensions;

namespace AdvocacyBot.Core.Recognition;

/// <summary>The monthly digest for leadership, in private: no person stands in it.</summary>
public sealed class MonthNote(ReadMonth read, TimeProvider clock) : INote
{
    private const int GoalsShown = 5;

    public IReadOnlyCollection<string> Topics { get; } = [PlanMonthlyNotes.MonthTopic];

    public ContactPurpose Purpose => ContactPurpose.Note;

    /// <summary>"October 2026".</summary>
    public static string Month(LocalDate month, Texts texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return month.ToDateOnly().ToString("MMMM yyyy", texts.Language.Culture);
    }

    public async Task<NoteText?> BuildAsync(Data.Delivery note, Person person, Texts texts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(note);
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(texts);
        var now = clock.GetUtcNow();
        return (person.Roles & (Roles.Owner | Roles.Sponsor)) == Roles.None || DigestWeek.FirstDay(note.Period) is not { } month || IsOld(note, now)
            ? null
            : Build(await read.RunAsync(person.WorkspaceId, month, person.Roles, now, cancellationToken), texts);
    }

    /// <summary>It waited for the end of a pause.</summary>
    internal static bool IsOld(Data.Delivery note, DateTimeOffset now) => now - note.CreatedAt > PlanMonthlyNotes.Patience.ToTimeSpan() * 2;

    public static NoteText Build(MonthNumbers numbers, Texts texts)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        ArgumentNullException.ThrowIfNull(texts);
        var headline = Headline(numbers, texts);
        return new NoteText(
            Notice.For(
                texts,
                [
                    new TextBlock(texts.Format("Recognition.MonthTitle", ("month", Month(numbers.Month, texts)))) { IsSubtle = true, Size = "Small" },
                    new TextBlock(headline) { Size = "Large", Weight = "Bolder", Style = "heading" },
                    .. numbers.Now.CouldSee == 0 ? Array.Empty<CardElement>() : Change(numbers, texts),
                    .. numbers.Now.SmallGroup ? [] : Numbers(numbers, texts),
                    .. numbers.Goals.Count == 0 ? Array.Empty<CardElement>() : [Heading(texts["Digests.Goals"])],
                    .. numbers.Goals.Take(GoalsShown).Select(goal => new TextBlock(GoalWords.Sentence(goal, texts)) { Spacing = "Small" }),
                    .. Budgets(numbers, texts),
                    .. numbers.Coming.Count == 0
                        ? Array.Empty<CardElement>()
                        : [new TextBlock(texts.Format("Recognition.MonthComing", ("titles", new JoinedText([.. numbers.Coming.Select(DigestWords.Escape)], texts.Language)))) { Separator = true }],
                    new TextBlock(texts["Recognition.MonthPrivate"]) { IsSubtle = true, Size = "Small", Separator = true },
                ]),
            texts.Format("Recognition.MonthSummary", ("month", Month(numbers.Month, texts))));
    }

    private static string Headline(MonthNumbers numbers, Texts texts) => numbers.Now switch
    {
        { CouldSee: 0 } => texts["Recognition.MonthNothing"],
        { SmallGroup: true } => texts.Format("Digests.SmallGroup", ("smallest", DigestNumbers.SmallestGroup)),
        { Active: 0 } now => texts.Format("Recognition.MonthQuiet", ("couldSee", now.CouldSee)),
        { } now => texts.Format("Digests.Headline", ("percent", DigestWords.Percent(new DigestRate(now.Active, now.CouldSee), texts)), ("acted", now.Active), ("couldSee", now.CouldSee)),
    };

    private static IEnumerable<CardElement> Change(MonthNumbers numbers, Texts texts)
    {
        if (numbers.Now.SmallGroup)
        {
            yield break;
        }

        var points = new DigestRate(numbers.Now.Active, numbers.Now.CouldSee).Percent
            - (numbers.Before.SmallGroup ? 0 : new DigestRate(numbers.Before.Active, numbers.Before.CouldSee).Percent);
        yield return new TextBlock(numbers.Before.SmallGroup ? texts["Recognition.MonthNoneBefore"]
            : points == 0 ? texts["Recognition.MonthSame"]
            : points > 0 ? texts.Plural("Recognition.MonthUp", points)
            : numbers.Holidays > 0 ? texts.Plural("Recognition.MonthHolidays", numbers.Holidays)
            : texts.Plural("Recognition.MonthDown", -points));
        yield return new TextBlock(texts["Digests.Benchmark"]) { IsSubtle = true, Size = "Small" };
    }

    private static IEnumerable<CardElement> Numbers(MonthNumbers numbers, Texts texts)
    {
        foreach (var element in DigestChart.Weeks(numbers.Weeks, texts))
        {
            yield return element;
        }

        var now = numbers.Now;
        yield return new FactSet
        {
            Separator = true,
            Facts =
            [
                new Fact(texts["Digests.RungOpened"], texts.Number(now.Opened)),
                new Fact(texts["Digests.RungSaid"], texts.Number(now.Said)),
                new Fact(texts["Digests.RungPosted"], texts.Number(now.Posted)),
                new Fact(texts["Digests.RungClicked"], texts.Number(now.Clicked)),
                .. now.Applicants > 0 ? [new Fact(texts["Recognition.Applicants"], texts.Number(now.Applicants))] : Array.Empty<Fact>(),
                .. now.Leads > 0 ? [new Fact(texts["Recognition.Leads"], texts.Number(now.Leads))] : Array.Empty<Fact>(),
                new Fact(texts["Recognition.MonthCampaigns"], texts.Number(numbers.Published)),
                new Fact(texts["Recognition.MonthMadeIt"], texts.Number(numbers.MadeIt)),
            ],
        };
        if (numbers.Best is { } best)
        {
            yield return new TextBlock(texts.Format("Recognition.MonthBest", ("title", DigestWords.Escape(best))));
        }
    }

    private static IEnumerable<CardElement> Budgets(MonthNumbers numbers, Texts texts) => numbers.Budgets.Count == 0
        ? []
        :
        [
            Heading(texts["Rewards.Title"]),
            new FactSet { Facts = [.. numbers.Budgets.Select(b => new Fact(BudgetWords.Title(b, texts), BudgetWords.Standing(b, texts)))] },
        ];

    private static TextBlock Heading(string text) => new(text) { Size = "Medium", Weight = "Bolder", Style = "heading", Separator = true };
}
