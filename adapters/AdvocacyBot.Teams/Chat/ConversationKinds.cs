using AdvocacyBot.Core.Chat;
using AdvocacyBot.Teams.Protocol;

namespace AdvocacyBot.Teams.Chat;

internal static class ConversationKinds
{
    /// <summary>By what Teams says; where it says nothing (some invokes), by the shape of the id.</summary>
    public static ConversationKind Of(ConversationAccount conversation) => conversation.ConversationType switch
    {
        "personal" => ConversationKind.Personal,
        "groupChat" => ConversationKind.GroupChat,
        "channel" => ConversationKind.Channel,
        _ when conversation.Id!.Contains("@thread.tacv2", StringComparison.Ordinal) || conversation.Id.Contains("@thread.skype", StringComparison.Ordinal) => ConversationKind.Channel,
        _ when conversation.IsGroup == true || conversation.Id.StartsWith("19:", StringComparison.Ordinal) => ConversationKind.GroupChat,
        _ => ConversationKind.Personal,
    };
}
