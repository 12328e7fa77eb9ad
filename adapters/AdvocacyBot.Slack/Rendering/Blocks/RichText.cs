using System.Text.Json.Serialization;

namespace AdvocacyBot.Slack.Rendering.Blocks;

/// <summary>A paragraph, list or quotation of a <see cref="RichTextBlock"/>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(RichTextSection), "rich_text_section")]
[JsonDerivedType(typeof(RichTextQuote), "rich_text_quote")]
[JsonDerivedType(typeof(RichTextList), "rich_text_list")]
internal abstract record RichTextPart;

/// <param name="Elements">At least one, none empty: Slack refuses the message otherwise.</param>
internal sealed record RichTextSection(IReadOnlyList<RichTextRun> Elements) : RichTextPart;

/// <inheritdoc cref="RichTextSection"/>
internal sealed record RichTextQuote(IReadOnlyList<RichTextRun> Elements) : RichTextPart;

/// <param name="Style">"bullet" or "ordered".</param>
/// <param name="Elements">Sections.</param>
internal sealed record RichTextList(string Style, IReadOnlyList<RichTextPart> Elements) : RichTextPart
{
    /// <summary>0 to 8.</summary>
    public int? Indent { get; init; }
}

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(TextRun), "text")]
[JsonDerivedType(typeof(LinkRun), "link")]
internal abstract record RichTextRun
{
    public RichTextStyle? Style { get; init; }
}

internal sealed record TextRun(string Text) : RichTextRun;

/// <param name="Url">http, https or mailto.</param>
/// <param name="Text">What is read.</param>
internal sealed record LinkRun(string Url, string Text) : RichTextRun;

internal sealed record RichTextStyle
{
    public static readonly RichTextStyle BoldText = new() { Bold = true };

    public bool? Bold { get; init; }

    public bool? Italic { get; init; }

    public bool? Strike { get; init; }

    public bool? Code { get; init; }
}
