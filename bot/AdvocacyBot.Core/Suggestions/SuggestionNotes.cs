using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Core.Localization;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Suggestions;

/// <summary>What suggesters are told at each step, and those who look after the queue.</summary>
public sealed class SuggestionNotes(AdvocacyDb db, SuggestionCards cards, OpenSuggestions open) : INote
{
    public const string Approved = "suggestion.approved";
    public const string Declined = "suggestion.declined";
    public const string Asked = "suggestion.asked";
    public const string Answered = "suggestion.answered";
    public const string Queue = "suggestion.queue";

    public IReadOnlyCollection<string> Topics { get; } = [Approved, Declined, Asked, Answered, Queue];

    public async Task<NoteText?> BuildAsync(Data.Delivery note, Person person, Texts texts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(note);
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(texts);
        var keeps = (person.Roles & SuggestionRoutes.Keepers) != Roles.None;
        if (note.Topic == Queue)
        {
            var waiting = await open.CountAsync(note.WorkspaceId, cancellationToken);
            return waiting == 0 || !keeps ? null : Say(texts.Plural("Suggestions.QueueNote", waiting), [], Show(person, texts));
        }

        var suggestion = await db.Suggestions.AsNoTracking().FirstOrDefaultAsync(s => s.Id == note.SubjectId, cancellationToken);
        if (suggestion is null || (note.Topic != Answered && !await StandsByAsync(suggestion, person, cancellationToken)))
        {
            return null;
        }

        var said = texts.Format(Key(note.Topic), ("title", CardText.Escape(suggestion.Title)));
        return (note.Topic, suggestion.State) switch
        {
            (Approved, SuggestionState.Approved) => Say(said, [new TextBlock(texts["Suggestions.ApprovedThanks"]) { IsSubtle = true }]),
            (Declined, SuggestionState.Declined) => Say(said, [.. Reason(suggestion, texts), new TextBlock(texts["Suggestions.DeclinedThanks"]) { IsSubtle = true }]),
            (Asked, SuggestionState.AskedBack) => new NoteText(cards.Question(suggestion, person.Id, texts), Plain(said)),
            (Answered, SuggestionState.Waiting) when keeps && suggestion.Answer is { } answer => Say(said, [SuggestionCards.Quote(answer, texts)], Show(person, texts)),
            _ => null,
        };

        NoteText Say(string first, IReadOnlyList<CardElement> more, params IReadOnlyList<CardAction> actions) =>
            new(Notice.For(texts, [new TextBlock(first), .. more], actions), Plain(first));
    }

    private static string Key(string? topic) => topic switch
    {
        Approved => "Suggestions.ApprovedNote",
        Declined => "Suggestions.DeclinedNote",
        Asked => "Suggestions.AskedBack",
        _ => "Suggestions.AnsweredNote",
    };

    /// <summary>Notifications show no Markdown.</summary>
    private static string Plain(string cardText) => cardText.Replace("\\", "", StringComparison.Ordinal);

    private static IEnumerable<CardElement> Reason(Suggestion suggestion, Texts texts)
    {
        if (suggestion.ReasonKey is { } key)
        {
            yield return new TextBlock(DeclineDialog.Words(key, texts));
        }

        if (suggestion.Reason is { } words)
        {
            yield return SuggestionCards.Quote(words, texts);
        }
    }

    private ExecuteAction Show(Person person, Texts texts) => cards.Button(texts["Suggestions.ShowQueue"], SuggestionRoutes.Show, 0, person.Id);

    private Task<bool> StandsByAsync(Suggestion suggestion, Person person, CancellationToken cancellationToken) => db.SuggestionCredits.AnyAsync(
        c => c.SuggestionId == suggestion.Id && c.PersonId == person.Id && c.WithdrawnAt == null, cancellationToken);
}
