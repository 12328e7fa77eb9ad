using System.Text.RegularExpressions;
using AdvocacyBot.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Programme;

/// <summary>Finds people by what somebody typed: a mention, an id or a part of the name.</summary>
internal static partial class PersonNamed
{
    /// <summary>
    /// The id or name in what was typed: <c>&lt;@U123|noa&gt;</c> (docs.slack.dev/messaging/formatting-message-text), <c>&lt;at&gt;Noa&lt;/at&gt;</c> (Teams), <c>@noa</c>.
    /// </summary>
    public static string Parse(string typed)
    {
        ArgumentNullException.ThrowIfNull(typed);
        var text = typed.Trim();
        if (SlackMention().Match(text) is { Success: true } slack)
        {
            return slack.Groups["id"].Value;
        }

        return TeamsMention().Match(text) is { Success: true } teams ? teams.Groups["name"].Value.Trim() : text.TrimStart('@').Trim();
    }

    /// <summary>One with exactly that id, else everybody whose name holds it; with roles first, then by name.</summary>
    public static async Task<List<Person>> FindAsync(AdvocacyDb db, long workspaceId, string idOrName, int most, CancellationToken cancellationToken)
    {
        var people = db.People.AsNoTracking().Where(p => p.WorkspaceId == workspaceId && p.Reachable && !p.ExternalId.StartsWith(Person.ErasedPrefix));
        if (idOrName.Length > 0)
        {
            if (await people.FirstOrDefaultAsync(p => p.ExternalId == idOrName, cancellationToken) is { } exact)
            {
                return [exact];
            }

            var pattern = $"%{idOrName.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal).ToLowerInvariant()}%";
#pragma warning disable CA1304, CA1311, MA0011 // It is never run: EF Core makes the database's lower() of it, and knows no other form.
            people = people.Where(p => EF.Functions.Like(p.Name.ToLower(), pattern, "\\"));
#pragma warning restore CA1304, CA1311, MA0011
        }

        return await people.OrderBy(p => p.Roles == Roles.None).ThenBy(p => p.Name).ThenBy(p => p.Id).Take(most).ToListAsync(cancellationToken);
    }

    [GeneratedRegex(@"^<@(?<id>[A-Z0-9]+)(\|[^>]*)?>$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex SlackMention();

    [GeneratedRegex("^<at[^>]*>(?<name>[^<]*)</at>$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex TeamsMention();
}
