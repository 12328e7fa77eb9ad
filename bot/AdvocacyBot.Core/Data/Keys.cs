using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Data;

/// <summary>Keys that are made at the first start and kept in the database, so that every host has the same and none stands in a file.</summary>
public sealed class Keys(Database database, IDbContextFactory<AdvocacyDb> contexts, TimeProvider clock)
{
    private const string ActionTokensName = "action-tokens";
    private byte[]? actionTokens;

    /// <summary>32 bytes that sign the buttons on cards.</summary>
    /// <exception cref="InvalidOperationException">Read before <see cref="LoadAsync"/>.</exception>
    public byte[] ActionTokens => actionTokens ?? throw new InvalidOperationException("Keys are loaded at start, before anything is handled.");

    /// <summary>Reads the keys, making those that are not there; once, after migration.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken) => actionTokens = await GetOrCreateAsync(ActionTokensName, 32, cancellationToken);

    /// <summary>The key of a name; the first host to ask makes it.</summary>
    /// <param name="name">What it is for.</param>
    /// <param name="length">Bytes of a new one.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async Task<byte[]> GetOrCreateAsync(string name, int length, CancellationToken cancellationToken)
    {
        using var write = await database.EnterWriteAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var value = RandomNumberGenerator.GetBytes(length);
        var at = clock.GetUtcNow().ToUnixTimeMilliseconds();
        await db.Database.ExecuteSqlAsync(
            $"""INSERT INTO secrets ("Name", "Value", "CreatedAt") VALUES ({name}, {value}, {at}) ON CONFLICT DO NOTHING""", cancellationToken);
        return await db.Secrets.AsNoTracking().Where(s => s.Name == name).Select(s => s.Value).FirstAsync(cancellationToken);
    }
}
