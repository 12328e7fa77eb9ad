using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Core.Digests;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.People;
using AdvocacyBot.Core.Programme;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace AdvocacyBot.Core.Recognition;

/// <summary>The personal weekly note: own numbers, for whoever asked for it and nobody else.</summary>
public sealed class WeeklyNote(AdvocacyDb db, ReadPersonHistory read, Holidays holidays, KeepBadgeTrace keep, ActionTokens tokens, TimeProvider clock) : INote
{
    public IReadOnlyCollection<string> Topics { get; } = [PlanWeeklyNotes.Topic];

    public ContactPurpose Purpose => ContactPurpose.Note;

    public async Task<NoteText?> BuildAsync(Data.Delivery note, Person person, Texts texts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(note);
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(texts);
        var now = clock.GetUtcNow();
        var wanted = await db.RecognitionChoices.AnyAsync(c => c.PersonId == person.Id && c.WeeklyNote, cancellationToken);
        if (!wanted || person.ConsentedAt is null || DigestWeek.FirstDay(note.Period) is not { } firstDay)
        {
            return null;
        }

        var history = await read.RunAsync(person.Id, cancellationToken);
        var period = DigestWeek.Period(history.Zone, firstDay, Instant.FromDateTimeOffset(now));
        if (Instant.FromDateTimeOffset(now) - DigestWeek.DueAt(WeeklyNoteTimes.Schedule(history.Zone), firstDay) > DigestWeek.Patience)
        {
            // It waited for the end of a pause or of quiet days, and is old news by now.
            return null;
        }

        var calendar = await holidays.OfAsync(person.WorkspaceId, cancellationToken);
        var streak = Streak.Of(history, calendar, now);
        var badges = Badges.Of(history, streak);
        await keep.RunAsync(person.WorkspaceId, person.Id, badges, now, cancellationToken);
        var week = PersonWeek.Of(history, period.Start, period.End);
        var before = PersonWeek.Of(history, period.BeforeStart, period.Start);
        var open = await OpenForAsync(person.Id, history, cancellationToken);
        var headline = Headline(week, calendar.Week(firstDay, history.Zone), texts);
        return new NoteText(
            Notice.For(
                texts,
                [
                    new TextBlock(texts.Format("Recognition.WeekTitle", ("from", DigestWords.Day(period.FirstDay, texts)), ("to", DigestWords.Day(period.LastDay, texts)))) { IsSubtle = true, Size = "Small" },
                    new TextBlock(headline) { Size = "Large", Weight = "Bolder", Style = "heading" },
                    .. Numbers(week, before, texts),
                    new TextBlock(ShowBadges.Say(streak, texts)),
                    .. NewBadges(badges, period, texts),
                    .. week.Thanks == 0 ? Array.Empty<CardElement>() : [new TextBlock(texts.Plural("Recognition.ThanksGot", week.Thanks))],
                    .. open is null ? Array.Empty<CardElement>() : [new TextBlock(texts.Format("Recognition.OpenForYou", ("title", DigestWords.Escape(open.Title))))],
                    new TextBlock(texts["Recognition.OnlyYou"]) { IsSubtle = true, Size = "Small", Separator = true },
                ],
                [
                    .. open is null ? Array.Empty<CardAction>() : [Button(texts["Digests.ShareNow"], DigestRoutes.ShareVerb, person.Id, open.CampaignId, open.PromptId, now) with { Style = "positive" }],
                    Button(texts["Recognition.NoMoreNotes"], RecognitionRoutes.StopNotes, person.Id, 0, 0, now),
                ]),
            texts["Recognition.WeekSummary"]);
    }

    private static string Headline(PersonWeek week, WorkWeek work, Texts texts) => week switch
    {
        { Empty: true } when work.Free => texts["Recognition.WeekHoliday"],
        { Empty: true } => texts["Recognition.WeekQuiet"],
        { Shared: 0, Visits: > 0 } => texts.Plural("Recognition.WeekVisitsOnly", week.Visits),
        { Shared: 0 } => texts["Recognition.WeekTookPart"],
        { Visits: 0 } => texts.Plural("Recognition.WeekShared", week.Shared),
        _ => texts.Plural("Recognition.WeekSharedVisits", week.Shared, ("visits", texts.Plural("Recognition.Visitors", week.Visits))),
    };

    private static IEnumerable<CardElement> Numbers(PersonWeek week, PersonWeek before, Texts texts)
    {
        if (week.Empty)
        {
            return [];
        }

        (string Key, int Now, int Before)[] rows =
        [
            ("Digests.RungOpened", week.Opened, before.Opened),
            ("Digests.RungSaid", week.Said, before.Said),
            ("Digests.RungPosted", week.Posted, before.Posted),
            ("Digests.RungClicked", week.Visits, before.Visits),
            ("Recognition.ReactionsGiven", week.Reactions, before.Reactions),
            ("Digests.Suggested", week.Suggested, before.Suggested),
        ];
        return
        [
            new FactSet
            {
                Facts = [.. rows.Where(row => row.Now + row.Before > 0).Select(row => new Fact(texts[row.Key], texts.Format("Recognition.NowAndBefore", ("now", row.Now), ("before", row.Before))))],
            },
        ];
    }

    private static IEnumerable<CardElement> NewBadges(IReadOnlyList<Badge> badges, DigestPeriod period, Texts texts)
    {
        var fresh = badges.Where(badge => badge.At >= period.Start && badge.At < period.End).Select(badge => badge.Say(texts)).ToList();
        return fresh.Count == 0 ? [] : [new TextBlock(texts.Format("Recognition.NewBadges", ("badges", new JoinedText(fresh, texts.Language)))) { Weight = "Bolder" }];
    }

    /// <summary>The newest that runs in the person's channels and that they neither shared nor declined.</summary>
    private async Task<RunningCampaign?> OpenForAsync(long personId, PersonHistory history, CancellationToken cancellationToken)
    {
        var shared = history.Deeds.Where(deed => deed.IsShare).Select(deed => deed.CampaignId).ToHashSet();
        var open = await (
            from prompt in db.Prompts.AsNoTracking()
            join campaign in db.Campaigns.AsNoTracking() on prompt.CampaignId equals campaign.Id
            where campaign.State == CampaignState.Running && prompt.PostedAt != null && prompt.EndedAt == null
                && db.Memberships.Any(m => m.ConversationId == prompt.ConversationId && m.PersonId == personId && m.LeftAt == null)
                && db.Ledger.Where(e => e.CampaignId == campaign.Id && e.Kind == LedgerKind.Declined && e.PersonId == personId).Sum(e => e.Amount) <= 0
            orderby prompt.PostedAt descending, prompt.Id descending
            select new { CampaignId = campaign.Id, PromptId = prompt.Id, campaign.Title }).Take(50).ToListAsync(cancellationToken);
        return open.Find(o => !shared.Contains(o.CampaignId)) is { } newest ? new RunningCampaign(newest.CampaignId, newest.PromptId, newest.Title) : null;
    }

    private ExecuteAction Button(string title, string verb, long personId, long subject, long context, DateTimeOffset now) => new()
    {
        Title = title,
        Verb = verb,
        Data = new ActionData(tokens.Protect(new ActionToken(verb, personId, subject, context, 0, "", now.AddDays(30)))),
    };
}
