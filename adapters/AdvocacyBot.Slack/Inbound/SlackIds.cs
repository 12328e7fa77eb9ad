using AdvocacyBot.Core.Chat;

namespace AdvocacyBot.Slack.Inbound;

/// <summary>Slack's ids and what they say.</summary>
internal static class SlackIds
{
    /// <summary>Slack itself, where nobody in particular did something.</summary>
    public static readonly PersonRef Slackbot = new("USLACKBOT", "Slack");

    private const int Longest = 64;

    // What Slack calls conversations whose name is nobody's business.
    private static readonly string[] Hidden = ["directmessage", "privategroup"];

    public static bool IsId(string? id) => id is { Length: > 0 and <= Longest } && id.All(char.IsAsciiLetterOrDigit);

    public static bool IsIdOrNone(string? id) => id is null || IsId(id);

    public static bool IsTimestamp(string? ts) => ts is { Length: > 0 and <= Longest } && ts.All(c => char.IsAsciiDigit(c) || c == '.');

    /// <summary>
    /// The conversation as the programme knows it. One's own conversation with the bot goes by the person's id: Home tab, shortcuts and direct messages are then the
    /// same place, whether Slack names its "D…" or not.
    /// </summary>
    public static ConversationRef Conversation(string? channelId, string? name, string userId, string? thread = null) => channelId switch
    {
        null or ['D', ..] => new ConversationRef(userId, ConversationKind.Personal),
        _ when name?.StartsWith("mpdm-", StringComparison.Ordinal) is true => new ConversationRef(channelId, ConversationKind.GroupChat, ThreadId: thread),
        _ => new ConversationRef(channelId, ConversationKind.Channel, name is null || Hidden.Contains(name) ? null : IncomingText.Clean(name), thread),
    };
}
