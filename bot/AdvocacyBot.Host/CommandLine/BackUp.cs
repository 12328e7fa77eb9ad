using AdvocacyBot.Core.Data;
using AdvocacyBot.Host.Composition;
using Microsoft.Data.Sqlite;

namespace AdvocacyBot.Host.CommandLine;

/// <summary><c>backup --to FILE</c>: a complete copy of the SQLite database as it is at this moment, while the bot serves.</summary>
internal static class BackUp
{
    public static async Task<int> RunAsync(WebApplication app, FileInfo? to, CancellationToken cancellationToken)
    {
        if (app.Services.GetRequiredService<Database>().SqliteFile is not { } file)
        {
            throw new StartupException("PostgreSQL has its own tool: pg_dump --format=custom --file=advocacy.dump DATABASE, and pg_restore to bring it back (docs/operations.md).");
        }

        if (to is null)
        {
            throw new StartupException("Say where to: backup --to FILE.");
        }

        if (!File.Exists(file))
        {
            throw new StartupException($"There is no database {file}.");
        }

        if (to.Exists)
        {
            throw new StartupException($"{to.FullName} is there already. A back-up overwrites nothing: name a new file, e.g. with the date in it.");
        }

        try
        {
            await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
            await connection.OpenAsync(cancellationToken);
            await using (var copy = connection.CreateCommand())
            {
                // One read transaction: writers go on meanwhile, and the copy is of one moment.
                copy.CommandText = "VACUUM INTO $1";
                copy.Parameters.AddWithValue("$1", to.FullName);
                copy.CommandTimeout = 0;
                await copy.ExecuteNonQueryAsync(cancellationToken);
            }
        }
        catch (SqliteException e)
        {
            throw new StartupException($"{to.FullName} could not be written: {e.Message} Choose a folder that this user may write to and that has room.");
        }

        var (verdict, people) = await ExamineAsync(to.FullName, cancellationToken);
        if (verdict != "ok")
        {
            throw new StartupException($"{to.FullName} was written and is not whole: {verdict}. Look at the disk, and make another.");
        }

        to.Refresh();
        await Console.Out.WriteLineAsync($"{to.FullName} is a complete copy ({to.Length} bytes, {people} people), and was examined. To bring it back: stop the bot and put it in the place of {file}; delete {file}-wal and {file}-shm.");
        return 0;
    }

    private static async Task<(string Verdict, long People)> ExamineAsync(string file, CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        await connection.OpenAsync(cancellationToken);
        await using var check = connection.CreateCommand();
        check.CommandTimeout = 0;
        check.CommandText = "PRAGMA integrity_check(1)";
        var verdict = (string)(await check.ExecuteScalarAsync(cancellationToken))!;
        await using var count = connection.CreateCommand();
        count.CommandText = "SELECT COUNT(*) FROM people";
        return (verdict, (long)(await count.ExecuteScalarAsync(cancellationToken))!);
    }
}
