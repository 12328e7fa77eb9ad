using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Links;
using AdvocacyBot.Core.Programme;
using AdvocacyBot.Core.Suggestions;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.People;

/// <summary><c>/advocate me</c>: own numbers, seen by nobody else, and own settings.</summary>
public sealed class Me(AdvocacyDb db, ActionTokens tokens) : ICommandHandler
{
    public const string SettingsVerb = "me.settings";
    public const string LeaveVerb = "me.leave";
    public const string JoinVerb = "me.join";

    public async Task<Reply> HandleAsync(CommandInvoked interaction, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var t = turn.Texts;
        var shares = await db.Shares.AsNoTracking().Where(s => s.PersonId == turn.Person.Id)
            .Select(s => new { s.Id, s.ConversationId }).ToListAsync(cancellationToken);
        var ids = shares.ConvertAll(s => (long?)s.Id);
        var channels = shares.Select(s => s.ConversationId).Distinct().ToList();
        var rungs = await db.Ledger.AsNoTracking()
            .Where(e => channels.Contains(e.ConversationId) && e.PersonId == turn.Person.Id && ids.Contains(e.ShareId))
            .GroupBy(e => new { e.Kind, e.ShareId })
            .Select(g => new { g.Key.Kind, Sum = g.Sum(e => e.Amount) })
            .Where(g => g.Sum > 0)
            .ToListAsync(cancellationToken);
        var clicks = await db.Clicks.CountAsync(
            c => channels.Contains(c.ConversationId) && c.Class == (int)ClickClass.Human && ids.Contains(c.ShareId), cancellationToken);

        var fetched = await db.Clicks.AsNoTracking()
            .Where(c => channels.Contains(c.ConversationId) && c.Class == (int)ClickClass.Crawler && ids.Contains(c.ShareId))
            .LeftJoin(db.UserAgents, c => c.UserAgentId, a => a.Id, (c, a) => new { c.ShareId, Network = a!.Network ?? c.Network })
            .Distinct().CountAsync(cancellationToken);
        var converted = await db.Conversions.AsNoTracking()
            .Where(c => c.PersonId == turn.Person.Id && c.WorkspaceId == turn.Workspace.Id && c.CampaignId != null && c.Type != null && c.ReversedAt == null)
            .GroupBy(c => c.Type).Select(g => new { Type = g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Type!.Value, g => g.Count, cancellationToken);

        int Count(LedgerKind kind) => rungs.Count(r => r.Kind == kind);
        var joined = turn.Person.ConsentedAt is not null;
        return Reply.Private(Notice.For(
            t,
            [
                new TextBlock(t["People.MeTitle"]) { Weight = "Bolder", Style = "heading" },
                new FactSet
                {
                    Facts =
                    [
                        new(t["Campaigns.RungOpened"], t.Number(Count(LedgerKind.Opened))),
                        new(t["Campaigns.RungSaid"], t.Number(Count(LedgerKind.Said))),
                        new(t["Campaigns.RungPosted"], t.Number(Count(LedgerKind.Posted))),
                        new(t["Campaigns.RungFetched"], t.Number(fetched)),
                        new(t["Campaigns.RungClicked"], t.Number(clicks)),
                        .. converted.OrderBy(c => c.Key).Select(c => new Fact(t[c.Key == ConversionType.Applicant ? "Conversions.Applicants" : "Conversions.Leads"], t.Number(c.Value))),
                        new(t["People.Membership"], t[joined ? "People.Joined" : "People.NotJoined"]),
                        new(t["People.Language"], turn.Person.Language is null ? t["People.LanguageChannel"] : t[$"Common.Language_{turn.Person.Language.Code}"]),
                        new(t["People.ByName"], t[turn.Person.AppearByName ? "Common.Yes" : "Common.No"]),
                    ],
                },
                new TextBlock(t["People.MePrivate"]) { IsSubtle = true, Size = "Small" },
            ],
            [
                Button(t["People.ChangeSettings"], SettingsVerb, turn),
                joined ? Button(t["People.Leave"], LeaveVerb, turn) with { Style = "destructive" } : Button(t["Sharing.Join"], JoinVerb, turn),
            ]));
    }

    private ExecuteAction Button(string title, string verb, TurnContext turn) => new()
    {
        Title = title,
        Verb = verb,
        Data = new ActionData(tokens.Protect(new ActionToken(verb, turn.Person.Id, turn.Conversation.Id, 0, 0, "", turn.Now.AddDays(30)))),
    };
}

/// <summary>The buttons of <c>/advocate me</c>.</summary>
public sealed class MeActions(AdvocacyDb db, DialogEngine dialogs, HideName hide, PeopleDirectory directory, AfterCommit afterCommit) : IActionHandler
{
    public async Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(turn);
        switch (token.Verb)
        {
            case Me.SettingsVerb:
                return await dialogs.BeginAsync(MeDialog.DialogId, null, turn, cancellationToken);
            case Me.JoinVerb:
                return await dialogs.BeginAsync(Sharing.JoinDialog.DialogId, Sharing.JoinDialog.With(null, turn.Conversation.Id), turn, cancellationToken);
            default:
                var person = await db.People.FirstAsync(p => p.Id == turn.Person.Id, cancellationToken);
                person.ConsentedAt = null;
                person.PolicyVersion = null;
                person.AppearByName = false;
                await hide.RunAsync(person.Id, turn.Now, cancellationToken);
                afterCommit.Add(directory.Forget);
                return Reply.ReplaceCard(Notice.Card(turn.Texts, turn.Texts["People.Left"]));
        }
    }
}

/// <summary>Own language and whether to be thanked by name.</summary>
public sealed class MeDialog : WaterfallDialog
{
    public const string DialogId = "me.settings";
    public const string PromptId = "me.settings.form";
    private readonly AdvocacyDb db;
    private readonly HideName hide;
    private readonly PeopleDirectory directory;
    private readonly AfterCommit afterCommit;

    public MeDialog(AdvocacyDb db, HideName hide, PeopleDirectory directory, AfterCommit afterCommit)
        : base(DialogId)
    {
        this.db = db;
        this.hide = hide;
        this.directory = directory;
        this.afterCommit = afterCommit;
        Steps = [AskAsync, SaveAsync];
    }

    private static Task<DialogTurnResult> AskAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        return step.PromptAsync(
            PromptId,
            new Form
            {
                Token = "",
                Title = t["People.SettingsTitle"],
                Card = Notice.For(t,
                [
                    Campaigns.ComposeForms.LanguageChoice("language", t["People.Language"], step.Turn.Language.Code, t),
                    new InputToggle { Id = "appear", Label = t["Sharing.AppearLabel"], Title = t["Sharing.AppearByName"], Value = step.Turn.Person.AppearByName ? "true" : "false" },
                ]),
                Actions = [new FormAction("save", t["Dialogs.Save"]), Campaigns.ComposeForms.Cancel(t)],
            },
            cancellationToken);
    }

    private async Task<DialogTurnResult> SaveAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var input = FormPrompt.InputOf(step.Result);
        var person = await db.People.FirstAsync(p => p.Id == step.Turn.Person.Id, cancellationToken);
        var language = Localization.Language.Find(input["language"]) ?? step.Turn.Language;
        person.Language = language.Code;
        var named = input["appear"] == "true";
        if (person.AppearByName && !named)
        {
            await hide.RunAsync(person.Id, step.Turn.Now, cancellationToken);
        }

        person.AppearByName = named;
        afterCommit.Add(directory.Forget);
        var t = Localization.Texts.In(language);
        return await step.EndDialogAsync(null, Reply.Private(Notice.Card(t, t["People.Saved"])), cancellationToken);
    }
}
