using System.Globalization;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Core.Programme;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Suggestions;

/// <summary>A campaign made of a suggestion is published: the suggestion is approved by that, and its people hear of it. Runs in the caller's transaction.</summary>
public sealed class ApproveSuggestion(AdvocacyDb db, AuditLog audit, NoteWriter notes)
{
    public async Task RunAsync(Campaign campaign, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(turn);
        if (campaign.SuggestionId is not { } id || await db.Suggestions.FirstOrDefaultAsync(s => s.Id == id, cancellationToken) is not { } suggestion)
        {
            return;
        }

        var before = suggestion.State.ToString();
        if (!suggestion.TryMove(SuggestionMove.Approve, turn.Now))
        {
            return;
        }

        suggestion.CampaignId = campaign.Id;
        audit.Note(turn, AuditActions.SuggestionApproved, suggestion.Id, before, $"campaign {campaign.Id}");
        await TellAsync(db, notes, SuggestionNotes.Approved, suggestion, turn, cancellationToken);
    }

    /// <summary>A note to everybody who stands by the suggestion.</summary>
    internal static async Task TellAsync(
        AdvocacyDb db, NoteWriter notes, string topic, Suggestion suggestion, TurnContext turn, CancellationToken cancellationToken)
    {
        var people = await db.SuggestionCredits.AsNoTracking()
            .Where(c => c.SuggestionId == suggestion.Id && c.WithdrawnAt == null).Select(c => c.PersonId).ToListAsync(cancellationToken);
        foreach (var person in people)
        {
            notes.Add(topic, suggestion.Id, person, turn, suggestion.Version.ToString(CultureInfo.InvariantCulture));
        }
    }
}
