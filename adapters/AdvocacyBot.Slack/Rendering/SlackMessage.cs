using AdvocacyBot.Slack.Api;
using AdvocacyBot.Slack.Rendering.Blocks;

namespace AdvocacyBot.Slack.Rendering;

/// <summary>A message as <c>chat.postMessage</c>, <c>chat.update</c>, <c>chat.postEphemeral</c>, <c>response_url</c> and the answer to a slash command take it.</summary>
/// <param name="Text">mrkdwn, escaped: what notifications show and screen readers read.</param>
/// <param name="Blocks">1 to 50.</param>
internal sealed record SlackMessage(string Text, IReadOnlyList<Block> Blocks)
{
    /// <summary>
    /// What did not fit, to be sent after this one (in its thread, or as further private answers), in order. Empty for nearly everything; the first message
    /// then says that more follows and has all the card's own buttons.
    /// </summary>
    public IReadOnlyList<SlackMessage> More { get; init; } = [];

    /// <summary>The blocks as they go to Slack, where that is known already.</summary>
    public RawJson? Written { get; init; }

    /// <summary>
    /// The same with each picture as a link. Slack refuses a whole message with <c>invalid_blocks</c> and "downloading image failed" when it cannot fetch a picture
    /// (slackapi/java-slack-sdk issue 1396): send this one then. Null where there is no picture.
    /// </summary>
    public SlackMessage? WithoutPictures() => Blocks.Any(block => block is ImageBlock)
        ? this with { Written = null, Blocks = [.. Blocks.Select(block => block is ImageBlock image ? AsLink(image) : block)] }
        : null;

    private static RichTextBlock AsLink(ImageBlock image) => new([new RichTextSection([new LinkRun(image.ImageUrl, Cutter.Cut(image.AltText, Limits.Header))])]);
}
