using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.People;

namespace AdvocacyBot.Core.Broadcasts;

/// <summary>What a broadcast does about one person: a message to one of their accounts, now or later, or none and why.</summary>
/// <param name="Account">The account that is written to, or would be.</param>
/// <param name="State"><see cref="DeliveryState.Pending"/> or <see cref="DeliveryState.Skipped"/>.</param>
/// <param name="Reason">Why not, or not yet, as deliveries store it; null: at once.</param>
/// <param name="NotBefore">For who is written to later.</param>
public sealed record Recipient(Account Account, DeliveryState State, string? Reason, DateTimeOffset? NotBefore)
{
    /// <summary>Is in a channel where the campaign is posted anyway.</summary>
    public const string InChannel = "reached_in_channel";

    /// <summary>Nobody by whom the account could be reached.</summary>
    public const string Gone = "person_gone";
}

/// <summary>Decides for each person of an audience: once each, by one account, and by what holds for any of their accounts.</summary>
public static class AudiencePlan
{
    /// <param name="people">The audience.</param>
    /// <param name="inChannels">Accounts that see the campaign in a channel.</param>
    /// <param name="verdicts">For every account of these people.</param>
    /// <param name="home">The campaign's own workspace: its accounts come first.</param>
    /// <param name="later">It starts some other day: what may have passed by then is decided then.</param>
    /// <returns>One for each of the people.</returns>
    public static IReadOnlyList<Recipient> Decide(
        IReadOnlyCollection<Human> people, IReadOnlySet<long> inChannels, IReadOnlyDictionary<long, ContactVerdict> verdicts, long home, bool later)
    {
        ArgumentNullException.ThrowIfNull(people);
        ArgumentNullException.ThrowIfNull(inChannels);
        ArgumentNullException.ThrowIfNull(verdicts);
        return [.. people.Select(human => Decide(human, inChannels, verdicts, home, later))];
    }

    /// <summary>What the person wants holds whichever account they said it with.</summary>
    public static bool IsOwnWish(ContactReason reason, bool later) => reason is ContactReason.Left or ContactReason.OptedOut or ContactReason.NotForMe
        || (!later && reason is ContactReason.FewerLikeThis or ContactReason.Paused or ContactReason.CapReached);

    private static Recipient Decide(
        Human human, IReadOnlySet<long> inChannels, IReadOnlyDictionary<long, ContactVerdict> verdicts, long home, bool later)
    {
        var accounts = human.Accounts.OrderBy(account => account.WorkspaceId != home).ThenBy(account => account.PersonId).ToList();
        if (accounts.Find(account => inChannels.Contains(account.PersonId)) is { } seen)
        {
            return new(seen, DeliveryState.Skipped, Recipient.InChannel, null);
        }

        foreach (var account in accounts)
        {
            if (IsOwnWish(verdicts[account.PersonId].Reason, later))
            {
                return new(account, DeliveryState.Skipped, verdicts[account.PersonId].Code, null);
            }
        }

        if (!accounts.TrueForAll(account => account.Active))
        {
            return new(accounts[0], DeliveryState.Skipped, Recipient.Gone, null);
        }

        if (accounts.Find(account => verdicts[account.PersonId].Reason is not ContactReason.NotReachable and not ContactReason.QuietHours) is { } open)
        {
            return new(open, DeliveryState.Pending, null, null);
        }

        var quiet = accounts.Where(account => verdicts[account.PersonId].Reason == ContactReason.QuietHours).MinBy(account => verdicts[account.PersonId].Until);
        return quiet is null
            ? new(accounts[0], DeliveryState.Skipped, Recipient.Gone, null)
            : new(quiet, DeliveryState.Pending, later ? null : verdicts[quiet.PersonId].Code, later ? null : verdicts[quiet.PersonId].Until);
    }
}
