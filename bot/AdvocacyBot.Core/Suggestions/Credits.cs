using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.People;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Suggestions;

/// <summary>Who suggested something, as a channel may read it.</summary>
/// <param name="Names">Of people who agreed to be named with it.</param>
/// <param name="Others">How many did not.</param>
public sealed record Credit(IReadOnlyList<string> Names, int Others)
{
    /// <summary>"Suggested by Noa and one more colleague"; card text.</summary>
    public string Say(Texts texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var names = new JoinedText([.. Names.Select(CardText.Escape)], texts.Language);
        return (Names.Count, Others) switch
        {
            (0, _) => texts.Plural("Suggestions.CreditAnonymous", Math.Max(1, Others)),
            (_, 0) => texts.Format("Suggestions.Credit", ("names", names)),
            _ => texts.Plural("Suggestions.CreditMore", Others, ("names", names)),
        };
    }
}

/// <summary>Reads credits, and takes a person's name out of all of them.</summary>
public sealed class Credits(AdvocacyDb db)
{
    /// <returns>Null where it was nobody's suggestion, or nobody stands by it any more.</returns>
    public async Task<Credit?> OfAsync(long? suggestionId, CancellationToken cancellationToken)
    {
        if (suggestionId is null)
        {
            return null;
        }

        var people = await (
            from credit in db.SuggestionCredits.AsNoTracking()
            join person in db.People.AsNoTracking() on credit.PersonId equals person.Id
            where credit.SuggestionId == suggestionId && credit.WithdrawnAt == null
            orderby credit.At, credit.PersonId
            select new { person.Name, credit.ByName }).ToListAsync(cancellationToken);
        return people.Count == 0 ? null : new Credit([.. people.Where(p => p.ByName).Select(p => p.Name)], people.Count(p => !p.ByName));
    }
}

/// <summary>A person is not to be named any more: cards that stand are brought in line. Runs in the caller's transaction.</summary>
public sealed class HideName(AdvocacyDb db, PublishCampaign publish, AfterCommit afterCommit, DeliverySignal signal, IEnumerable<INamedInChannels> others)
{
    /// <summary>Takes the name out of all credits, and out of what other features say in channels.</summary>
    public async Task RunAsync(long personId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var named = await db.SuggestionCredits.Where(c => c.PersonId == personId && c.ByName).ToListAsync(cancellationToken);
        named.ForEach(credit => credit.ByName = false);
        await UpdateAsync(named.ConvertAll(credit => credit.SuggestionId), now, cancellationToken);
        foreach (var other in others)
        {
            await other.HideAsync(personId, now, cancellationToken);
        }
    }

    /// <summary>Plans new versions of the cards that credit these suggestions.</summary>
    public async Task UpdateAsync(IReadOnlyList<long> suggestionIds, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var standing = await db.Campaigns.Include(c => c.Prompts)
            .Where(c => c.SuggestionId != null && suggestionIds.Contains(c.SuggestionId.Value) && c.Prompts.Any(p => p.PostedAt != null) && c.State != CampaignState.Closed)
            .ToListAsync(cancellationToken);
        foreach (var campaign in standing)
        {
            campaign.Version++;
            await publish.PlanAsync(campaign, now, cancellationToken);
            afterCommit.Add(() => signal.Raise(campaign.WorkspaceId));
        }
    }
}
