using System.Text.Json.Serialization;

namespace AdvocacyBot.Core.Cards;

/// <summary>
/// The part of Adaptive Cards 1.5 that our features use; names are the schema's own (adaptivecards.io/explorer).
/// Immutable data: build it, render it, compare it.
/// </summary>
public sealed record AdaptiveCard
{
    [JsonPropertyOrder(-3)]
    public string Type => "AdaptiveCard";

    /// <summary>1.5 is the highest version Teams takes from bots.</summary>
    [JsonPropertyOrder(-2)]
    public string Version => "1.5";

    /// <summary>BCP 47 tag of the texts.</summary>
    public string? Lang { get; init; }

    /// <summary>Direction of the whole card; Teams reads it on the card, on containers, columns and table cells only.</summary>
    public bool? Rtl { get; init; }

    /// <summary>Said by clients that cannot show the card.</summary>
    public string? FallbackText { get; init; }

    /// <summary>Read aloud instead of the whole card by screen readers.</summary>
    public string? Speak { get; init; }

    public IReadOnlyList<CardElement> Body { get; init; } = [];

    public IReadOnlyList<CardAction>? Actions { get; init; }

    /// <summary>The very same card answers many people, so that adapters do well to keep what they made of it.</summary>
    [JsonIgnore]
    public bool IsShared { get; init; }

    /// <summary>Teams' own extras, e.g. full width.</summary>
    public TeamsCardExtras? Msteams { get; init; }
}

/// <summary>Teams reads <c>msteams</c> on a card: <c>{"width":"Full"}</c>.</summary>
public sealed record TeamsCardExtras
{
    public string? Width { get; init; }
}

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(TextBlock), "TextBlock")]
[JsonDerivedType(typeof(Image), "Image")]
[JsonDerivedType(typeof(Container), "Container")]
[JsonDerivedType(typeof(ColumnSet), "ColumnSet")]
[JsonDerivedType(typeof(FactSet), "FactSet")]
[JsonDerivedType(typeof(ActionSet), "ActionSet")]
[JsonDerivedType(typeof(InputText), "Input.Text")]
[JsonDerivedType(typeof(InputNumber), "Input.Number")]
[JsonDerivedType(typeof(InputDate), "Input.Date")]
[JsonDerivedType(typeof(InputTime), "Input.Time")]
[JsonDerivedType(typeof(InputToggle), "Input.Toggle")]
[JsonDerivedType(typeof(InputChoiceSet), "Input.ChoiceSet")]
[JsonDerivedType(typeof(HorizontalBarChart), "Chart.HorizontalBar")]
[JsonDerivedType(typeof(DonutChart), "Chart.Donut")]
public abstract record CardElement
{
    public string? Id { get; init; }

    public string? Spacing { get; init; }

    public bool? Separator { get; init; }

    public bool? IsVisible { get; init; }

    /// <summary>Shown instead by renderers that do not know the element.</summary>
    public CardElement? Fallback { get; init; }
}

/// <summary>Text in the schema's Markdown subset; put people's words through <see cref="CardText.Escape"/> first.</summary>
public sealed record TextBlock(string Text) : CardElement
{
    public string? Size { get; init; }

    public string? Weight { get; init; }

    public string? Color { get; init; }

    public bool? IsSubtle { get; init; }

    public bool? Wrap { get; init; } = true;

    public int? MaxLines { get; init; }

    public string? HorizontalAlignment { get; init; }

    /// <summary>"heading" makes it a heading for screen readers.</summary>
    public string? Style { get; init; }

    public string? FontType { get; init; }
}

public sealed record Image(string Url, string AltText) : CardElement
{
    public string? Size { get; init; }

    public string? HorizontalAlignment { get; init; }
}

public sealed record Container : CardElement
{
    public required IReadOnlyList<CardElement> Items { get; init; }

    public string? Style { get; init; }

    public bool? Bleed { get; init; }

    public bool? Rtl { get; init; }
}

public sealed record ColumnSet : CardElement
{
    public required IReadOnlyList<Column> Columns { get; init; }
}

public sealed record Column
{
    [JsonPropertyOrder(-1)]
    public string Type => "Column";

    public required IReadOnlyList<CardElement> Items { get; init; }

    /// <summary>"auto", "stretch" or a weight.</summary>
    public string? Width { get; init; }

    public string? VerticalContentAlignment { get; init; }

    public bool? Rtl { get; init; }
}

public sealed record FactSet : CardElement
{
    public required IReadOnlyList<Fact> Facts { get; init; }
}

public sealed record Fact(string Title, string Value);

public sealed record ActionSet : CardElement
{
    public required IReadOnlyList<CardAction> Actions { get; init; }
}

/// <summary>An input; its <see cref="CardElement.Id"/> names the value.</summary>
public abstract record InputElement : CardElement
{
    public string? Label { get; init; }

    public bool? IsRequired { get; init; }

    public string? ErrorMessage { get; init; }
}

public sealed record InputText : InputElement
{
    public string? Placeholder { get; init; }

    public string? Value { get; init; }

    public bool? IsMultiline { get; init; }

    public int? MaxLength { get; init; }

    /// <summary>"Text", "Tel", "Url", "Email".</summary>
    public string? Style { get; init; }
}

public sealed record InputNumber : InputElement
{
    public string? Placeholder { get; init; }

    public double? Value { get; init; }

    public double? Min { get; init; }

    public double? Max { get; init; }
}

public sealed record InputDate : InputElement
{
    /// <summary>YYYY-MM-DD.</summary>
    public string? Value { get; init; }

    public string? Min { get; init; }

    public string? Max { get; init; }
}

public sealed record InputTime : InputElement
{
    /// <summary>HH:MM, 24 hours.</summary>
    public string? Value { get; init; }
}

public sealed record InputToggle : InputElement
{
    public required string Title { get; init; }

    /// <summary>"true" or "false".</summary>
    public string? Value { get; init; }

    public bool? Wrap { get; init; } = true;
}

public sealed record InputChoiceSet : InputElement
{
    public required IReadOnlyList<Choice> Choices { get; init; }

    /// <summary>Chosen values, joined with commas.</summary>
    public string? Value { get; init; }

    public bool? IsMultiSelect { get; init; }

    /// <summary>"compact", "expanded" or "filtered".</summary>
    public string? Style { get; init; }

    public string? Placeholder { get; init; }

    public bool? Wrap { get; init; } = true;
}

public sealed record Choice(string Title, string Value);

/// <summary>Teams' own element; needs a <see cref="CardElement.Fallback"/>, the open-source renderer does not draw it.</summary>
public sealed record HorizontalBarChart : CardElement
{
    public required string Title { get; init; }

    public required IReadOnlyList<BarDatum> Data { get; init; }

    public string? ColorSet { get; init; }

    [JsonPropertyName("xAxisTitle")]
    public string? XAxisTitle { get; init; }

    [JsonPropertyName("yAxisTitle")]
    public string? YAxisTitle { get; init; }

    /// <summary>"AbsoluteWithAxis", "AbsoluteNoAxis" or "PartToWhole".</summary>
    public string? DisplayMode { get; init; }
}

public sealed record BarDatum(
    [property: JsonPropertyName("x")] string X,
    [property: JsonPropertyName("y")] double Y);

/// <summary>Teams' own element; needs a <see cref="CardElement.Fallback"/>.</summary>
public sealed record DonutChart : CardElement
{
    public required string Title { get; init; }

    public required IReadOnlyList<DonutDatum> Data { get; init; }

    public string? ColorSet { get; init; }
}

public sealed record DonutDatum(string Legend, double Value);

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ExecuteAction), "Action.Execute")]
[JsonDerivedType(typeof(OpenUrlAction), "Action.OpenUrl")]
[JsonDerivedType(typeof(SubmitAction), "Action.Submit")]
public abstract record CardAction
{
    public required string Title { get; init; }

    /// <summary>"default", "positive" or "destructive".</summary>
    public string? Style { get; init; }

    /// <summary>"primary" or "secondary" (overflow menu).</summary>
    public string? Mode { get; init; }

    public string? Tooltip { get; init; }
}

/// <summary>A press that comes back to us as <see cref="Chat.ActionPressed"/>.</summary>
public sealed record ExecuteAction : CardAction
{
    /// <summary>The action's name, for logs and metrics only; what is believed is <see cref="ActionData.Token"/>.</summary>
    public required string Verb { get; init; }

    public required ActionData Data { get; init; }

    /// <summary>"auto" sends the card's inputs, "none" does not.</summary>
    public string? AssociatedInputs { get; init; }
}

/// <summary>What a button carries: our signed token and nothing else.</summary>
public sealed record ActionData([property: JsonPropertyName("t")] string Token);

public sealed record OpenUrlAction : CardAction
{
    public required string Url { get; init; }
}

/// <summary>
/// A press where <see cref="ExecuteAction"/> is not understood, that is in Teams' dialogs and to open one. Features make execute actions; Teams' adapter
/// turns some of them into these.
/// </summary>
public sealed record SubmitAction : CardAction
{
    public required SubmitData Data { get; init; }

    /// <summary>As <see cref="ExecuteAction.AssociatedInputs"/>.</summary>
    public string? AssociatedInputs { get; init; }
}

/// <param name="Token">As <see cref="ActionData.Token"/>.</param>
/// <param name="Msteams">What Teams is to do with the press; null: send it.</param>
public sealed record SubmitData([property: JsonPropertyName("t")] string Token, TeamsSubmit? Msteams = null);

/// <param name="Type"><c>task/fetch</c> opens a dialog.</param>
public sealed record TeamsSubmit(string Type);
