using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;

namespace AdvocacyBot.Core.Programme;

/// <summary>What is noted in the audit log; the values are stored and exported. Each begins with the kind of thing its subject is.</summary>
public static class AuditActions
{
    public const string RolesChanged = "person.roles_changed";
    public const string Rewarded = "person.rewarded";
    public const string RewardTakenBack = "person.reward_taken_back";
    public const string ThanksShown = "thanks.shown";
    public const string ThanksWithdrawn = "thanks.withdrawn";
    public const string RecognitionChanged = "workspace.recognition_changed";
    public const string BudgetChanged = "workspace.budget_changed";
    public const string PersonErased = "person.erased";
    public const string ChannelSettingsChanged = "conversation.settings_changed";
    public const string PolicyChanged = "workspace.policy_changed";
    public const string AllowanceChanged = "workspace.allowance_changed";
    public const string FourEyesChanged = "workspace.four_eyes_changed";
    public const string SendingStopped = "workspace.sending_stopped";
    public const string SendingResumed = "workspace.sending_resumed";
    public const string CampaignPublished = "campaign.published";
    public const string CampaignEdited = "campaign.edited";
    public const string CampaignSubmitted = "campaign.submitted";
    public const string CampaignApproved = "campaign.approved";
    public const string CampaignSentBack = "campaign.sent_back";
    public const string CampaignRetracted = "campaign.retracted";
    public const string FailedTriedAgain = "campaign.failed_tried_again";
    public const string UnknownSettled = "campaign.unknown_settled";
    public const string WorkspacesJoined = "workspace.joined";
    public const string WorkspacesSeparated = "workspace.separated";
    public const string PeopleImported = "workspace.people_imported";
    public const string CampaignMoved = "campaign.moved";
    public const string SuggestionEdited = "suggestion.edited";
    public const string SuggestionAsked = "suggestion.asked_back";
    public const string SuggestionDeclined = "suggestion.declined";
    public const string SuggestionApproved = "suggestion.approved";
    public const string GoalSet = "goal.set";
    public const string GoalEdited = "goal.edited";
    public const string GoalRemoved = "goal.removed";
    public const string CostsChanged = "workspace.click_costs_changed";
    public const string ConversionKeyMade = "key.made";
    public const string ConversionKeyRotated = "key.rotated";
    public const string ConversionKeyRevoked = "key.revoked";
    public const string ClicksReclassified = "workspace.clicks_reclassified";
    public const string FeedAdded = "feed.added";
    public const string FeedChanged = "feed.changed";
    public const string FeedRemoved = "feed.removed";
    public const string RecurrenceStarted = "recurrence.started";
    public const string RecurrenceSkipped = "recurrence.skipped";
    public const string RecurrenceStopped = "recurrence.stopped";
    public const string SponsorAnswered = "campaign.sponsor_answered";
    public const string KickoffSent = "kickoff.sent";
    public const string DisclosureChanged = "workspace.disclosure_changed";
    public const string AnswerKept = "answer.kept";
    public const string AnswerRemoved = "answer.removed";
    public const string TemplateChanged = "workspace.template_changed";

    public static IReadOnlyList<string> All { get; } =
    [
        Rewarded, RewardTakenBack, ThanksShown, ThanksWithdrawn, RecognitionChanged, BudgetChanged,
        RolesChanged, PersonErased, ChannelSettingsChanged, PolicyChanged, AllowanceChanged, FourEyesChanged, SendingStopped, SendingResumed, CampaignPublished, CampaignEdited, CampaignSubmitted,
        CampaignApproved, CampaignSentBack, CampaignMoved, SuggestionEdited, SuggestionAsked, SuggestionDeclined, SuggestionApproved,
        CampaignRetracted, FailedTriedAgain, UnknownSettled, WorkspacesJoined, WorkspacesSeparated, PeopleImported,
        GoalSet, GoalEdited, GoalRemoved, CostsChanged, ConversionKeyMade, ConversionKeyRotated, ConversionKeyRevoked, ClicksReclassified,
        FeedAdded, FeedChanged, FeedRemoved, RecurrenceStarted, RecurrenceSkipped, RecurrenceStopped, SponsorAnswered, KickoffSent, DisclosureChanged, TemplateChanged, AnswerKept, AnswerRemoved,
    ];
}

/// <summary>Notes who changed what, in the transaction that changes it.</summary>
public sealed class AuditLog(AdvocacyDb db)
{
    /// <param name="turn">Who and when.</param>
    /// <param name="action">One of <see cref="AuditActions"/>.</param>
    /// <param name="subjectId">Id of what was changed.</param>
    /// <param name="before">Machine-readable; never anybody's words.</param>
    /// <param name="after">As <paramref name="before"/>.</param>
    public void Note(TurnContext turn, string action, long subjectId, string? before, string? after)
    {
        ArgumentNullException.ThrowIfNull(turn);
        db.Audit.Add(new AuditEntry
        {
            WorkspaceId = turn.Workspace.Id,
            At = turn.Now,
            ActorId = turn.Person.Id,
            Action = action,
            SubjectId = subjectId,
            Before = before,
            After = after,
        });
    }
}
