using AdvocacyBot.Core.Data;

namespace AdvocacyBot.Core.Broadcasts;

/// <summary>One account of somebody, with what segments are made of.</summary>
/// <param name="PersonId">The account.</param>
/// <param name="WorkspaceId">Where it is.</param>
/// <param name="HumanId">Whose it is; see <see cref="PersonProfile.HumanId"/>.</param>
/// <param name="Language">ISO 639-1: chosen, else from the list, else the workspace's.</param>
/// <param name="TimeZone">IANA id: the person's, else the workspace's.</param>
/// <param name="Active">Not said to have left by the list.</param>
public sealed record Account(long PersonId, long WorkspaceId, long HumanId, string Language, string TimeZone, bool Active)
{
    public string? Department { get; init; }

    public string? Location { get; init; }

    public string? Role { get; init; }

    /// <summary>As <c>|engineer|speaker|</c>.</summary>
    public string? Personas { get; init; }

    /// <summary>Names of <see cref="ContentType"/>s as <c>|Job|Event|</c>: from the list, and what the person chose.</summary>
    public string? Interests { get; init; }

    public bool Has(Facet facet, string value) => facet switch
    {
        Facet.Department => Same(Department, value),
        Facet.Location => Same(Location, value),
        Facet.Role => Same(Role, value),
        Facet.Language => Same(Language, value),
        Facet.Persona => Listed(Personas, value),
        _ => Listed(Interests, value),
    };

    private static bool Same(string? own, string value) => string.Equals(own, value, StringComparison.OrdinalIgnoreCase);

    private static bool Listed(string? own, string value) => own?.Contains($"|{value}|", StringComparison.OrdinalIgnoreCase) == true;
}

/// <summary>A person with all their accounts in a programme.</summary>
public sealed record Human(long Id, IReadOnlyList<Account> Accounts);
