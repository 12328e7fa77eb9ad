using System.Collections.ObjectModel;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Slack.Installations;
using AdvocacyBot.Slack.Rendering.Blocks;

namespace AdvocacyBot.Slack.Replies;

/// <summary>What was acted on.</summary>
internal enum Source
{
    /// <summary>A command, a mention, a shortcut.</summary>
    Nothing = 0,

    /// <summary>A message that only the person sees; it can be changed through its <c>response_url</c> alone.</summary>
    Ephemeral = 1,

    /// <summary>A message that others see too: it is left as it is.</summary>
    Shared = 2,

    /// <summary>A message in the person's own conversation with the bot.</summary>
    Personal = 3,

    /// <summary>A view that is open now.</summary>
    Modal = 4,

    /// <summary>The Home tab.</summary>
    Home = 5,
}

/// <summary>Where and how a reply can be shown.</summary>
internal sealed record Place
{
    public required Installation At { get; init; }

    /// <summary>As the programme knows it.</summary>
    public required ConversationRef Conversation { get; init; }

    public required string UserId { get; init; }

    public required Language Language { get; init; }

    /// <summary>Slack's channel that the bot may be able to post to; null: only the person themselves.</summary>
    public string? PostTo { get; init; }

    public string? Thread { get; init; }

    public ResponseUrl? Response { get; init; }

    public Trigger? Trigger { get; init; }

    public Source Source { get; init; }

    /// <summary>Timestamp of the message acted on.</summary>
    public string? MessageTs { get; init; }

    /// <summary>The view that is open now and is to show the reply.</summary>
    public ShownModal? Modal { get; init; }

    /// <summary>The message acted on has served its purpose when a form opens.</summary>
    public bool RemoveSource { get; init; }

    /// <summary>The form that is open, as the person sees it; null: it has given way to something else.</summary>
    public View? Shown { get; init; }

    /// <summary>What stood in the fields of the form that was sent.</summary>
    public IReadOnlyDictionary<string, string> Typed { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    public bool IsPersonal => PostTo is ['D', ..];

    public FormMeta Meta() => new()
    {
        Conversation = Conversation.Id,
        Kind = Conversation.Kind,
        PostTo = PostTo,
        Thread = Thread,
        ResponseUrl = RemoveSource ? null : Response?.Address,
        ResponseUntil = Response?.Until.ToUnixTimeSeconds() ?? 0,
        Message = MessageTs,
        Source = Source is Source.Modal ? Source.Nothing : Source,
    };
}

/// <summary>A right to open one view, within three seconds.</summary>
internal sealed record Trigger(string Id, DateTimeOffset Until)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(3);
}

/// <param name="Id">The view's.</param>
/// <param name="Hash">Of the version the person sees; null: whichever that is.</param>
internal sealed record ShownModal(string Id, string? Hash);
