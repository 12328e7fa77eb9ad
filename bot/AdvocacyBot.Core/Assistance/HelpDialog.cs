using System.Text.Json.Nodes;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Programme;
using AdvocacyBot.Core.Suggestions;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Assistance;

/// <summary><c>/advocate reply [what was said]</c>: help with answering it.</summary>
public sealed class AskHow(DialogEngine dialogs) : ICommandHandler
{
    public Task<Reply> HandleAsync(CommandInvoked interaction, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(interaction);
        return dialogs.BeginAsync(HelpDialog.DialogId, HelpDialog.With(interaction.Arguments.Trim(), campaignId: null), turn, cancellationToken);
    }
}

/// <summary><em>Help me answer a reply</em> on one's share card.</summary>
public sealed class AskHowFromShare(AdvocacyDb db, DialogEngine dialogs) : IActionHandler
{
    public const string Verb = "help.ask";

    public async Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(turn);
        var campaign = await db.Shares.Where(s => s.Id == token.Subject && s.PersonId == turn.Person.Id).Select(s => (long?)s.CampaignId).FirstOrDefaultAsync(cancellationToken);
        return await dialogs.BeginAsync(HelpDialog.DialogId, HelpDialog.With("", campaign), turn, cancellationToken);
    }
}

/// <summary>What was said; then approved answers that may fit; and, where none does, the request to comms.</summary>
public sealed class HelpDialog : WaterfallDialog
{
    public const string DialogId = "help";
    public const string SaidPrompt = "help.said";
    public const string FoundPrompt = "help.found";
    internal const int MaxSaid = 2000;
    private const int LibraryLimit = 1000;
    private readonly AdvocacyDb db;
    private readonly NoteWriter notes;

    public HelpDialog(AdvocacyDb db, NoteWriter notes)
        : base(DialogId)
    {
        this.db = db;
        this.notes = notes;
        Steps = [SaidAsync, FindAsync, AskAsync];
    }

    public static JsonObject With(string said, long? campaignId) => new() { ["said"] = said, ["campaign"] = campaignId };

    public static IReadOnlyDictionary<string, string> Check(FormInput input, DialogContext context)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(context);
        var t = context.Turn.Texts;
        return input["said"].Length switch
        {
            0 => new Dictionary<string, string> { ["said"] = t["Assistance.SaidMissing"] },
            > MaxSaid and var length => new Dictionary<string, string> { ["said"] = t.Plural("Campaigns.TooLong", length - MaxSaid, ("limit", MaxSaid)) },
            _ => new Dictionary<string, string>(),
        };
    }

    private static Task<DialogTurnResult> SaidAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        return step.PromptAsync(
            SaidPrompt,
            new Form
            {
                Token = "",
                Title = t["Assistance.Title"],
                Card = Notice.For(t,
                [
                    new TextBlock(t["Assistance.Intro"]) { IsSubtle = true },
                    new InputText { Id = "said", Label = t["Assistance.Said"], IsMultiline = true, IsRequired = true, ErrorMessage = t["Assistance.SaidMissing"], Value = (string?)step.Options["said"] ?? "" },
                ]),
                Actions = [new FormAction("ask", t["Assistance.Ask"]), ComposeForms.Cancel(t)],
            },
            cancellationToken);
    }

    private async Task<DialogTurnResult> FindAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        var said = Bidi.StripControls(FormPrompt.InputOf(step.Result)["said"]);
        step.Values["said"] = said;
        var library = await db.ApprovedAnswers.AsNoTracking().Where(a => a.WorkspaceId == step.Turn.Workspace.Id)
            .OrderByDescending(a => a.Uses).ThenByDescending(a => a.Id).Take(LibraryLimit).ToListAsync(cancellationToken);
        var found = AnswerSearch.Find(said, t.Language.Code, library);
        if (found.Count == 0)
        {
            return await step.NextAsync(null, cancellationToken);
        }

        step.Values["first"] = found[0].Id;
        return await step.PromptAsync(
            FoundPrompt,
            new Form
            {
                Token = "",
                Title = t["Assistance.FoundTitle"],
                Card = Notice.For(t,
                [
                    new TextBlock(t["Assistance.Found"]),
                    .. found.SelectMany(answer => new CardElement[]
                    {
                        new TextBlock(Bidi.Isolate(CardText.Escape(answer.Occasion), t.Language)) { Weight = "Bolder", Size = "Small", Separator = true },
                        SuggestionCards.Quote(answer.Text, t),
                    }),
                ]),
                Actions =
                [
                    new FormAction("helped", t["Assistance.Helped"]),
                    new FormAction("ask", t["Assistance.AskAnyway"], Validates: false),
                    ComposeForms.Cancel(t),
                ],
            },
            cancellationToken);
    }

    private async Task<DialogTurnResult> AskAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var (t, turn) = (step.Turn.Texts, step.Turn);
        if (FormPrompt.ActionOf(step.Result) == "helped")
        {
            var first = (long)step.Values["first"]!;
            await db.ApprovedAnswers.Where(a => a.Id == first && a.WorkspaceId == turn.Workspace.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(a => a.Uses, a => a.Uses + 1), cancellationToken);
            return await step.EndDialogAsync(null, Reply.Private(Notice.Card(t, t["Assistance.Glad"])), cancellationToken);
        }

        var request = new HelpRequest
        {
            WorkspaceId = turn.Workspace.Id,
            PersonId = turn.Person.Id,
            CampaignId = (long?)step.Options["campaign"],
            Said = (string)step.Values["said"]!,
            Language = t.Language.Code,
            CreatedAt = turn.Now,
        };
        db.HelpRequests.Add(request);
        await db.SaveChangesAsync(cancellationToken);
        var helpers = await db.People.AsNoTracking()
            .Where(p => p.WorkspaceId == turn.Workspace.Id && p.Reachable && p.Id != turn.Person.Id && (p.Roles & CampaignRoutes.Managers) != Roles.None)
            .Select(p => new { p.Id, p.Roles }).ToListAsync(cancellationToken);
        var comms = helpers.FindAll(p => (p.Roles & Roles.Comms) != Roles.None);
        foreach (var helper in comms.Count > 0 ? comms : helpers)
        {
            notes.Add(HelpNotes.Asked, request.Id, helper.Id, turn, "");
        }

        return await step.EndDialogAsync(
            null, Reply.Private(Notice.Card(t, t[helpers.Count == 0 ? "Assistance.NobodyThere" : "Assistance.Sent"])), cancellationToken);
    }
}
