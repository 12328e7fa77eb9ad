using AdvocacyBot.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Tests.Host.Support;

/// <summary>A host's working directory, and a look into the database that it keeps there.</summary>
internal sealed class HostFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("advocacy-host-").FullName;

    public string Database => System.IO.Path.Combine(Path, "data", "advocacy.db");

    /// <summary>Reads beside the running host, or after its end.</summary>
    public Task<T> QueryAsync<T>(Func<AdvocacyDb, Task<T>> query) => QueryAsync(Database, query);

    public static async Task<T> QueryAsync<T>(string file, Func<AdvocacyDb, Task<T>> query)
    {
        var options = new DbContextOptionsBuilder<AdvocacyDb>().UseSqlite($"Data Source={file};Pooling=False").Options;
        await using var db = new AdvocacyDb(options);
        return await query(db);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
