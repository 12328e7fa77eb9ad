using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Rewards;

namespace AdvocacyBot.Core.Budgets;

/// <summary>Tells owners that more was spent than planned, while it is so.</summary>
public sealed class BudgetNotes(ReadBudgets budgets) : INote
{
    public const string Overspent = "budget.overspent";

    public IReadOnlyCollection<string> Topics { get; } = [Overspent];

    public async Task<NoteText?> BuildAsync(Data.Delivery note, Person person, Texts texts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(note);
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(texts);
        var budget = (await budgets.RunAsync(note.WorkspaceId, cancellationToken)).FirstOrDefault(b => b.Id == note.SubjectId);
        return budget is not { Left: < 0 } || (person.Roles & Roles.Owner) == Roles.None
            ? null
            : new NoteText(
                Notice.For(
                    texts,
                    [
                        new TextBlock(texts["Budget.OverspentTitle"]) { Size = "Medium", Weight = "Bolder", Style = "heading" },
                        new TextBlock(BudgetWords.Title(budget, texts)),
                        BudgetWords.Line(budget, texts),
                        new TextBlock(texts["Budget.OverspentHow"]) { IsSubtle = true, Size = "Small" },
                    ]),
                texts["Budget.OverspentTitle"]);
    }
}
