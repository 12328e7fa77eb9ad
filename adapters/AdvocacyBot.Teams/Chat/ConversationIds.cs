using AdvocacyBot.Core.Chat;
using AdvocacyBot.Teams.Protocol;

namespace AdvocacyBot.Teams.Chat;

/// <summary>What Teams' conversation ids tell; everything else in them is opaque.</summary>
internal static class ConversationIds
{
    private const string ThreadMark = ";messageid=";

    /// <returns>The conversation's own id, and the root message of the thread where one is named.</returns>
    public static (string Id, string? Thread) Split(string id)
    {
        var mark = id.IndexOf(ThreadMark, StringComparison.Ordinal);
        if (mark <= 0)
        {
            return (id, null);
        }

        var thread = id[(mark + ThreadMark.Length)..];
        return (id[..mark], thread.Length > 0 ? thread : null);
    }

    /// <summary>The id to answer to, so that the answer stands in the thread.</summary>
    public static string Join(ConversationRef conversation) =>
        conversation.ThreadId is { } thread ? $"{conversation.Id}{ThreadMark}{thread}" : conversation.Id;

    /// <summary>By what Teams says; where it says nothing (some invokes), by the shape of the id.</summary>
    public static ConversationKind Kind(ConversationAccount conversation) => conversation.ConversationType switch
    {
        "personal" => ConversationKind.Personal,
        "groupChat" => ConversationKind.GroupChat,
        "channel" => ConversationKind.Channel,
        _ when conversation.Id!.Contains("@thread.tacv2", StringComparison.Ordinal) || conversation.Id.Contains("@thread.skype", StringComparison.Ordinal) => ConversationKind.Channel,
        _ when conversation.IsGroup == true || conversation.Id.StartsWith("19:", StringComparison.Ordinal) => ConversationKind.GroupChat,
        _ => ConversationKind.Personal,
    };
}
