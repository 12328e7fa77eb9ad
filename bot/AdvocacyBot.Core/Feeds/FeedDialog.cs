using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;

namespace AdvocacyBot.Core.Feeds;

/// <summary>Asks for a feed's address; it is looked at before it is taken.</summary>
public sealed class FeedDialog : WaterfallDialog
{
    public const string DialogId = "feed.add";
    public const string PromptId = "feed.add.form";
    private readonly FeedProbe probe;
    private readonly AddFeed add;
    private readonly FeedList list;

    public FeedDialog(FeedProbe probe, AddFeed add, FeedList list)
        : base(DialogId)
    {
        this.probe = probe;
        this.add = add;
        this.list = list;
        Steps = [AskAsync, AddAsync];
    }

    public override Roles For => CampaignRoutes.Managers;

    /// <summary>The prompt's validator.</summary>
    public static IReadOnlyDictionary<string, string> Check(FeedProbe probe, FormInput input, DialogContext context)
    {
        ArgumentNullException.ThrowIfNull(probe);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(context);
        return AddFeed.Problem(input[FeedProbe.Field], probe.Look, context.Turn.Texts) is { } problem
            ? new Dictionary<string, string> { [FeedProbe.Field] = problem }
            : new Dictionary<string, string>();
    }

    private static Task<DialogTurnResult> AskAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        return step.PromptAsync(
            PromptId,
            new Form
            {
                Token = "",
                Title = t["Feeds.FormTitle"],
                Card = Notice.For(t,
                [
                    new TextBlock(t["Feeds.FormHint"]) { IsSubtle = true },
                    new InputText
                    {
                        Id = FeedProbe.Field, Label = t["Feeds.Address"], Style = "Url", Placeholder = "https://example.com/feed", IsRequired = true, ErrorMessage = t["Feeds.AddressBroken"],
                    },
                ]),
                Actions = [new FormAction("add", t["Feeds.Add"]), ComposeForms.Cancel(t)],
            },
            cancellationToken);
    }

    private async Task<DialogTurnResult> AddAsync(WaterfallStepContext step, CancellationToken cancellationToken) => await step.EndDialogAsync(
        null,
        Reply.ReplaceCard(await list.AddAsync(add, (FeedLook.Found)probe.Look!, step.Turn, cancellationToken)),
        cancellationToken);
}
