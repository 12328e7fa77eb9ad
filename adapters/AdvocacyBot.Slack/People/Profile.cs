using AdvocacyBot.Core.Chat;

namespace AdvocacyBot.Slack.People;

/// <summary>What Slack says of a person.</summary>
/// <param name="Name">As shown in Slack.</param>
/// <param name="Locale">BCP 47, or null.</param>
/// <param name="TimeZone">IANA id, or null.</param>
/// <param name="Colleague">Neither bot nor guest nor deactivated nor of another organisation.</param>
/// <param name="RefreshedAt">When Slack said it.</param>
internal sealed record Profile(string Name, string? Locale, string? TimeZone, bool Colleague, DateTimeOffset RefreshedAt);

internal static class ProfileExtensions
{
    public static PersonRef Reference(this Profile? profile, string userId) => new(userId, profile?.Name, profile?.TimeZone);
}
