using System.Text.Json.Serialization;

namespace AdvocacyBot.Slack.Rendering.Blocks;

/// <summary>A modal or a Home tab (docs.slack.dev/reference/views): at most 100 blocks and 250 kB.</summary>
/// <param name="Type"><see cref="Modal"/> or <see cref="Home"/>.</param>
/// <param name="Blocks">What is shown.</param>
internal sealed record View(string Type, IReadOnlyList<Block> Blocks)
{
    public const string Modal = "modal";
    public const string Home = "home";

    /// <summary>Modals only; at most 24 characters.</summary>
    [JsonPropertyOrder(-1)]
    public PlainText? Title { get; init; }

    /// <summary>Needed where there is a field; at most 24 characters.</summary>
    public PlainText? Submit { get; init; }

    /// <summary>At most 24 characters.</summary>
    public PlainText? Close { get; init; }

    /// <summary>Comes back with everything from the view; at most 3000 characters.</summary>
    public string? PrivateMetadata { get; init; }

    /// <summary>At most 255 characters.</summary>
    public string? CallbackId { get; init; }

    /// <summary>Asks for <c>view_closed</c>.</summary>
    public bool? NotifyOnClose { get; init; }
}
