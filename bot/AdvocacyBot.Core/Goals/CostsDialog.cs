using System.Globalization;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Networks;
using AdvocacyBot.Core.Programme;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Goals;

/// <summary>What a click costs the company elsewhere, by network, one currency at a time.</summary>
public sealed class CostsDialog : WaterfallDialog
{
    public const string DialogId = "goal.costs";
    public const string PromptId = "goal.costs.form";

    private const string Cost = "cost_";
    private const decimal LargestCost = 100_000m;
    private const int Decimals = 4;

    private readonly AdvocacyDb db;
    private readonly AuditLog audit;
    private readonly NetworkCatalogue networks;

    public CostsDialog(AdvocacyDb db, AuditLog audit, NetworkCatalogue networks)
        : base(DialogId)
    {
        this.db = db;
        this.audit = audit;
        this.networks = networks;
        Steps = [AskAsync, SaveAsync];
    }

    public override Roles For => Roles.Owner;

    internal static Task<IReadOnlyDictionary<string, string>> CheckAsync(FormInput input, DialogContext context, CancellationToken cancellationToken)
    {
        var t = context.Turn.Texts;
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!GoalCheck.IsCurrency(input["currency"].ToUpperInvariant()))
        {
            errors["currency"] = t["Goals.CurrencyMissing"];
        }

        foreach (var field in input.Inputs.Keys.Where(id => id.StartsWith(Cost, StringComparison.Ordinal) && input[id].Length > 0 && Parse(input[id]) is null))
        {
            errors[field] = t["Goals.CostBroken"];
        }

        return Task.FromResult<IReadOnlyDictionary<string, string>>(errors);
    }

    private async Task<DialogTurnResult> AskAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        var costs = await db.ClickCosts.AsNoTracking().Where(c => c.WorkspaceId == step.Turn.Workspace.Id).OrderBy(c => c.Currency).ToListAsync(cancellationToken);
        var currency = costs.FirstOrDefault()?.Currency;
        var shown = costs.Where(c => c.Currency == currency).ToDictionary(c => c.Network, StringComparer.Ordinal);
        return await step.PromptAsync(
            PromptId,
            new Form
            {
                Token = "",
                Title = t["Goals.CostsTitle"],
                Card = Notice.For(t,
                [
                    new TextBlock(t["Goals.CostsWhat"]),
                    new InputText { Id = "currency", Label = t["Goals.CostsCurrency"], IsRequired = true, Value = currency, MaxLength = 3, ErrorMessage = t["Goals.CurrencyMissing"] },
                    Field(ClickCost.AnyNetwork, t["Goals.CostsOther"]),
                    .. networks.All.Select(network => Field(network.Key, network.Name(t.Language))),
                    new InputToggle
                    {
                        Id = "opened",
                        Label = t["Goals.CostsOpenedLabel"],
                        Title = t["Goals.CostsOpened"],
                        Value = shown.Values.Any(c => c.CountsOpened) ? "true" : "false",
                    },
                ]),
                Actions = [new FormAction("save", t["Dialogs.Save"]), ComposeForms.Cancel(t)],
            },
            cancellationToken);

        InputText Field(string network, string label) => new()
        {
            Id = FieldOf(network),
            Label = label,
            Value = shown.GetValueOrDefault(network)?.Cost.ToString("0.####", CultureInfo.InvariantCulture),
            MaxLength = 12,
        };
    }

    private async Task<DialogTurnResult> SaveAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        var input = FormPrompt.InputOf(step.Result);
        var currency = input["currency"].ToUpperInvariant();
        var old = await db.ClickCosts.Where(c => c.WorkspaceId == step.Turn.Workspace.Id && c.Currency == currency).ToListAsync(cancellationToken);
        var before = Trace(old);
        List<ClickCost> next =
        [
            .. networks.All.Select(network => network.Key).Prepend(ClickCost.AnyNetwork)
                .Select(network => (Network: network, Cost: Parse(input[FieldOf(network)])))
                .Where(cost => cost.Cost is not null)
                .Select(cost => new ClickCost
                {
                    WorkspaceId = step.Turn.Workspace.Id, Currency = currency, Network = cost.Network, Cost = cost.Cost!.Value, CountsOpened = input["opened"] == "true",
                }),
        ];
        db.ClickCosts.RemoveRange(old);
        await db.SaveChangesAsync(cancellationToken);
        db.ClickCosts.AddRange(next);
        if (before != Trace(next))
        {
            audit.Note(step.Turn, AuditActions.CostsChanged, 0, before, Trace(next));
        }

        return await step.EndDialogAsync(
            null, Reply.Private(Notice.Card(t, t.Format(next.Count == 0 ? "Goals.CostsRemoved" : "Goals.CostsSaved", ("currency", currency)))), cancellationToken);
    }

    private static string? Trace(List<ClickCost> costs) => costs.Count == 0 ? null : string.Create(
        CultureInfo.InvariantCulture,
        $"{costs[0].Currency} {string.Join(' ', costs.OrderBy(c => c.Network, StringComparer.Ordinal).Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Network}={c.Cost:0.####}")))}{(costs[0].CountsOpened ? " opened" : "")}");

    private static string FieldOf(string network) => Cost + (network == ClickCost.AnyNetwork ? "other" : network);

    private static decimal? Parse(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var cost)
        && cost is >= 0 and <= LargestCost && decimal.Round(cost, Decimals) == cost
            ? cost
            : null;
}
