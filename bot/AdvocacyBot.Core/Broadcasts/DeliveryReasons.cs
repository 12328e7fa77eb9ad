using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Localization;

namespace AdvocacyBot.Core.Broadcasts;

/// <summary>Why messages were not sent, in words; what people chose for themselves is told apart only where it is five or more.</summary>
public static class DeliveryReasons
{
    /// <summary>Stands for the reasons below together.</summary>
    public const string OwnChoice = "own_choice";

    private static readonly string[] Own = ["person_left", "opted_out", "not_for_me", "fewer_like_this", "paused", "cap_reached", "quiet_hours"];

    /// <summary>Reasons that have words of their own.</summary>
    public static IReadOnlyList<string> Known { get; } =
    [
        .. Own, OwnChoice, Recipient.InChannel, Recipient.Gone, DirectContent.ElsewhereReason, "taken_out", "campaign_paused", "campaign_awaits_approval", "campaign_ended", "campaign_closed",
        "campaign_retracted", "channel_removed", "channel_taken_out", "posted_already", "platform_off", "not_built", "interrupted", "asked_to_wait", "asked_to_wait_too_often", "cannot_tell",
        "counted_as_arrived", "no_such_conversation", "database_failed", "not_stored", "else",
    ];

    public static bool IsOwnChoice(string reason) => Own.Contains(reason, StringComparer.Ordinal);

    /// <summary>Takes together what people chose where one of it is under five; the sum stays.</summary>
    public static IReadOnlyList<KeyValuePair<string, int>> Merged(IReadOnlyDictionary<string, int> reasons)
    {
        ArgumentNullException.ThrowIfNull(reasons);
        var own = reasons.Where(r => IsOwnChoice(r.Key)).ToList();
        var apart = own.TrueForAll(r => r.Value >= CampaignNumbers.SmallestGroup);
        IEnumerable<KeyValuePair<string, int>> merged = apart
            ? reasons
            : reasons.Where(r => !IsOwnChoice(r.Key)).Append(new(OwnChoice, own.Sum(r => r.Value)));
        return [.. merged.Where(r => r.Value > 0).OrderByDescending(r => r.Value).ThenBy(r => r.Key, StringComparer.Ordinal)];
    }

    /// <summary>A platform's own reason has the platform's words.</summary>
    public static string Words(string reason, Texts t)
    {
        ArgumentNullException.ThrowIfNull(t);
        return (Known.Contains(reason, StringComparer.Ordinal) ? t[$"Broadcasts.Reason_{reason}"] : null)
            ?? t.Find($"Slack.Reason_{reason}") ?? t.Find($"Teams.Reason_{reason}") ?? t["Broadcasts.Reason_else"];
    }
}
