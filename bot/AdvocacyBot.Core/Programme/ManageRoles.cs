using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Localization;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Programme;

/// <summary><c>/advocate roles [name]</c>: who has which role, and the way to change it.</summary>
public sealed class ManageRoles(AdvocacyDb db, DialogEngine dialogs, ActionTokens tokens, FixedRoles settings) : ICommandHandler
{
    public const string ChangeVerb = "roles.change";

    public static readonly IReadOnlyList<Roles> Each = [Roles.Owner, Roles.Comms, Roles.Approver, Roles.Sponsor];

    public async Task<Reply> HandleAsync(CommandInvoked interaction, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(interaction);
        ArgumentNullException.ThrowIfNull(turn);
        var t = turn.Texts;
        var typed = interaction.Arguments.Trim();
        if (typed.Length > 0)
        {
            return await dialogs.BeginAsync(RolesDialog.DialogId, RolesDialog.With(typed), turn, cancellationToken);
        }

        var holders = await db.People.AsNoTracking().Where(p => p.WorkspaceId == turn.Workspace.Id && p.Roles != Roles.None)
            .OrderBy(p => p.Name).ThenBy(p => p.Id).ToListAsync(cancellationToken);
        return Reply.Private(Notice.For(
            t,
            [
                new TextBlock(t["Programme.RolesTitle"]) { Weight = "Bolder", Style = "heading" },
                new FactSet { Facts = [.. holders.Select(Row)] },
                new TextBlock(t["Programme.RolesHow"]) { IsSubtle = true, Size = "Small" },
            ],
            [
                new ExecuteAction
                {
                    Title = t["Programme.RolesChange"],
                    Verb = ChangeVerb,
                    Data = new ActionData(tokens.Protect(new ActionToken(ChangeVerb, turn.Person.Id, 0, 0, 0, "", turn.Now.AddDays(1)))),
                },
            ]));

        Fact Row(Person person)
        {
            var held = Names(person.Roles, t);
            return new Fact(
                Bidi.Isolate(CardText.Escape(person.Name), t.Language),
                settings.Of(turn.Workspace.Ref, person.ExternalId) is null ? held : t.Format("Programme.RolesFixed", ("roles", held)));
        }
    }

    /// <summary>The roles in words, or "employee".</summary>
    public static string Names(Roles roles, Texts texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return roles == Roles.None
            ? texts["Programme.RoleEmployee"]
            : string.Join(", ", Each.Where(role => roles.HasFlag(role)).Select(role => texts[$"Programme.Role{role}"]));
    }
}

/// <summary>The button that opens the choice of a person.</summary>
public sealed class ChangeRoles(DialogEngine dialogs) : IActionHandler
{
    public Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken) =>
        dialogs.BeginAsync(RolesDialog.DialogId, RolesDialog.With(""), turn, cancellationToken);
}
