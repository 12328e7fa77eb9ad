using System.Text.Json.Serialization;

namespace AdvocacyBot.Slack.Rendering.Blocks;

/// <summary>
/// The blocks that we emit, by the names of docs.slack.dev/reference/block-kit/blocks. There is no type here that could mention a person or a channel, and no
/// <c>mrkdwn</c> text: what people write is literal by construction.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(HeaderBlock), "header")]
[JsonDerivedType(typeof(RichTextBlock), "rich_text")]
[JsonDerivedType(typeof(ContextBlock), "context")]
[JsonDerivedType(typeof(DividerBlock), "divider")]
[JsonDerivedType(typeof(ImageBlock), "image")]
[JsonDerivedType(typeof(ActionsBlock), "actions")]
[JsonDerivedType(typeof(InputBlock), "input")]
internal abstract record Block
{
    /// <summary>At most 255 characters, unique in the message or view; Slack makes one where it is left out.</summary>
    public string? BlockId { get; init; }
}

/// <param name="Text">At most 150 characters.</param>
internal sealed record HeaderBlock(PlainText Text) : Block;

internal sealed record RichTextBlock(IReadOnlyList<RichTextPart> Elements) : Block;

/// <param name="Elements">At most 10, small and grey.</param>
internal sealed record ContextBlock(IReadOnlyList<PlainText> Elements) : Block;

internal sealed record DividerBlock : Block;

/// <param name="ImageUrl">http or https, at most 3000 characters. Slack fetches it while it takes the message and refuses the whole message where it cannot.</param>
/// <param name="AltText">At most 2000 characters.</param>
internal sealed record ImageBlock(string ImageUrl, string AltText) : Block;

/// <param name="Elements">At most 25.</param>
internal sealed record ActionsBlock(IReadOnlyList<BlockElement> Elements) : Block;

/// <param name="Label">At most 2000 characters.</param>
/// <param name="Element">The field.</param>
internal sealed record InputBlock(PlainText Label, BlockElement Element) : Block
{
    /// <summary>False: Slack does not send the form while the field is empty.</summary>
    public bool? Optional { get; init; }
}

/// <summary>Literal text. Its length is limited by where it stands, 3000 characters at most; never empty.</summary>
internal sealed record PlainText(string Text)
{
    public string Type { get; } = "plain_text";

    /// <summary>Colon names such as <c>:tada:</c> stay what was typed.</summary>
    public bool Emoji { get; }
}
