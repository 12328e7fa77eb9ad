using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Links;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Programme;

/// <summary>
/// The audit log as a file, at an address that an owner is given in chat: signed, theirs, good for a quarter of an hour and as long as they are an owner. Nobody is named
/// in it, see <see cref="AuditCsv"/>.
/// </summary>
public sealed class AuditFile(ActionTokens tokens, PublicAddress address, IDbContextFactory<AdvocacyDb> contexts, AuditCsv csv)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    private const string Verb = "audit.csv";

    public Uri Address(AuditFilter filter, TurnContext turn)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentNullException.ThrowIfNull(turn);
        return address.AuditFile(tokens.Protect(new ActionToken(Verb, turn.Person.Id, turn.Workspace.Id, 0, 0, filter.ToString(), turn.Now + Lifetime)));
    }

    /// <param name="token">From the address.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>Writes the file and says how many entries it has; null: the address is wrong or old, or not for them any more.</returns>
    public async Task<Func<TextWriter, CancellationToken, Task<int>>?> OpenAsync(string token, CancellationToken cancellationToken)
    {
        if (tokens.Read(token, out var read) != TokenVerdict.Valid || read is not { Verb: Verb })
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var may = await db.People.AnyAsync(p => p.Id == read.PersonId && p.WorkspaceId == read.Subject && p.Reachable && (p.Roles & Roles.Owner) != Roles.None, cancellationToken);
        return may ? (to, cancel) => csv.WriteAsync(to, read.Subject, AuditFilter.Parse(read.Text), cancel) : null;
    }
}
