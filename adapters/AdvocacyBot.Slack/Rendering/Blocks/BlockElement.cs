using System.Text.Json.Serialization;

namespace AdvocacyBot.Slack.Rendering.Blocks;

/// <summary>Buttons and fields, by the names of docs.slack.dev/reference/block-kit/block-elements.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Button), "button")]
[JsonDerivedType(typeof(StaticSelect), "static_select")]
[JsonDerivedType(typeof(MultiStaticSelect), "multi_static_select")]
[JsonDerivedType(typeof(RadioButtons), "radio_buttons")]
[JsonDerivedType(typeof(Checkboxes), "checkboxes")]
[JsonDerivedType(typeof(DatePicker), "datepicker")]
[JsonDerivedType(typeof(TimePicker), "timepicker")]
[JsonDerivedType(typeof(PlainTextInput), "plain_text_input")]
[JsonDerivedType(typeof(NumberInput), "number_input")]
internal abstract record BlockElement
{
    /// <summary>At most 255 characters, unique in its block.</summary>
    public required string ActionId { get; init; }
}

/// <param name="Text">At most 75 characters; clients may show fewer.</param>
internal sealed record Button(PlainText Text) : BlockElement
{
    /// <summary>At most 2000 characters.</summary>
    public string? Value { get; init; }

    /// <summary>At most 3000 characters; a press still comes to us and wants an acknowledgement.</summary>
    public string? Url { get; init; }

    /// <summary>"primary" or "danger".</summary>
    public string? Style { get; init; }

    /// <summary>Read aloud instead of the text; at most 75 characters.</summary>
    public string? AccessibilityLabel { get; init; }
}

/// <summary>Either <see cref="Options"/> (at most 100) or <see cref="OptionGroups"/> (at most 100 of 100).</summary>
internal sealed record StaticSelect : BlockElement
{
    public PlainText? Placeholder { get; init; }

    public IReadOnlyList<Option>? Options { get; init; }

    public IReadOnlyList<OptionGroup>? OptionGroups { get; init; }

    public Option? InitialOption { get; init; }
}

/// <inheritdoc cref="StaticSelect"/>
internal sealed record MultiStaticSelect : BlockElement
{
    public PlainText? Placeholder { get; init; }

    public IReadOnlyList<Option>? Options { get; init; }

    public IReadOnlyList<OptionGroup>? OptionGroups { get; init; }

    public IReadOnlyList<Option>? InitialOptions { get; init; }
}

/// <param name="Options">At most 10.</param>
internal sealed record RadioButtons(IReadOnlyList<Option> Options) : BlockElement
{
    public Option? InitialOption { get; init; }
}

/// <param name="Options">At most 10.</param>
internal sealed record Checkboxes(IReadOnlyList<Option> Options) : BlockElement
{
    public IReadOnlyList<Option>? InitialOptions { get; init; }
}

internal sealed record DatePicker : BlockElement
{
    /// <summary>YYYY-MM-DD.</summary>
    public string? InitialDate { get; init; }
}

internal sealed record TimePicker : BlockElement
{
    /// <summary>HH:mm.</summary>
    public string? InitialTime { get; init; }
}

internal sealed record PlainTextInput : BlockElement
{
    public bool? Multiline { get; init; }

    /// <summary>1 to 3000.</summary>
    public int? MaxLength { get; init; }

    public string? InitialValue { get; init; }

    /// <summary>At most 150 characters.</summary>
    public PlainText? Placeholder { get; init; }
}

internal sealed record NumberInput(bool IsDecimalAllowed) : BlockElement
{
    public string? InitialValue { get; init; }

    public string? MinValue { get; init; }

    public string? MaxValue { get; init; }

    public PlainText? Placeholder { get; init; }
}

/// <param name="Text">At most 75 characters.</param>
/// <param name="Value">1 to 75 characters (the newer pages say 150).</param>
internal sealed record Option(PlainText Text, string Value)
{
    /// <summary>At most 75 characters, below the text.</summary>
    public PlainText? Description { get; init; }
}

/// <param name="Label">At most 75 characters.</param>
/// <param name="Options">At most 100.</param>
internal sealed record OptionGroup(PlainText Label, IReadOnlyList<Option> Options);
