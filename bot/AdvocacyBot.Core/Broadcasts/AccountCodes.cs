using System.Security.Cryptography;
using System.Text;
using AdvocacyBot.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Broadcasts;

/// <summary>
/// One-time codes that tell the bot that two accounts, or two workspaces, belong together: 50 random bits, ten minutes, used once, five wrong ones an hour. Runs in
/// the caller's transaction.
/// </summary>
public sealed class AccountCodes(AdvocacyDb db)
{
    public const int MostAttempts = 5;

    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan AttemptsWindow = TimeSpan.FromHours(1);

    /// <summary>Crockford's base 32: no letter that could be taken for a digit.</summary>
    private const string Letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Length = 10;

    /// <summary>A code to be shown once; the person's earlier ones stop working.</summary>
    /// <returns>As <c>7K3QX-0M9TZ</c>.</returns>
    public async Task<string> CreateAsync(CodePurpose purpose, long personId, long workspaceId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await db.AccountCodes.Where(c => c.PersonId == personId || c.ExpiresAt <= now).ExecuteDeleteAsync(cancellationToken);
        var code = RandomNumberGenerator.GetString(Letters, Length);
        db.AccountCodes.Add(new AccountCode { Hash = Hash(code), Purpose = purpose, PersonId = personId, WorkspaceId = workspaceId, ExpiresAt = now + Lifetime });
        return $"{code[..5]}-{code[5..]}";
    }

    /// <summary>Uses a code up.</summary>
    /// <param name="typed">As the person typed it; upper or lower case, with or without the hyphen.</param>
    /// <param name="personId">Who enters it.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public async Task<CodeVerdict> TakeAsync(string typed, long personId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var attempts = await db.CodeAttempts.FirstOrDefaultAsync(a => a.PersonId == personId, cancellationToken);
        if (attempts is not null && now - attempts.Since >= AttemptsWindow)
        {
            attempts.Count = 0;
            attempts.Since = now;
        }

        if (attempts?.Count >= MostAttempts)
        {
            return new CodeVerdict.TooMany(attempts.Since + AttemptsWindow);
        }

        var hash = Hash(Clean(typed));
        var code = await db.AccountCodes.AsNoTracking().FirstOrDefaultAsync(c => c.Hash == hash && c.ExpiresAt > now, cancellationToken);
        if (code is { } own && own.PersonId == personId)
        {
            return new CodeVerdict.Own();
        }

        // Whoever deletes it has it: of two who enter it at once, one.
        if (code is not null && await db.AccountCodes.Where(c => c.Hash == hash).ExecuteDeleteAsync(cancellationToken) == 1)
        {
            return new CodeVerdict.Good(code);
        }

        if (attempts is null)
        {
            attempts = new CodeAttempts { PersonId = personId, Since = now };
            db.CodeAttempts.Add(attempts);
        }

        attempts.Count++;
        return new CodeVerdict.Wrong(MostAttempts - attempts.Count);
    }

    private static string Clean(string typed) =>
        new([.. typed.ToUpperInvariant().Where(char.IsLetterOrDigit).Take(Length + 1).Select(c => c switch { 'O' => '0', 'I' or 'L' => '1', _ => c })]);

    private static string Hash(string code) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(code)));
}

/// <summary>What became of a code that was entered.</summary>
public abstract record CodeVerdict
{
    private CodeVerdict() { }

    public sealed record Good(AccountCode Code) : CodeVerdict;

    /// <summary>It was shown to the same account.</summary>
    public sealed record Own : CodeVerdict;

    /// <param name="Left">Attempts that are left in this hour.</param>
    public sealed record Wrong(int Left) : CodeVerdict;

    /// <param name="Until">When one may try again.</param>
    public sealed record TooMany(DateTimeOffset Until) : CodeVerdict;
}
