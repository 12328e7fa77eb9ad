using System.Globalization;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Programme;
using AdvocacyBot.Core.Suggestions;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Assistance;

/// <summary><c>/advocate answers [page]</c>: the approved answers that colleagues are shown first.</summary>
public sealed class ManageAnswers(AnswerList list) : ICommandHandler
{
    public async Task<Reply> HandleAsync(CommandInvoked interaction, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(interaction);
        var page = int.TryParse(interaction.Arguments.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : 1;
        return Reply.Private(await list.CardAsync(page, said: null, turn, cancellationToken));
    }
}

/// <summary>Makes the list, after whatever was done.</summary>
public sealed class AnswerList(AdvocacyDb db, ActionTokens tokens)
{
    public const string Add = "answer.add";
    public const string Edit = "answer.edit";
    public const string Remove = "answer.remove";
    private const int PageSize = 5;
    private const int LongestQuote = 400;

    public async Task<AdaptiveCard> CardAsync(int page, string? said, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var t = turn.Texts;
        var all = db.ApprovedAnswers.AsNoTracking().Where(a => a.WorkspaceId == turn.Workspace.Id);
        var total = await all.CountAsync(cancellationToken);
        var pages = Math.Max(1, (total + PageSize - 1) / PageSize);
        page = Math.Clamp(page, 1, pages);
        var shown = await all.OrderByDescending(a => a.Uses).ThenByDescending(a => a.Id).Skip((page - 1) * PageSize).Take(PageSize).ToListAsync(cancellationToken);
        List<CardElement> body = said is null ? [] : [new TextBlock(said)];
        body.Add(new TextBlock(total == 0 ? t["Assistance.LibraryEmpty"] : t.Plural("Assistance.LibraryTitle", total)) { Weight = "Bolder", Size = "Medium", Style = "heading" });
        body.AddRange(shown.Select(answer => Row(answer, turn)));
        body.Add(new TextBlock(t["Assistance.LibraryHow"]) { IsSubtle = true, Size = "Small", Separator = true });
        if (pages > 1)
        {
            body.Add(new TextBlock(t.Format("Campaigns.ListPage", ("page", page), ("pages", pages), ("command", $"/advocate answers {page % pages + 1}"))) { IsSubtle = true });
        }

        return Notice.For(t, body, [Button(t["Assistance.LibraryAdd"], Add, 0, turn)]);
    }

    private Container Row(ApprovedAnswer answer, TurnContext turn)
    {
        var t = turn.Texts;
        return new Container
        {
            Separator = true,
            Rtl = t.Language.RightToLeft,
            Items =
            [
                new TextBlock(Bidi.Isolate(CardText.Escape(answer.Occasion), t.Language)) { Weight = "Bolder" },
                SuggestionCards.Quote(answer.Text.Length <= LongestQuote ? answer.Text : string.Concat(answer.Text.AsSpan(0, LongestQuote - 2), "…"), t),
                .. answer.Uses == 0 ? Array.Empty<CardElement>() : [new TextBlock(t.Plural("Assistance.LibraryUses", answer.Uses)) { IsSubtle = true, Size = "Small" }],
                new ActionSet { Actions = [Button(t["Assistance.LibraryEdit"], Edit, answer.Id, turn), Button(t["Assistance.LibraryRemove"], Remove, answer.Id, turn) with { Style = "destructive" }] },
            ],
        };
    }

    private ExecuteAction Button(string title, string verb, long answerId, TurnContext turn) => new()
    {
        Title = title,
        Verb = verb,
        Data = new ActionData(tokens.Protect(new ActionToken(verb, turn.Person.Id, answerId, 0, 0, "", turn.Now.AddDays(1)))),
    };
}

/// <summary>The buttons of the list.</summary>
public sealed class ChangeAnswers(AdvocacyDb db, AnswerList list, AuditLog audit, DialogEngine dialogs) : IActionHandler
{
    public async Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(turn);
        if (token.Verb != AnswerList.Remove)
        {
            return await dialogs.BeginAsync(KeepAnswerDialog.DialogId, KeepAnswerDialog.With(token.Verb == AnswerList.Add ? null : token.Subject), turn, cancellationToken);
        }

        var removed = await db.ApprovedAnswers.Where(a => a.Id == token.Subject && a.WorkspaceId == turn.Workspace.Id).ExecuteDeleteAsync(cancellationToken);
        if (removed > 0)
        {
            audit.Note(turn, AuditActions.AnswerRemoved, token.Subject, null, null);
        }

        return Reply.ReplaceCard(await list.CardAsync(1, turn.Texts[removed > 0 ? "Assistance.LibraryRemoved" : "Assistance.LibraryGone"], turn, cancellationToken));
    }
}
