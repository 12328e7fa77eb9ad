using System.Globalization;
using System.Text.Json.Nodes;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Programme;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Recognition;

/// <summary>Whom to thank, for what, and whether in the channel too.</summary>
public sealed class ThanksDialog : WaterfallDialog
{
    public const string DialogId = "thanks";
    public const string PromptId = "thanks.form";
    public const int MaxWords = 300;

    /// <summary>In any 24 hours, from one person.</summary>
    public const int MostADay = 10;

    /// <summary>Slack takes 100 options.</summary>
    private const int MostPeople = 100;
    private readonly AdvocacyDb db;
    private readonly ThanksOutbox outbox;
    private readonly ThanksCards cards;

    public ThanksDialog(AdvocacyDb db, ThanksOutbox outbox, ThanksCards cards)
        : base(DialogId)
    {
        this.db = db;
        this.outbox = outbox;
        this.cards = cards;
        Steps = [AskAsync, SaveAsync];
    }

    /// <param name="personId">Whom; 0: to be chosen.</param>
    /// <param name="words">What for, as typed.</param>
    public static JsonObject With(long personId, string words) => new() { ["person"] = personId, ["words"] = words };

    public static async Task<IReadOnlyDictionary<string, string>> CheckAsync(AdvocacyDb db, FormInput input, DialogContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(context);
        var turn = context.Turn;
        var t = turn.Texts;
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        var person = Chosen(input);
        if (person == turn.Person.Id)
        {
            errors["person"] = t["Recognition.ThanksSelf"];
        }
        else if (!await db.People.AnyAsync(p => p.Id == person && p.WorkspaceId == turn.Workspace.Id && p.Reachable, cancellationToken))
        {
            errors["person"] = t["Campaigns.ChooseOne"];
        }

        if (input["words"].Length == 0)
        {
            errors["words"] = t["Recognition.ThanksWordsMissing"];
        }
        else if (input["words"].Length > MaxWords)
        {
            errors["words"] = t.Plural("Campaigns.TooLong", input["words"].Length - MaxWords, ("limit", MaxWords));
        }

        var since = turn.Now.AddDays(-1);
        if (errors.Count == 0 && await db.Thanks.CountAsync(x => x.FromId == turn.Person.Id && x.CreatedAt > since, cancellationToken) >= MostADay)
        {
            errors[""] = t.Format("Recognition.ThanksTooMany", ("most", MostADay));
        }

        return errors;
    }

    private static long Chosen(FormInput input) => long.TryParse(input["person"], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0;

    private async Task<DialogTurnResult> AskAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        var id = (long)(step.Options["person"] ?? 0L);
        var people = db.People.AsNoTracking().Where(p => p.WorkspaceId == step.Turn.Workspace.Id && p.Reachable && p.Id != step.Turn.Person.Id);
        var known = await people.Where(p => p.Id == id).ToListAsync(cancellationToken);
        var choices = known.Count > 0 ? known : await people.OrderBy(p => p.Name).ThenBy(p => p.Id).Take(MostPeople).ToListAsync(cancellationToken);
        if (choices.Count == 0)
        {
            return await step.EndDialogAsync(null, Reply.Private(Notice.Card(t, t["Recognition.ThanksNobody"])), cancellationToken);
        }

        return await step.PromptAsync(
            PromptId,
            new Form
            {
                Token = "",
                Title = t["Recognition.ThanksTitle"],
                Card = Notice.For(t,
                [
                    new InputChoiceSet
                    {
                        Id = "person",
                        Label = t["Recognition.ThanksWhom"],
                        IsRequired = true,
                        Style = "filtered",
                        ErrorMessage = t["Campaigns.ChooseOne"],
                        Value = known is [var one] ? one.Id.ToString(CultureInfo.InvariantCulture) : null,
                        Choices = [.. choices.Select(p => new Choice(p.Name, p.Id.ToString(CultureInfo.InvariantCulture)))],
                    },
                    new InputText
                    {
                        Id = "words", Label = t["Recognition.ThanksWords"], IsMultiline = true, IsRequired = true, Value = (string?)step.Options["words"] ?? "",
                        ErrorMessage = t["Recognition.ThanksWordsMissing"],
                    },
                    .. step.Turn.Conversation.Kind == ConversationKind.Personal
                        ? Array.Empty<CardElement>()
                        : [new InputToggle { Id = "public", Label = t["Recognition.ThanksPublic"], Title = t["Recognition.ThanksPublicWhat"], Value = "false" }],
                ]),
                Actions = [new FormAction("send", t["Recognition.ThanksSend"]), ComposeForms.Cancel(t)],
            },
            cancellationToken);
    }

    private async Task<DialogTurnResult> SaveAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        var input = FormPrompt.InputOf(step.Result);
        var to = await db.People.AsNoTracking().FirstAsync(p => p.Id == Chosen(input), cancellationToken);
        var thanks = new Thanks
        {
            WorkspaceId = step.Turn.Workspace.Id,
            ConversationId = step.Turn.Conversation.Id,
            FromId = step.Turn.Person.Id,
            ToId = to.Id,
            Words = Bidi.StripControls(input["words"]),
            Public = input["public"] == "true" && step.Turn.Conversation.Kind != ConversationKind.Personal,
            CreatedAt = step.Turn.Now,
        };
        db.Thanks.Add(thanks);
        await db.SaveChangesAsync(cancellationToken);
        outbox.Tell(thanks, step.Turn);
        if (thanks.Public && ThanksOutbox.MayBeNamed(to))
        {
            outbox.Show(thanks, step.Turn.Now);
        }

        return await step.EndDialogAsync(null, Reply.Private(cards.Said(thanks, to.Name, step.Turn)), cancellationToken);
    }
}
