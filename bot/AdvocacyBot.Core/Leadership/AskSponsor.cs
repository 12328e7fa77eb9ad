using System.Globalization;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Core.Localization;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Leadership;

/// <summary>Asks a campaign's sponsor, in private, to agree to the words in their name or to write them. Runs in the caller's transaction.</summary>
public sealed class AskSponsor(NoteWriter notes)
{
    /// <summary>Asks where that is wanted; the same question is asked once.</summary>
    /// <returns>What to tell who composed it; null where nobody is asked.</returns>
    public async Task<string?> RunAsync(Campaign campaign, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(turn);
        if (campaign is not { SponsorId: { } sponsor, SponsorAsk: SponsorAsk.ToAgree or SponsorAsk.ToWrite })
        {
            return null;
        }

        var occasion = string.Create(CultureInfo.InvariantCulture, $"{campaign.SponsorAsk}:{SponsorCards.Mark(campaign.SponsorMessage)}");
        await notes.AddOnceAsync(SponsorNotes.Asked, campaign.Id, sponsor, turn, occasion, cancellationToken);
        return turn.Texts.Format("Leadership.WillBeAsked", ("sponsor", CardText.Escape(campaign.SponsorName ?? "")));
    }
}

/// <summary>The question to a sponsor, and the answer to who composed the campaign.</summary>
public sealed class SponsorNotes(AdvocacyDb db, SponsorCards cards) : INote
{
    public const string Asked = "sponsor.asked";
    public const string Answered = "sponsor.answered";

    public IReadOnlyCollection<string> Topics { get; } = [Asked, Answered];

    public async Task<NoteText?> BuildAsync(Data.Delivery note, Person person, Texts texts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(note);
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(texts);
        var campaign = await db.Campaigns.AsNoTracking().FirstOrDefaultAsync(c => c.Id == note.SubjectId, cancellationToken);
        if (campaign is null || campaign.State == CampaignState.Closed)
        {
            return null;
        }

        if (note.Topic == Asked)
        {
            return campaign.SponsorId == person.Id && campaign.SponsorAsk is SponsorAsk.ToAgree or SponsorAsk.ToWrite
                ? new NoteText(cards.Asked(campaign, person.Id, texts), texts.Format("Leadership.AskedSummary", ("title", campaign.Title)))
                : null;
        }

        if (campaign.SponsorAsk is not (SponsorAsk.Agreed or SponsorAsk.Declined))
        {
            return null;
        }

        var key = $"Leadership.Answer{campaign.SponsorAsk}";
        return new NoteText(
            Notice.Card(texts, texts.Format(key, ("sponsor", CardText.Escape(campaign.SponsorName ?? "")), ("title", CardText.Escape(campaign.Title)))),
            texts.Format(key, ("sponsor", campaign.SponsorName), ("title", campaign.Title)));
    }
}
