using System.Text.Json.Nodes;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.People;
using AdvocacyBot.Core.Programme;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Core.Sharing;

/// <summary>
/// Consent before the first share: what this is, that it is voluntary, what is recorded and who sees it, and the policy. Asked again when the policy's version
/// changes.
/// </summary>
public sealed class JoinDialog : WaterfallDialog
{
    public const string DialogId = "share.join";
    public const string PromptId = "share.join.form";
    private readonly AdvocacyDb db;
    private readonly ShowShare show;
    private readonly PeopleDirectory directory;
    private readonly AfterCommit afterCommit;
    private readonly ProgrammeOptions programme;

    public JoinDialog(AdvocacyDb db, ShowShare show, PeopleDirectory directory, AfterCommit afterCommit, IOptions<ProgrammeOptions> programme)
        : base(DialogId)
    {
        ArgumentNullException.ThrowIfNull(programme);
        this.db = db;
        this.show = show;
        this.directory = directory;
        this.afterCommit = afterCommit;
        this.programme = programme.Value;
        Steps = [AskAsync, JoinAsync];
    }

    /// <param name="campaignId">What is shared afterwards; null to join only.</param>
    /// <param name="conversationId">The prompt's channel.</param>
    public static JsonObject With(long? campaignId, long conversationId) => new() { ["campaign"] = campaignId, ["conversation"] = conversationId };

    public static IReadOnlyDictionary<string, string> Check(FormInput input, DialogContext context)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(context);
        return input["agree"] == "true"
            ? new Dictionary<string, string>()
            : new Dictionary<string, string> { ["agree"] = context.Turn.Texts["Sharing.AgreeMissing"] };
    }

    private Task<DialogTurnResult> AskAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        var again = step.Turn.Person.ConsentedAt is not null;
        return step.PromptAsync(
            PromptId,
            new Form
            {
                Token = "",
                Title = t["Sharing.JoinTitle"],
                Card = Notice.For(t,
                [
                    new TextBlock(again ? t["Sharing.JoinAgain"] : t.Format("Sharing.JoinWhat", ("programme", CardText.Escape(programme.Name)))),
                    new TextBlock(t["Sharing.JoinRecorded"]),
                    new TextBlock(t["Sharing.JoinPolicy"]) { Weight = "Bolder", Style = "heading" },
                    new Container { Style = "emphasis", Rtl = t.Language.RightToLeft, Items = [new TextBlock(CardText.Escape(programme.PolicyIn(t.Language)))] },
                    new InputToggle { Id = "agree", Title = t["Sharing.Agree"], Label = t["Sharing.AgreeLabel"], Value = "false" },
                    new InputToggle
                    {
                        Id = "appear",
                        Title = t["Sharing.AppearByName"],
                        Label = t["Sharing.AppearLabel"],
                        Value = step.Turn.Person.AppearByName ? "true" : "false",
                    },
                ]),
                Actions = [new FormAction("join", t["Sharing.Join"]), new FormAction(DialogEngine.CancelAction, t["Sharing.NotNow"], Validates: false)],
            },
            cancellationToken);
    }

    private async Task<DialogTurnResult> JoinAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        var input = FormPrompt.InputOf(step.Result);
        var person = await db.People.FirstAsync(p => p.Id == step.Turn.Person.Id, cancellationToken);
        person.ConsentedAt ??= step.Turn.Now;
        person.PolicyVersion = programme.PolicyVersion;
        person.PolicyAcknowledgedAt = step.Turn.Now;
        person.AppearByName = input["appear"] == "true";
        afterCommit.Add(directory.Forget);
        await db.SaveChangesAsync(cancellationToken);

        var campaignId = (long?)step.Options["campaign"];
        if (campaignId is null)
        {
            return await step.EndDialogAsync(null, Reply.Private(Notice.Card(t, t["Sharing.Joined"])), cancellationToken);
        }

        return await step.EndDialogAsync(
            null,
            Reply.Private(await show.RunAsync(campaignId.Value, (long)step.Options["conversation"]!, step.Turn, cancellationToken)),
            cancellationToken);
    }
}
