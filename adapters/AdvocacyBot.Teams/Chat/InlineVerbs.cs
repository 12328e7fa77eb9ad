using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Digests;
using AdvocacyBot.Core.Feeds;
using AdvocacyBot.Core.Leadership;
using AdvocacyBot.Core.People;
using AdvocacyBot.Core.Programme;
using AdvocacyBot.Core.Recognition;
using AdvocacyBot.Core.Reports;
using AdvocacyBot.Core.Rhythm;
using AdvocacyBot.Core.Sharing;
using AdvocacyBot.Core.Suggestions;

namespace AdvocacyBot.Teams.Chat;

/// <summary>
/// Buttons that are answered in place, with a new version of the card or a line below it: <c>Action.Execute</c>. All others may answer with a form or with a
/// card for the presser alone, which needs a dialog; the answer to an <c>Action.Execute</c> cannot open one, <c>Action.Submit</c> with
/// <c>msteams.type = task/fetch</c> does (msteams-docs task-modules/task-modules-bots.md).
/// </summary>
internal static class InlineVerbs
{
    public static IReadOnlySet<string> All { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        PromptCards.DeclineVerb,
        ShareRoutes.Fewer,
        ShareRoutes.Said,
        ShareRoutes.Undo,
        ShareRoutes.AnotherText,
        CampaignRoutes.Pause,
        CampaignRoutes.Resume,
        Me.LeaveVerb,
        ResumeDialog.LeaveVerb,
        DigestRoutes.PostVerb,
        SuggestionRoutes.Withdraw,
        RecognitionRoutes.StopNotes,
        RecognitionRoutes.ShowThanks,
        RecognitionRoutes.HideThanks,
        RecognitionRoutes.WithdrawThanks,
        ReportRoutes.SignOutVerb,
        FeedRoutes.Pause,
        FeedRoutes.Resume,
        FeedRoutes.Remove,
        FeedRoutes.Look,
        RhythmRoutes.Page,
        RhythmRoutes.Move,
        RhythmRoutes.Skip,
        RhythmRoutes.Keep,
        RhythmRoutes.Stop,
        ShowAudit.PageVerb,
        LeadershipRoutes.Agree,
        LeadershipRoutes.Decline,
    };
}
