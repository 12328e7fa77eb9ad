using AdvocacyBot.Core.Data;

namespace AdvocacyBot.Host.Composition;

/// <summary>One host per SQLite file: held by the operating system as long as the process lives, so that it cannot be left behind.</summary>
internal sealed class DatabaseLock(Database database) : IDisposable
{
    // What the file system answers when another process has the file: EAGAIN (Linux; 35 on macOS), ERROR_SHARING_VIOLATION.
    private static readonly int[] HeldElsewhere = [11, 35, unchecked((int)0x80070020)];

    private FileStream? held;

    /// <exception cref="StartupException">Another instance has the file, or it cannot be made.</exception>
    public void Take()
    {
        if (database.SqliteFile is not { } file || held is not null)
        {
            return;
        }

        var folder = Path.GetDirectoryName(file)!;
        try
        {
            Directory.CreateDirectory(folder);
            held = new FileStream(file + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (HeldElsewhere.Contains(e.HResult))
        {
            throw new StartupException(
                $"The database {file} is in use by another AdvocacyBot on this machine. Stop that one first, or give this one a file of its own: " +
                "--Database:ConnectionString=\"Data Source=data/other.db\". For several hosts use PostgreSQL (Database:Provider=PostgreSql).");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupException(
                $"The database {file} cannot be made: {Folders.WhyNotWritable(folder) ?? e.Message} Choose another place with Database:ConnectionString, e.g. " +
                "--Database:ConnectionString=\"Data Source=/var/lib/advocacybot/advocacy.db\".");
        }
    }

    public void Dispose() => held?.Dispose();
}
