using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Suggestions;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Rewards;

/// <summary>What somebody is told in private about a reward of theirs.</summary>
public sealed class RewardNotes(AdvocacyDb db) : INote
{
    public const string Given = "reward.given";
    public const string TakenBack = "reward.taken_back";

    public IReadOnlyCollection<string> Topics { get; } = [Given, TakenBack];

    public async Task<NoteText?> BuildAsync(Data.Delivery note, Person person, Texts texts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(note);
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(texts);
        var reward = await db.Rewards.AsNoTracking().FirstOrDefaultAsync(r => r.Id == note.SubjectId && r.PersonId == person.Id, cancellationToken);
        if (reward is null || (reward.ReversedAt is not null) != (note.Topic == TakenBack))
        {
            return null;
        }

        var what = ("what", (object?)ManageRewards.What(reward, texts));
        var words = note.Topic == TakenBack ? reward.ReversedReason : reward.Reason;
        return new NoteText(
            Notice.For(
                texts,
                [
                    new TextBlock(texts.Format(note.Topic == TakenBack ? "Rewards.NoteTakenBack" : "Rewards.NoteGiven", what)) { Size = "Medium", Weight = "Bolder", Style = "heading" },
                    .. string.IsNullOrEmpty(words) ? Array.Empty<CardElement>() : [SuggestionCards.Quote(words, texts)],
                    new TextBlock(texts["Rewards.NotePrivate"]) { IsSubtle = true, Size = "Small" },
                ]),
            texts[note.Topic == TakenBack ? "Rewards.SummaryTakenBack" : "Rewards.SummaryGiven"]);
    }
}
