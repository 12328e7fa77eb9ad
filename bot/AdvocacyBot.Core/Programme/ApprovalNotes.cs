using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Core.Localization;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Programme;

/// <summary>What approvers and writers are told of a campaign that takes a second person.</summary>
public sealed class ApprovalNotes(AdvocacyDb db, ActionTokens tokens, TimeProvider clock) : INote
{
    public const string Asked = "approval.asked";
    public const string Approved = "approval.approved";
    public const string SentBack = "approval.sent_back";

    public IReadOnlyCollection<string> Topics { get; } = [Asked, Approved, SentBack];

    public async Task<NoteText?> BuildAsync(Data.Delivery note, Person person, Texts texts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(note);
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(texts);
        var campaign = await db.Campaigns.AsNoTracking().FirstOrDefaultAsync(c => c.Id == note.SubjectId, cancellationToken);
        if (campaign is null)
        {
            return null;
        }

        var plain = ("title", (object?)campaign.Title);
        var title = ("title", (object?)CardText.Escape(campaign.Title));
        switch (note.Topic)
        {
            case Asked when campaign.State == CampaignState.AwaitingApproval && (person.Roles & Approvals.Approvers) != Roles.None:
                return new NoteText(
                    Notice.Card(texts, texts.Format("Programme.ApprovalAsked", title), ReviewButton(campaign, person.Id, texts)),
                    texts.Format("Programme.ApprovalAsked", plain));
            case Approved:
                return new NoteText(Notice.Card(texts, texts.Format("Programme.ApprovalGiven", title)), texts.Format("Programme.ApprovalGiven", plain));
            case SentBack when campaign.SentBackReason is { } reason:
                return new NoteText(
                    Notice.For(texts,
                    [
                        new TextBlock(texts.Format("Programme.ApprovalSentBack", title)),
                        new Container { Style = "emphasis", Rtl = Bidi.IsRightToLeft(reason) ?? texts.Language.RightToLeft, Items = [new TextBlock(CardText.Escape(reason))] },
                        new TextBlock(texts["Programme.ApprovalSentBackHow"]) { IsSubtle = true },
                    ]),
                    texts.Format("Programme.ApprovalSentBack", plain));
            default:
                return null;
        }
    }

    private ExecuteAction ReviewButton(Campaign campaign, long personId, Texts texts) => new()
    {
        Title = texts["Programme.Review"],
        Verb = ReviewCampaign.Verb,
        Style = "positive",
        Data = new ActionData(tokens.Protect(
            new ActionToken(ReviewCampaign.Verb, personId, campaign.Id, 0, 0, "", clock.GetUtcNow().AddDays(30)))),
    };
}
