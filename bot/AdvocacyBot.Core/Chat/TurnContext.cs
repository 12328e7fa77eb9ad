using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.People;

namespace AdvocacyBot.Core.Chat;

/// <summary>Who, where and in which language: what a handler knows of the interaction beside itself. Read from the database, not from the wire.</summary>
public sealed record TurnContext
{
    public required WorkspaceInfo Workspace { get; init; }

    public required ConversationInfo Conversation { get; init; }

    public required PersonInfo Person { get; init; }

    /// <summary>The person's language, else the conversation's, else the workspace's.</summary>
    public required Language Language { get; init; }

    public required DateTimeOffset Now { get; init; }

    public Texts Texts => Texts.In(Language);
}
