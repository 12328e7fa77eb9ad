using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Slack.Rendering.Blocks;

namespace AdvocacyBot.Slack.Rendering;

/// <summary>
/// Choices: boxes or round buttons where all are to be seen ("expanded") and there are at most 10, else a menu, which can be searched by typing; over 100 in groups.
/// </summary>
internal static class ChoiceFields
{
    /// <returns>Null where there is nothing to choose.</returns>
    public static BlockElement? Of(InputChoiceSet set, string id, bool rightToLeft, Language language)
    {
        // Slack wants values of 1 to 75 characters, each once.
        var choices = set.Choices.Where(choice => choice.Value.Length is > 0 and <= Limits.OptionValue).DistinctBy(choice => choice.Value)
            .Take(Limits.SelectOptions * Limits.SelectGroups).ToList();
        if (choices.Count == 0)
        {
            return null;
        }

        var options = choices.ConvertAll(choice => Of(choice, rightToLeft));
        var chosen = FieldBlocks.Chosen(set).Select(choice => choice.Value).ToHashSet(StringComparer.Ordinal);
        var initial = options.FindAll(option => chosen.Contains(option.Value));
        var action = ActionIds.ForField(id);
        var boxes = set.Style == "expanded" && options.Count <= Limits.BoxOptions;
        var many = options.Count > Limits.SelectOptions;
        var placeholder = FieldBlocks.Placeholder(set.Placeholder, rightToLeft);
        return (set.IsMultiSelect is true, boxes) switch
        {
            (true, true) => new Checkboxes(options) { ActionId = action, InitialOptions = initial.Count > 0 ? initial : null },
            (false, true) => new RadioButtons(options) { ActionId = action, InitialOption = initial.FirstOrDefault() },
            (true, false) => new MultiStaticSelect
            {
                ActionId = action,
                Placeholder = placeholder,
                Options = many ? null : options,
                OptionGroups = many ? Groups(options, rightToLeft, language) : null,
                InitialOptions = initial.Count > 0 ? initial : null,
            },
            (false, false) => new StaticSelect
            {
                ActionId = action,
                Placeholder = placeholder,
                Options = many ? null : options,
                OptionGroups = many ? Groups(options, rightToLeft, language) : null,
                InitialOption = initial.FirstOrDefault(),
            },
        };
    }

    /// <summary>What does not fit the option's line goes on below it.</summary>
    public static Option Of(Choice choice, bool rightToLeft)
    {
        var title = choice.Title.Length > 0 ? choice.Title : choice.Value;
        var directed = FieldBlocks.Directed(title, rightToLeft);
        if (SlackText.Plain(directed).Length <= Limits.OptionText)
        {
            return new Option(new PlainText(SlackText.Plain(directed)), choice.Value);
        }

        var pieces = Cutter.Split(title, Limits.OptionText - 5).ToList();
        return new Option(new PlainText(Fit.Plain(FieldBlocks.Directed(pieces[0], rightToLeft) + "…", Limits.OptionText)), choice.Value)
        {
            Description = pieces.Count > 1 ? new PlainText(Fit.Plain(FieldBlocks.Directed("…" + string.Concat(pieces.Skip(1)), rightToLeft), Limits.OptionText)) : null,
        };
    }

    private static List<OptionGroup> Groups(List<Option> options, bool rightToLeft, Language language) => [.. options.Chunk(Limits.SelectOptions).Select((chunk, i) =>
    {
        var from = (i * Limits.SelectOptions) + 1;
        var label = RenderingTexts.In(language).Format("SlackCards.Group", ("from", from), ("to", from + chunk.Length - 1));
        return new OptionGroup(new PlainText(Fit.Plain(FieldBlocks.Directed(label, rightToLeft), Limits.OptionText)), chunk);
    })];
}
