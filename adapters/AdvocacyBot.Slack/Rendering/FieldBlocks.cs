using System.Globalization;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Slack.Rendering.Blocks;

namespace AdvocacyBot.Slack.Rendering;

/// <summary>Inputs of a form as fields of a modal.</summary>
/// <param name="nonce">Begins every block id, new on every render, so that Slack shows what the form holds and not what was typed into another one.</param>
internal sealed class FieldBlocks(string nonce)
{
    public Block Of(InputElement input, bool rightToLeft, Language language)
    {
        var id = input.Id ?? "";
        var element = input switch
        {
            InputText text => Of(text, id, rightToLeft),
            InputNumber number => Of(number, id, rightToLeft),
            InputDate date => new DatePicker { ActionId = ActionIds.ForField(id), InitialDate = DateOnly.TryParseExact(date.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? date.Value : null },
            InputTime time => new TimePicker { ActionId = ActionIds.ForField(id), InitialTime = TimeOnly.TryParseExact(time.Value, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? time.Value : null },
            InputToggle toggle => Of(toggle, id, rightToLeft),
            InputChoiceSet choices => ChoiceFields.Of(choices, id, rightToLeft, language),
            _ => null,
        };
        var label = Directed(Label(input), rightToLeft);
        return element is null
            ? new ContextBlock([new PlainText(Fit.Plain($"{label}: {Directed(RenderingTexts.In(language)["SlackCards.NothingToChoose"], rightToLeft)}", Limits.Text))])
            : new InputBlock(new PlainText(Fit.Plain(label, Limits.Label)), element)
            {
                BlockId = ActionIds.BlockFor(nonce, id),
                Optional = IsRequired(input, element) ? null : true,
            };
    }

    // A toggle may stay off. What is chosen from the start is changed rather than taken away.
    private static bool IsRequired(InputElement input, BlockElement element) =>
        element is StaticSelect { InitialOption: not null } or RadioButtons { InitialOption: not null } || (input.IsRequired is true && input is not InputToggle);

    /// <summary>An input where there can be no field: its name and what it holds.</summary>
    public static (string Title, string Value) AsFact(InputElement input) => (CardText.Escape(Label(input)), CardText.Escape(input switch
    {
        InputText text => text.Value ?? "",
        InputNumber number => number.Value?.ToString(CultureInfo.InvariantCulture) ?? "",
        InputDate date => date.Value ?? "",
        InputTime time => time.Value ?? "",
        InputToggle toggle => $"{(toggle.Value == "true" ? "☑" : "☐")} {toggle.Title}",
        InputChoiceSet choices => string.Join(", ", Chosen(choices).Select(choice => choice.Title)),
        _ => "",
    }));

    internal static PlainText? Placeholder(string? text, bool rightToLeft) =>
        string.IsNullOrEmpty(text) ? null : new PlainText(Fit.Plain(Directed(text, rightToLeft), Limits.Placeholder));

    internal static IEnumerable<Choice> Chosen(InputChoiceSet set)
    {
        var values = (set.Value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);
        return set.Choices.Where(choice => values.Contains(choice.Value, StringComparer.Ordinal));
    }

    internal static string Directed(string text, bool rightToLeft) => Bidirectional.Lines(text, rightToLeft);

    private static string Label(InputElement input) => input.Label is { Length: > 0 } label ? label : (input as InputToggle)?.Title is { Length: > 0 } title ? title : input.Id ?? "…";

    private static PlainTextInput Of(InputText text, string id, bool rightToLeft)
    {
        var most = Math.Clamp(text.MaxLength ?? Limits.InputValue, 1, Limits.InputValue);
        return new PlainTextInput
        {
            ActionId = ActionIds.ForField(id),
            Multiline = text.IsMultiline is true ? true : null,
            MaxLength = text.MaxLength is null ? null : most,
            InitialValue = text.Value is { Length: > 0 } value ? Cutter.Cut(value, most) : null,
            Placeholder = Placeholder(text.Placeholder, rightToLeft),
        };
    }

    private static NumberInput Of(InputNumber number, string id, bool rightToLeft)
    {
        var fits = number.Value is { } value && value >= (number.Min ?? double.MinValue) && value <= (number.Max ?? double.MaxValue);
        return new NumberInput(!(IsWhole(number.Value) && IsWhole(number.Min) && IsWhole(number.Max)))
        {
            ActionId = ActionIds.ForField(id),
            InitialValue = fits ? Invariant(number.Value) : null,
            MinValue = Invariant(number.Min),
            MaxValue = Invariant(number.Max),
            Placeholder = Placeholder(number.Placeholder, rightToLeft),
        };
    }

    private static Checkboxes Of(InputToggle toggle, string id, bool rightToLeft)
    {
        var option = ChoiceFields.Of(new Choice(toggle.Title, "true"), rightToLeft);
        return new Checkboxes([option]) { ActionId = ActionIds.ForToggle(id), InitialOptions = toggle.Value == "true" ? [option] : null };
    }

    private static bool IsWhole(double? value) => value is not { } number || Math.Floor(number) == number;

    private static string? Invariant(double? value) => value?.ToString(CultureInfo.InvariantCulture);
}
