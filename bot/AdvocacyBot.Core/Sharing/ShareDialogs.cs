using System.Text.Json.Nodes;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Disclosures;
using AdvocacyBot.Core.Links;
using AdvocacyBot.Core.Networks;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Sharing;

/// <summary>Changes the text of one's share.</summary>
public sealed class TextDialog : WaterfallDialog
{
    public const string DialogId = "share.text";
    public const string PromptId = "share.text.form";
    private readonly AdvocacyDb db;
    private readonly ShowShare show;

    public TextDialog(AdvocacyDb db, ShowShare show)
        : base(DialogId)
    {
        this.db = db;
        this.show = show;
        Steps = [AskAsync, SaveAsync];
    }

    /// <summary>A text may be too long for some networks, whose button then gives way to a note; it must fit at least one.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> CheckAsync(
        AdvocacyDb db, NetworkCatalogue networks, PublicAddress address, FormInput input, DialogContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(networks);
        var t = context.Turn.Texts;
        var id = (long?)context.Stack[^2].Options["share"] ?? 0;
        if (await OwnShare.FindAsync(db, id, context.Turn, cancellationToken) is not var (share, campaign))
        {
            return new Dictionary<string, string> { [""] = t["Sharing.CampaignGone"] };
        }

        var offered = campaign.NetworkKeys.Select(networks.Find).OfType<Network>().ToList();
        var disclosure = await db.DisclosureAsync(campaign.WorkspaceId, cancellationToken);
        return ShareTexts.Problem(share, campaign, disclosure.Strip(ShareText.Clean(input["text"])), offered, disclosure, address, t.Language) is { } problem
            ? new Dictionary<string, string> { ["text"] = problem }
            : new Dictionary<string, string>();
    }

    private async Task<DialogTurnResult> AskAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        return await OwnShare.FindAsync(db, (long)step.Options["share"]!, step.Turn, cancellationToken) is var (share, _)
            ? await step.PromptAsync(PromptId, ShareCards.TextForm(share, await db.DisclosureAsync(share.WorkspaceId, cancellationToken), t), cancellationToken)
            : await step.EndDialogAsync(null, Reply.Private(Notice.Card(t, t["Sharing.CampaignGone"])), cancellationToken);
    }

    private async Task<DialogTurnResult> SaveAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        if (await OwnShare.FindAsync(db, (long)step.Options["share"]!, step.Turn, cancellationToken) is not var (share, campaign))
        {
            return await step.EndDialogAsync(null, Reply.Private(Notice.Card(t, t["Sharing.CampaignGone"])), cancellationToken);
        }

        var disclosure = await db.DisclosureAsync(share.WorkspaceId, cancellationToken);
        share.Text = disclosure.Strip(ShareText.Clean(FormPrompt.InputOf(step.Result)["text"]));
        await db.SaveChangesAsync(cancellationToken);
        return await step.EndDialogAsync(null, Reply.ReplaceCard(await show.CardAsync(share, campaign, step.Turn, cancellationToken)), cancellationToken);
    }
}

/// <summary>Takes the address of the post: the rung "posted".</summary>
public sealed class PostDialog : WaterfallDialog
{
    public const string DialogId = "share.post";
    public const string PromptId = "share.post.form";
    private readonly AdvocacyDb db;
    private readonly ShareStore shares;

    public PostDialog(AdvocacyDb db, ShareStore shares)
        : base(DialogId)
    {
        this.db = db;
        this.shares = shares;
        Steps = [AskAsync, SaveAsync];
    }

    public static IReadOnlyDictionary<string, string> Check(FormInput input, DialogContext context)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(context);
        return Campaigns.ComposeValidation.WebAddress(input["post"]) is null || input["post"].Length > 1000
            ? new Dictionary<string, string> { ["post"] = context.Turn.Texts["Sharing.PostBroken"] }
            : new Dictionary<string, string>();
    }

    private static Task<DialogTurnResult> AskAsync(WaterfallStepContext step, CancellationToken cancellationToken) =>
        step.PromptAsync(PromptId, ShareCards.PostForm(step.Turn.Texts), cancellationToken);

    private async Task<DialogTurnResult> SaveAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        var generation = (int)step.Options["generation"]!;
        var share = await shares.FindAsync((long)step.Options["share"]!, cancellationToken);
        if (share is null || share.PersonId != step.Turn.Person.Id)
        {
            return await step.EndDialogAsync(null, Reply.Private(Notice.Card(t, t["Sharing.CampaignGone"])), cancellationToken);
        }

        var post = Campaigns.ComposeValidation.WebAddress(FormPrompt.InputOf(step.Result)["post"])!.AbsoluteUri;
        var entry = ShareEvents.Posted(share, generation, post, step.Turn.Now);
        var there = await db.Ledger.AnyAsync(e => e.Key == entry.Key, cancellationToken);
        if (!there)
        {
            db.Ledger.Add(entry);
        }

        return await step.EndDialogAsync(null, Reply.Private(Notice.Card(t, t[there ? "Sharing.PostThere" : "Sharing.PostSaved"])), cancellationToken);
    }
}
