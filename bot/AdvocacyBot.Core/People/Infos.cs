using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Localization;

namespace AdvocacyBot.Core.People;

/// <summary>A workspace as it stood when it was last read.</summary>
public sealed record WorkspaceInfo(long Id, WorkspaceRef Ref, string Name, Language Language, string TimeZone)
{
    public static WorkspaceInfo From(Workspace w)
    {
        ArgumentNullException.ThrowIfNull(w);
        return new(w.Id, w.Ref, w.Name, Language.First(w.Language), w.TimeZone);
    }
}

/// <summary>A conversation as it stood when it was last read; language and time zone are already settled against the workspace's.</summary>
public sealed record ConversationInfo(long Id, ConversationRef Ref, string Name, Language Language, string TimeZone)
{
    public ConversationKind Kind => Ref.Kind;

    public static ConversationInfo From(Conversation c, WorkspaceInfo workspace)
    {
        ArgumentNullException.ThrowIfNull(c);
        ArgumentNullException.ThrowIfNull(workspace);
        return new(c.Id, c.Ref, c.Name, Language.Find(c.Language) ?? workspace.Language, c.TimeZone ?? workspace.TimeZone);
    }
}

/// <summary>A person as they stood when they were last read.</summary>
public sealed record PersonInfo(
    long Id, PersonRef Ref, string Name, Language? Language, Roles Roles, DateTimeOffset? ConsentedAt, string? PolicyVersion, bool AppearByName)
{
    public bool Has(Roles any) => (Roles & any) != Roles.None;

    public static PersonInfo From(Person p)
    {
        ArgumentNullException.ThrowIfNull(p);
        return new(p.Id, p.Ref, p.Name, p.ChosenLanguage, p.Roles, p.ConsentedAt, p.PolicyVersion, p.AppearByName);
    }
}
