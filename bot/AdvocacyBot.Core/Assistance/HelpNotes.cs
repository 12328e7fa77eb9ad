using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Suggestions;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Assistance;

/// <summary>The request to comms and the answer to the one who asked, both in private.</summary>
public sealed class HelpNotes(AdvocacyDb db, SuggestionCards cards) : INote
{
    public const string Asked = "help.asked";
    public const string Answered = "help.answered";

    public IReadOnlyCollection<string> Topics { get; } = [Asked, Answered];

    public async Task<NoteText?> BuildAsync(Data.Delivery note, Person person, Texts texts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(note);
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(texts);
        var request = await db.HelpRequests.AsNoTracking().FirstOrDefaultAsync(r => r.Id == note.SubjectId, cancellationToken);
        switch (note.Topic)
        {
            case Asked when request is { State: HelpState.Waiting } && (person.Roles & CampaignRoutes.Managers) != Roles.None:
                return new NoteText(
                    Notice.For(
                        texts,
                        [new TextBlock(texts["Assistance.AskedNote"]), SuggestionCards.Quote(request.Said, texts)],
                        [cards.Button(texts["Assistance.AnswerButton"], AnswerHelp.Verb, request.Id, person.Id) with { Style = "positive" }]),
                    texts["Assistance.AskedNote"]);
            case Answered when request?.Answer is { } answer:
                return new NoteText(
                    Notice.For(texts,
                    [
                        new TextBlock(texts["Assistance.AnsweredNote"]),
                        SuggestionCards.Quote(answer, texts),
                        new TextBlock(texts["Assistance.WasSaid"]) { IsSubtle = true, Size = "Small" },
                        SuggestionCards.Quote(request.Said, texts),
                    ]),
                    texts["Assistance.AnsweredNote"]);
            default:
                return null;
        }
    }
}
