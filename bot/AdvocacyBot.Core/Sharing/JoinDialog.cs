using System.Text.Json.Nodes;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.People;
using AdvocacyBot.Core.Programme;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Core.Sharing;

/// <summary>
/// Consent before the first share: what this is, that it is voluntary, what is recorded and who sees it, the time allowance and the policy. Asked again when the
/// policy has another version, with what changed. What can wait is a dialog of its own, which the person may begin here or whenever they like.
/// </summary>
public sealed class JoinDialog : WaterfallDialog
{
    public const string DialogId = "share.join";
    public const string PromptId = "share.join.form";
    private const string JoinAndSetUp = "setup";
    private const string JoinedKey = "joined";
    private readonly AdvocacyDb db;
    private readonly FirstShare first;
    private readonly Policies policies;
    private readonly TimeAllowance allowance;
    private readonly OwnPreferences own;
    private readonly PeopleDirectory directory;
    private readonly AfterCommit afterCommit;
    private readonly ProgrammeOptions programme;

    public JoinDialog(
        AdvocacyDb db, FirstShare first, Policies policies, TimeAllowance allowance, OwnPreferences own, PeopleDirectory directory, AfterCommit afterCommit,
        IOptions<ProgrammeOptions> programme)
        : base(DialogId)
    {
        ArgumentNullException.ThrowIfNull(programme);
        this.db = db;
        this.first = first;
        this.policies = policies;
        this.allowance = allowance;
        this.own = own;
        this.directory = directory;
        this.afterCommit = afterCommit;
        this.programme = programme.Value;
        Steps = [AskAsync, JoinAsync, FinishAsync];
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

    /// <summary>Who has joined and leaves the rest for later goes on to what they wanted to share.</summary>
    public override async Task<Reply?> OnCancelAsync(DialogContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var active = context.Active;
        return (bool?)active.Values[JoinedKey] == true && (long?)active.Options["campaign"] is { } campaign
            ? Reply.Private(await first.RunAsync(campaign, (long)active.Options["conversation"]!, context.Turn, cancellationToken))
            : null;
    }

    private async Task<DialogTurnResult> AskAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        var policy = await policies.CurrentAsync(step.Turn.Workspace.Id, cancellationToken);
        var minutes = await allowance.OfAsync(step.Turn.Workspace.Id, cancellationToken);
        var again = step.Turn.Person.ConsentedAt is not null;
        var changes = again ? await policies.ChangesSinceAsync(db, step.Turn.Workspace.Id, step.Turn.Person.PolicyVersion, t.Language, cancellationToken) : [];
        return await step.PromptAsync(
            PromptId,
            new Form
            {
                Token = "",
                Title = t["Sharing.JoinTitle"],
                Card = Notice.For(t,
                [
                    .. again ? Again(changes, t) : [new TextBlock(t.Format("Sharing.JoinWhat", ("programme", CardText.Escape(programme.Name))))],
                    new TextBlock(t["Sharing.JoinRecorded"]),
                    .. minutes > 0 ? [new TextBlock(t.Plural("Policy.Allowance", minutes))] : Array.Empty<CardElement>(),
                    new TextBlock(t["Sharing.JoinPolicy"]) { Weight = "Bolder", Style = "heading" },
                    new Container { Style = "emphasis", Rtl = t.Language.RightToLeft, Items = [new TextBlock(CardText.Escape(policy.TextIn(t.Language)))] },
                    new InputToggle { Id = "agree", Title = t["Sharing.Agree"], Label = t["Sharing.AgreeLabel"], Value = "false" },
                    new InputToggle
                    {
                        Id = "appear",
                        Title = t["Sharing.AppearByName"],
                        Label = t["Sharing.AppearLabel"],
                        Value = step.Turn.Person.AppearByName ? "true" : "false",
                    },
                ]),
                Actions =
                [
                    new FormAction("join", t["Sharing.Join"]),
                    .. again ? Array.Empty<FormAction>() : [new FormAction(JoinAndSetUp, t["Preferences.JoinAndSetUp"])],
                    new FormAction(DialogEngine.CancelAction, t["Sharing.NotNow"], Validates: false),
                ],
            },
            cancellationToken);
    }

    private static List<CardElement> Again(IReadOnlyList<PolicyChange> changes, Texts t) =>
    [
        new TextBlock(t["Sharing.JoinAgain"]),
        .. changes.Select(change => new TextBlock(changes.Count == 1
            ? t.Format("Policy.Changed", ("changes", CardText.Escape(change.Changes)))
            : t.Format("Policy.ChangedIn", ("version", CardText.Escape(change.Version)), ("changes", CardText.Escape(change.Changes)))) { Weight = "Bolder" }),
    ];

    private async Task<DialogTurnResult> JoinAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var input = FormPrompt.InputOf(step.Result);
        var person = await db.People.FirstAsync(p => p.Id == step.Turn.Person.Id, cancellationToken);
        var policy = await policies.CurrentAsync(step.Turn.Workspace.Id, cancellationToken);
        person.ConsentedAt ??= step.Turn.Now;
        person.PolicyVersion = policy.Version;
        person.PolicyAcknowledgedAt = step.Turn.Now;
        person.AppearByName = input["appear"] == "true";
        (await own.ChangeAsync(person.Id, step.Turn.Now, cancellationToken)).LeftAt = null;
        afterCommit.Add(directory.Forget);
        await db.SaveChangesAsync(cancellationToken);
        step.Values[JoinedKey] = true;
        return FormPrompt.ActionOf(step.Result) == JoinAndSetUp
            ? await step.BeginDialogAsync(SetUpDialog.DialogId, SetUpDialog.With(goOn: false), cancellationToken)
            : await step.NextAsync(null, cancellationToken);
    }

    private async Task<DialogTurnResult> FinishAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var campaignId = (long?)step.Options["campaign"];
        return await step.EndDialogAsync(
            null,
            Reply.Private(campaignId is null
                ? Notice.Card(step.Turn.Texts, step.Turn.Texts["Sharing.Joined"])
                : await first.RunAsync(campaignId.Value, (long)step.Options["conversation"]!, step.Turn, cancellationToken)),
            cancellationToken);
    }
}
