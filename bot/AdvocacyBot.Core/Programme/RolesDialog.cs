using System.Globalization;
using System.Text.Json.Nodes;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Programme;

/// <summary>Picks a person, then their roles.</summary>
public sealed class RolesDialog : WaterfallDialog
{
    public const string DialogId = "roles";
    public const string PersonPrompt = "roles.person";
    public const string RolesPrompt = "roles.roles";

    /// <summary>Slack takes 100 options.</summary>
    private const int MostPeople = 100;
    private readonly AdvocacyDb db;
    private readonly SetRoles set;
    private readonly FixedRoles settings;

    public RolesDialog(AdvocacyDb db, SetRoles set, FixedRoles settings)
        : base(DialogId)
    {
        this.db = db;
        this.set = set;
        this.settings = settings;
        Steps = [PersonAsync, RolesAsync, SaveAsync];
    }

    public override Roles For => Roles.Owner;

    /// <param name="typed">Part of a name, a mention or an id; "" for everybody.</param>
    public static JsonObject With(string typed) => new() { ["typed"] = typed };

    private async Task<DialogTurnResult> PersonAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        var typed = PersonNamed.Parse((string?)step.Options["typed"] ?? "");
        var found = await PersonNamed.FindAsync(db, step.Turn.Workspace.Id, typed, MostPeople, cancellationToken);
        if (found.Count == 0)
        {
            return await step.EndDialogAsync(null, Reply.Private(Notice.Card(t, t.Format("Programme.PersonNotFound", ("typed", CardText.Escape(typed))))), cancellationToken);
        }

        if (typed.Length > 0 && found.Count == 1)
        {
            step.Values["person"] = found[0].Id;
            return await step.NextAsync(null, cancellationToken);
        }

        return await step.PromptAsync(
            PersonPrompt,
            new Form
            {
                Token = "",
                Title = t["Programme.PersonTitle"],
                Card = Notice.For(t,
                [
                    new InputChoiceSet
                    {
                        Id = "person",
                        Label = t["Programme.Person"],
                        IsRequired = true,
                        Style = "filtered",
                        ErrorMessage = t["Campaigns.ChooseOne"],
                        Choices = [.. found.Select(p => new Choice(
                            p.Roles == Roles.None ? p.Name : $"{p.Name} ({ManageRoles.Names(p.Roles, t)})", p.Id.ToString(CultureInfo.InvariantCulture)))],
                    },
                    new TextBlock(t["Programme.PersonHint"]) { IsSubtle = true, Size = "Small" },
                ]),
                Actions = [new FormAction("next", t["Campaigns.Next"]), ComposeForms.Cancel(t)],
            },
            cancellationToken);
    }

    private async Task<DialogTurnResult> RolesAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        if (step.Result is not null)
        {
            step.Values["person"] = long.TryParse(FormPrompt.InputOf(step.Result)["person"], NumberStyles.None, CultureInfo.InvariantCulture, out var chosen) ? chosen : 0;
        }

        var id = (long)step.Values["person"]!;
        var person = await db.People.AsNoTracking().FirstOrDefaultAsync(p => p.Id == id && p.WorkspaceId == step.Turn.Workspace.Id, cancellationToken);
        if (person is null)
        {
            return await step.EndDialogAsync(null, Reply.Private(Notice.Card(t, t["Programme.PersonGone"])), cancellationToken);
        }

        var name = ("person", (object?)CardText.Escape(person.Name));
        if (settings.Of(step.Turn.Workspace.Ref, person.ExternalId) is not null)
        {
            return await step.EndDialogAsync(null, Reply.Private(Notice.Card(t, t.Format("Programme.RolesAreFixed", name))), cancellationToken);
        }

        return await step.PromptAsync(
            RolesPrompt,
            new Form
            {
                Token = "",
                Title = t["Programme.RolesTitle"],
                Card = Notice.For(t,
                [
                    new TextBlock(t.Format("Programme.RolesOf", name)) { Weight = "Bolder" },
                    .. ManageRoles.Each.Select(role => new InputToggle
                    {
                        Id = role.ToString(),
                        Label = t[$"Programme.Role{role}"],
                        Title = t[$"Programme.Role{role}May"],
                        Value = person.Roles.HasFlag(role) ? "true" : "false",
                    }),
                ]),
                Actions = [new FormAction("save", t["Dialogs.Save"]), ComposeForms.Cancel(t)],
            },
            cancellationToken);
    }

    private async Task<DialogTurnResult> SaveAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        var input = FormPrompt.InputOf(step.Result);
        var wanted = ManageRoles.Each.Where(role => input[role.ToString()] == "true").Aggregate(Roles.None, (all, role) => all | role);
        var (person, outcome) = await set.RunAsync((long)step.Values["person"]!, wanted, step.Turn, cancellationToken);
        return await step.EndDialogAsync(
            null,
            Reply.Private(Notice.Card(t, t.Format(
                $"Programme.Roles{outcome}",
                ("person", CardText.Escape(person?.Name ?? "")),
                ("roles", ManageRoles.Names(wanted, t))))),
            cancellationToken);
    }
}
