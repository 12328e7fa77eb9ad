using AdvocacyBot.Core.Data;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Tests.Data;

/// <summary>A database of a test's own with the schema and a running committer.</summary>
internal sealed class CommitterDatabase : IAsyncDisposable
{
    private const string InsertAgent = """INSERT INTO user_agents ("Id", "Text") VALUES ($1, $2) ON CONFLICT DO NOTHING""";

    private readonly string? folder;

    private CommitterDatabase(DatabaseProvider provider, string connectionString, string? folder)
    {
        this.folder = folder;
        Database = new Database(Options.Create(new DatabaseOptions { Provider = provider, ConnectionString = connectionString }));
        Committer = new GroupCommitter(Database) { ProbeEvery = TimeSpan.FromMilliseconds(20) };
    }

    public Database Database { get; }

    public GroupCommitter Committer { get; }

    public static async Task<CommitterDatabase> SqliteAsync()
    {
        var made = Directory.CreateTempSubdirectory("advocacy-data-").FullName;
        var database = new CommitterDatabase(DatabaseProvider.Sqlite, $"Data Source={Path.Combine(made, "test.db")};Pooling=False", made);
        await database.CreateAsync();
        await database.Committer.StartAsync(CancellationToken.None);
        return database;
    }

    public static async Task<CommitterDatabase> PostgresAsync(PostgresFixture postgres)
    {
        var database = new CommitterDatabase(DatabaseProvider.PostgreSql, await postgres.CreateDatabaseAsync(), folder: null);
        await database.CreateAsync();
        await database.Committer.StartAsync(CancellationToken.None);
        return database;
    }

    /// <summary>SQLite in a folder that is not there yet: out of reach until <see cref="AppearAsync"/>.</summary>
    public static async Task<CommitterDatabase> MissingAsync()
    {
        var made = Path.Combine(Path.GetTempPath(), $"advocacy-data-{Guid.NewGuid():N}");
        var database = new CommitterDatabase(DatabaseProvider.Sqlite, $"Data Source={Path.Combine(made, "test.db")};Pooling=False", made);
        await database.Committer.StartAsync(CancellationToken.None);
        return database;
    }

    public async Task AppearAsync()
    {
        Directory.CreateDirectory(folder!);
        await CreateAsync();
    }

    public AdvocacyDb Open()
    {
        var options = new DbContextOptionsBuilder<AdvocacyDb>();
        Database.Configure(options, "none", "none");
        return new AdvocacyDb(options.Options);
    }

    /// <summary>A statement that writes a row of user agents; nothing where its id or text is there.</summary>
    public static BatchStatement Agent(long id, string? text) => new(InsertAgent, id, text);

    public async Task<IReadOnlyList<string>> AgentsAsync()
    {
        await using var db = Open();
        return await db.UserAgents.OrderBy(agent => agent.Id).Select(agent => agent.Text).ToListAsync();
    }

    /// <summary>Keeps the committer from writing until the answer is disposed; a write of its own is under way by then.</summary>
    public async Task<IAsyncDisposable> HoldAsync()
    {
        var hold = Database.IsSqlite ? new Hold(await Database.EnterWriteAsync(CancellationToken.None)) : await Hold.LockAsync(Open());
        hold.Blocked = Committer.ExecuteAsync([Agent(1_000_000, "blocked")], CancellationToken.None);
        while (Committer.Waiting > 0)
        {
            await Task.Yield();
        }

        return hold;
    }

    public async ValueTask DisposeAsync()
    {
        await Committer.StopAsync(CancellationToken.None);
        Committer.Dispose();
        await Database.DisposeAsync();
        if (folder is not null && Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task CreateAsync()
    {
        await using var db = Open();
        await db.Database.EnsureCreatedAsync();
    }

    private sealed class Hold(IDisposable turn) : IAsyncDisposable
    {
        private AdvocacyDb? db;

        public Task? Blocked { get; set; }

        public static async Task<Hold> LockAsync(AdvocacyDb db)
        {
            var transaction = await db.Database.BeginTransactionAsync();
            await db.Database.ExecuteSqlAsync($"LOCK TABLE user_agents IN ACCESS EXCLUSIVE MODE");
            return new Hold(transaction) { db = db };
        }

        public async ValueTask DisposeAsync()
        {
            turn.Dispose();
            if (db is not null)
            {
                await db.DisposeAsync();
            }

            await Blocked!;
        }
    }
}
