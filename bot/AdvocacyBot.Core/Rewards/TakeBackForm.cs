using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Localization;

namespace AdvocacyBot.Core.Rewards;

/// <summary>Asks which of the latest rows is taken back, and why: the same for rewards and for spending.</summary>
internal static class TakeBackForm
{
    /// <summary>The latest; Slack takes 100 options of 75 characters.</summary>
    public const int Shown = 100;

    private const int LongestChoice = 75;

    /// <param name="t">Of the reader.</param>
    /// <param name="which">Name of the field of the rows.</param>
    /// <param name="how">What taking back does.</param>
    /// <param name="whyMissing">Said where no reason is given.</param>
    /// <param name="rows">Each with its id.</param>
    public static AdaptiveCard Card(Texts t, string which, string how, string whyMissing, IEnumerable<(string Title, string Id)> rows) => Notice.For(t,
    [
        new InputChoiceSet
        {
            Id = which,
            Label = t["Rewards.Which"],
            IsRequired = true,
            Style = "filtered",
            ErrorMessage = t["Campaigns.ChooseOne"],
            Choices = [.. rows.Select(row => new Choice(row.Title.Length <= LongestChoice ? row.Title : row.Title[..(LongestChoice - 1)] + "…", row.Id))],
        },
        new InputText { Id = "reason", Label = t["Rewards.Why"], IsMultiline = true, IsRequired = true, Value = "", ErrorMessage = whyMissing },
        new TextBlock(how) { IsSubtle = true, Size = "Small" },
    ]);

    /// <returns>By field; empty: all is well.</returns>
    public static IReadOnlyDictionary<string, string> Check(FormInput input, Texts t, string which, string whyMissing)
    {
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        if (input[which].Length == 0)
        {
            errors[which] = t["Campaigns.ChooseOne"];
        }

        if (input["reason"].Length is 0 or > GiveDialog.MaxReason)
        {
            errors["reason"] = input["reason"].Length == 0
                ? whyMissing
                : t.Plural("Campaigns.TooLong", input["reason"].Length - GiveDialog.MaxReason, ("limit", GiveDialog.MaxReason));
        }

        return errors;
    }
}
