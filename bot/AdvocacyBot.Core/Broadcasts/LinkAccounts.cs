using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Programme;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Broadcasts;

/// <summary><c>/advocate link [code]</c>: one's accounts that are one person, and the codes that make them so; owners join workspaces in the same way.</summary>
public sealed class LinkAccounts(AdvocacyDb db, EnterCode enter, ProgrammeScope scope, ActionTokens tokens) : ICommandHandler
{
    public const string CodeVerb = "link.code";
    public const string EnterVerb = "link.enter";
    public const string SeparateVerb = "link.separate";
    public const string ProgrammeVerb = "link.programme";
    public const string LeaveVerb = "link.leave";

    public async Task<Reply> HandleAsync(CommandInvoked interaction, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(interaction);
        ArgumentNullException.ThrowIfNull(turn);
        var t = turn.Texts;
        if (interaction.Arguments.Trim() is { Length: > 0 } typed)
        {
            return Reply.Private(Notice.Card(t, await enter.RunAsync(typed, turn, cancellationToken)));
        }

        var joined = await (
            from own in db.PersonProfiles.AsNoTracking()
            join other in db.PersonProfiles.AsNoTracking() on own.HumanId equals other.HumanId
            join person in db.People.AsNoTracking() on other.PersonId equals person.Id
            join workspace in db.Workspaces.AsNoTracking() on person.WorkspaceId equals workspace.Id
            where own.PersonId == turn.Person.Id && other.PersonId != turn.Person.Id
            orderby person.Id
            select new { workspace.Platform, Workspace = workspace.Name, person.Name }).ToListAsync(cancellationToken);
        var body = new List<CardElement>
        {
            new TextBlock(t["Broadcasts.LinkTitle"]) { Weight = "Bolder", Style = "heading" },
            new TextBlock(t["Broadcasts.LinkWhat"]),
            new TextBlock(joined.Count == 0 ? t["Broadcasts.LinkNone"] : t["Broadcasts.LinkJoined"]),
        };
        if (joined.Count > 0)
        {
            body.Add(new FactSet { Facts = [.. joined.Select(j => new Fact(t[$"Broadcasts.Platform_{j.Platform}"], CardText.Escape($"{j.Name} ({j.Workspace})")))] });
        }

        var buttons = new List<CardAction> { Button(t["Broadcasts.GetCode"], CodeVerb), Button(t["Broadcasts.EnterCode"], EnterVerb) };
        if (joined.Count > 0)
        {
            buttons.Add(Button(t["Broadcasts.Separate"], SeparateVerb));
        }

        if (turn.Person.Has(Roles.Owner))
        {
            var others = (await scope.WorkspacesAsync(turn.Workspace.Id, cancellationToken)).Values.Where(w => w.Id != turn.Workspace.Id).ToList();
            body.Add(new TextBlock(others.Count == 0
                ? t["Broadcasts.ProgrammeAlone"]
                : t.Format("Broadcasts.ProgrammeWith", ("workspaces", new JoinedText(others.ConvertAll(w => CardText.Escape(w.Name)), t.Language)))) { Separator = true });
            buttons.Add(Button(t["Broadcasts.ProgrammeCode"], ProgrammeVerb));
            if (others.Count > 0)
            {
                buttons.Add(Button(t["Broadcasts.ProgrammeLeave"], LeaveVerb) with { Style = "destructive" });
            }
        }

        return Reply.Private(Notice.For(t, body, buttons));

        ExecuteAction Button(string title, string verb) => new()
        {
            Title = title,
            Verb = verb,
            Data = new ActionData(tokens.Protect(new ActionToken(verb, turn.Person.Id, turn.Person.Id, 0, 0, "", turn.Now.AddDays(1)))),
        };
    }
}

/// <summary>The buttons of <c>/advocate link</c>.</summary>
public sealed class LinkActions(AdvocacyDb db, AccountCodes codes, HumanMatch match, AuditLog audit, DialogEngine dialogs) : IActionHandler
{
    public async Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(turn);
        var t = turn.Texts;
        switch (token.Verb)
        {
            case LinkAccounts.EnterVerb:
                return await dialogs.BeginAsync(LinkDialog.DialogId, null, turn, cancellationToken);
            case LinkAccounts.SeparateVerb:
                var was = await match.SeparateAsync(turn.Person.Id, turn.Now, cancellationToken);
                return Reply.Private(Notice.Card(t, t[was ? "Broadcasts.Separated" : "Broadcasts.LinkNone"]));
            case LinkAccounts.LeaveVerb:
                return await LeaveAsync(turn, cancellationToken);
            default:
                var programme = token.Verb == LinkAccounts.ProgrammeVerb;
                var code = await codes.CreateAsync(programme ? CodePurpose.Programme : CodePurpose.Person, turn.Person.Id, turn.Workspace.Id, turn.Now, cancellationToken);
                return Reply.Private(Notice.For(t,
                [
                    new TextBlock(t[programme ? "Broadcasts.ProgrammeCodeHow" : "Broadcasts.CodeHow"]),
                    new TextBlock(Bidi.Isolate(code, Language.English)) { Weight = "Bolder", Size = "Large" },
                    new TextBlock(t.Plural("Broadcasts.CodeLasts", (long)AccountCodes.Lifetime.TotalMinutes)) { IsSubtle = true, Size = "Small" },
                ]));
        }
    }

    private async Task<Reply> LeaveAsync(TurnContext turn, CancellationToken cancellationToken)
    {
        var t = turn.Texts;
        var own = await db.Workspaces.FirstAsync(w => w.Id == turn.Workspace.Id, cancellationToken);
        var root = own.ProgrammeId ?? own.Id;
        var others = await db.Workspaces.Where(w => w.Id != own.Id && (w.Id == root || w.ProgrammeId == root)).OrderBy(w => w.Id).ToListAsync(cancellationToken);
        if (others.Count == 0)
        {
            return Reply.Private(Notice.Card(t, t["Broadcasts.ProgrammeAlone"]));
        }

        if (root == own.Id)
        {
            // The others stay together under the next one.
            foreach (var other in others)
            {
                other.ProgrammeId = other.Id == others[0].Id ? null : others[0].Id;
            }
        }

        own.ProgrammeId = null;
        audit.Note(turn, AuditActions.WorkspacesSeparated, 0, $"programme {root}", null);
        return Reply.Private(Notice.Card(t, t["Broadcasts.ProgrammeLeft"]));
    }
}

/// <summary>Asks for a code.</summary>
public sealed class LinkDialog : WaterfallDialog
{
    public const string DialogId = "link";
    public const string PromptId = "link.form";
    private readonly EnterCode enter;

    public LinkDialog(EnterCode enter)
        : base(DialogId)
    {
        this.enter = enter;
        Steps = [AskAsync, EnterAsync];
    }

    private static Task<DialogTurnResult> AskAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        return step.PromptAsync(
            PromptId,
            new Form
            {
                Token = "",
                Title = t["Broadcasts.EnterTitle"],
                Card = Notice.For(t,
                [
                    new TextBlock(t["Broadcasts.EnterHint"]),
                    new InputText { Id = "code", Label = t["Broadcasts.Code"], IsRequired = true, Placeholder = "XXXXX-XXXXX", ErrorMessage = t["Broadcasts.CodeMissing"] },
                ]),
                Actions = [new FormAction("enter", t["Broadcasts.EnterButton"]), ComposeForms.Cancel(t)],
            },
            cancellationToken);
    }

    /// <summary>After the form, not in its check: a wrong code has to be counted, and an invalid form leaves nothing behind.</summary>
    private async Task<DialogTurnResult> EnterAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        var said = await enter.RunAsync(FormPrompt.InputOf(step.Result)["code"], step.Turn, cancellationToken);
        return await step.EndDialogAsync(null, Reply.Private(Notice.Card(t, said)), cancellationToken);
    }
}
