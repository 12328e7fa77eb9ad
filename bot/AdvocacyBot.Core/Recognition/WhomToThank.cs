using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Core.Digests;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.People;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace AdvocacyBot.Core.Recognition;

/// <summary>
/// The monthly note to sponsors: whom to thank, and for what. Names only people who agreed to be named, by what they did and never by how much; everybody else is a
/// number, and not even that where they are few.
/// </summary>
public sealed class WhomToThank(AdvocacyDb db, ThanksCards cards, TimeProvider clock) : INote
{
    private const int Named = 5;
    private const int TitlesEach = 2;

    public IReadOnlyCollection<string> Topics { get; } = [PlanMonthlyNotes.ThanksTopic];

    public ContactPurpose Purpose => ContactPurpose.Note;

    public async Task<NoteText?> BuildAsync(Data.Delivery note, Person person, Texts texts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(note);
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(texts);
        if (!person.Roles.HasFlag(Roles.Sponsor) || DigestWeek.FirstDay(note.Period) is not { } month || MonthNote.IsOld(note, clock.GetUtcNow()))
        {
            return null;
        }

        var timeZone = await db.Workspaces.AsNoTracking().Where(w => w.Id == person.WorkspaceId).Select(w => w.TimeZone).FirstAsync(cancellationToken);
        var zone = DigestWeek.Zone(timeZone, out _);
        var (start, end) = (month.AtStartOfDayInZone(zone).ToDateTimeOffset(), month.PlusMonths(1).AtStartOfDayInZone(zone).ToDateTimeOffset());
        var shared = await SharedAsync(person.WorkspaceId, start, end, cancellationToken);
        var suggested = await SuggestedAsync(person.WorkspaceId, start, end, cancellationToken);
        var all = shared.Concat(suggested).Select(x => x.Person).Where(id => id != person.Id).ToHashSet();
        if (all.Count == 0)
        {
            return null;
        }

        var names = await db.People.AsNoTracking().Where(p => all.Contains(p.Id) && p.AppearByName && p.ConsentedAt != null && p.Reachable)
            .ToDictionaryAsync(p => p.Id, p => p.Name, cancellationToken);
        var titles = shared.Concat(suggested).Select(x => x.Campaign).Distinct().ToList();
        var words = await db.Campaigns.AsNoTracking().Where(c => titles.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Title, cancellationToken);
        var thanked = names.OrderBy(n => !suggested.Any(s => s.Person == n.Key)).ThenBy(n => n.Value, StringComparer.Ordinal).ThenBy(n => n.Key).Take(Named).ToList();
        var others = all.Count - thanked.Count;
        var heading = texts.Format("Recognition.WhomTitle", ("month", MonthNote.Month(month, texts)));
        return new NoteText(
            Notice.For(
                texts,
                [
                    new TextBlock(heading) { Size = "Large", Weight = "Bolder", Style = "heading" },
                    .. thanked.Count == 0 ? [new TextBlock(texts["Recognition.WhomNobody"])] : thanked.Select(p => (CardElement)new TextBlock(Line(p.Key, p.Value))),
                    .. others >= DigestNumbers.SmallestGroup ? [new TextBlock(texts.Plural("Recognition.WhomOthers", others))] : Array.Empty<CardElement>(),
                    new TextBlock(texts["Recognition.WhomHow"]) { IsSubtle = true, Size = "Small", Separator = true },
                ],
                [.. thanked.Select(p => cards.Button(texts.Format("Recognition.WhomThank", ("name", Short(p.Value))), RecognitionRoutes.SayThanks, p.Key, person.Id))]),
            heading);

        string Line(long id, string name)
        {
            var who = ("name", (object?)CardText.Escape(name));
            var (made, spread) = (Titles(suggested, id), Titles(shared, id));
            return made is null ? texts.Format("Recognition.WhomShared", who, ("titles", spread))
                : spread is null ? texts.Format("Recognition.WhomSuggested", who, ("titles", made))
                : texts.Format("Recognition.WhomBoth", who, ("suggested", made), ("titles", spread));
        }

        JoinedText? Titles(IEnumerable<(long Person, long Campaign)> did, long id)
        {
            var of = did.Where(x => x.Person == id && words.ContainsKey(x.Campaign)).Select(x => x.Campaign).Distinct().Order().TakeLast(TitlesEach).Select(c => DigestWords.Escape(words[c])).ToList();
            return of.Count == 0 ? null : new JoinedText(of, texts.Language);
        }
    }

    private static string Short(string name) => name.Length <= 24 ? name : name[..23] + "…";

    private async Task<List<(long Person, long Campaign)>> SharedAsync(long workspaceId, DateTimeOffset start, DateTimeOffset end, CancellationToken cancellationToken)
    {
        var standing = await (
            from channel in db.Conversations.AsNoTracking()
            join e in db.Ledger.AsNoTracking() on channel.Id equals e.ConversationId
            where channel.WorkspaceId == workspaceId && e.At >= start && e.At < end
                && (e.Kind == LedgerKind.Opened || e.Kind == LedgerKind.Said || e.Kind == LedgerKind.Posted)
            group e by new { e.Kind, e.CampaignId, e.PersonId } into g
            where g.Sum(e => e.Amount) > 0
            select new { g.Key.CampaignId, g.Key.PersonId }).Distinct().ToListAsync(cancellationToken);
        return standing.ConvertAll(s => (s.PersonId, s.CampaignId));
    }

    /// <summary>Suggestions that became campaigns in the month; who does not want to be named with one is not.</summary>
    private async Task<List<(long Person, long Campaign)>> SuggestedAsync(long workspaceId, DateTimeOffset start, DateTimeOffset end, CancellationToken cancellationToken)
    {
        var credits = await (
            from campaign in db.Campaigns.AsNoTracking()
            join credit in db.SuggestionCredits.AsNoTracking() on campaign.SuggestionId equals credit.SuggestionId
            where campaign.WorkspaceId == workspaceId && campaign.PublishedAt >= start && campaign.PublishedAt < end && credit.WithdrawnAt == null && credit.ByName
            select new { credit.PersonId, campaign.Id }).ToListAsync(cancellationToken);
        return credits.ConvertAll(c => (c.PersonId, c.Id));
    }
}
