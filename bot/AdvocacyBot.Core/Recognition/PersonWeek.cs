using AdvocacyBot.Core.Data;

namespace AdvocacyBot.Core.Recognition;

/// <summary>What a person's days came to; for their own eyes.</summary>
/// <param name="Shared">Different campaigns at rung <c>opened</c> or higher.</param>
/// <param name="Opened">Campaigns whose composer they opened.</param>
/// <param name="Said">Campaigns they said they shared.</param>
/// <param name="Posted">Campaigns with a post's address.</param>
/// <param name="Reactions">Given and not taken back.</param>
/// <param name="Suggested">Things suggested.</param>
/// <param name="Visits">People who came in through their links.</param>
/// <param name="Thanks">Colleagues whose first thanks fell into these days.</param>
public sealed record PersonWeek(int Shared, int Opened, int Said, int Posted, int Reactions, int Suggested, int Visits, int Thanks)
{
    public bool Empty => Shared + Reactions + Suggested + Visits == 0;

    /// <param name="history">All that stands.</param>
    /// <param name="from">Included.</param>
    /// <param name="to">Not included.</param>
    public static PersonWeek Of(PersonHistory history, DateTimeOffset from, DateTimeOffset to)
    {
        ArgumentNullException.ThrowIfNull(history);
        var deeds = history.Deeds.Where(deed => Within(deed.At)).ToList();
        return new PersonWeek(
            deeds.Where(deed => deed.IsShare).Select(deed => deed.CampaignId).Distinct().Count(),
            Campaigns(LedgerKind.Opened),
            Campaigns(LedgerKind.Said),
            Campaigns(LedgerKind.Posted),
            deeds.Count(deed => deed.Kind == LedgerKind.Reacted),
            deeds.Count(deed => deed.Kind == LedgerKind.Suggested),
            history.Visits.Count(Within),
            history.ThankedBy.Count(Within));

        bool Within(DateTimeOffset at) => at >= from && at < to;

        int Campaigns(LedgerKind kind) => deeds.Where(deed => deed.Kind == kind).Select(deed => deed.CampaignId).Distinct().Count();
    }
}
