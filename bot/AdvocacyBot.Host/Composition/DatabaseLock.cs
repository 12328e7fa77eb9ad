using AdvocacyBot.Core.Data;

namespace AdvocacyBot.Host.Composition;

/// <summary>One host per SQLite file: held by the operating system as long as the process lives, so that it cannot be left behind.</summary>
internal sealed class DatabaseLock(Database database) : IDisposable
{
    private FileStream? held;

    /// <exception cref="StartupException">Another instance has the file.</exception>
    public void Take()
    {
        if (database.SqliteFile is not { } file || held is not null)
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        try
        {
            held = new FileStream(file + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new StartupException(
                $"The database {file} is in use by another AdvocacyBot on this machine. Stop that one first, or give this one a file of its own: " +
                "--Database:ConnectionString=\"Data Source=data/other.db\". For several hosts use PostgreSQL (Database:Provider=PostgreSql).");
        }
        catch (UnauthorizedAccessException e)
        {
            throw new StartupException($"The folder of the database {file} cannot be written to: {e.Message} Choose another with Database:ConnectionString.");
        }
    }

    public void Dispose() => held?.Dispose();
}
