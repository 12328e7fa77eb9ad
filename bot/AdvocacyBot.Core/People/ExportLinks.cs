using System.Security.Cryptography;
using System.Text;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Links;
using AdvocacyBot.Core.Programme;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.People;

/// <summary>
/// Links to one's own data: <c>/people/export/{code}</c>. The code is said once, to the person alone, opens the file once, and is worth nothing after a quarter of an
/// hour or when a newer one is asked for; the database has only its hash.
/// </summary>
public sealed class ExportLinks(Database database, IDbContextFactory<AdvocacyDb> contexts, TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    private const int CodeLength = 40;

    public static string NewCode() => RandomNumberGenerator.GetString(LinkCode.Alphabet, CodeLength);

    public static string Hash(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code)));
    }

    /// <summary>Whether the link would open the file now; uses it up as little as looking at the page does.</summary>
    public async Task<bool> IsGoodAsync(string code, CancellationToken cancellationToken)
    {
        var (hash, now) = (Hash(code), clock.GetUtcNow());
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.ExportLinks.AnyAsync(l => l.CodeHash == hash && l.ExpiresAt > now, cancellationToken);
    }

    /// <summary>Uses the link up.</summary>
    /// <returns>Whose data it opens; null: there is no such link, or not any more.</returns>
    public async Task<long?> UseAsync(string code, CancellationToken cancellationToken)
    {
        var (hash, now) = (Hash(code), clock.GetUtcNow());
        using var write = await database.EnterWriteAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var link = await db.ExportLinks.AsNoTracking().FirstOrDefaultAsync(l => l.CodeHash == hash, cancellationToken);

        // Of two who come at once, the one whose deletion finds the row has it.
        return link is not null && await db.ExportLinks.Where(l => l.CodeHash == hash).ExecuteDeleteAsync(cancellationToken) == 1 && link.ExpiresAt > now
            ? link.PersonId
            : null;
    }
}

/// <summary><em>Export my data</em>: a link for the person alone.</summary>
public sealed class OfferExport(AdvocacyDb db, PublicAddress address) : IActionHandler
{
    public async Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var t = turn.Texts;
        var code = ExportLinks.NewCode();
        await db.ExportLinks.Where(l => l.PersonId == turn.Person.Id || l.ExpiresAt <= turn.Now).ExecuteDeleteAsync(cancellationToken);
        db.ExportLinks.Add(new ExportLink { CodeHash = ExportLinks.Hash(code), PersonId = turn.Person.Id, ExpiresAt = turn.Now + ExportLinks.Lifetime });
        var said = t.Plural("Preferences.ExportReady", (long)ExportLinks.Lifetime.TotalMinutes);
        var accounts = await OwnAccounts.OfAsync(db, turn.Person.Id, cancellationToken);
        return Reply.Passing(Notice.Card(
            t,
            accounts.Count > 1 ? $"{said} {t["Preferences.ExportAccounts"]}" : said,
            new OpenUrlAction { Title = t["Preferences.ExportOpen"], Url = address.PersonExport(code).AbsoluteUri }));
    }
}
