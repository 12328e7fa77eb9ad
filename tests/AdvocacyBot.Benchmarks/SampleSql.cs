using System.Globalization;
using Microsoft.Data.Sqlite;

namespace AdvocacyBot.Benchmarks;

/// <summary>Fills a database faster than the model would; parameters are <c>$1</c>, <c>$2</c>, ….</summary>
internal static class SampleSql
{
    public static long Scalar(this SqliteConnection database, string sql, params object[] values)
    {
        using var command = database.Command(sql, values);
        return (long)command.ExecuteScalar()!;
    }

    public static void Run(this SqliteConnection database, string sql, params object[] values)
    {
        using var command = database.Command(sql, values);
        command.ExecuteNonQuery();
    }

    /// <summary>The key that the host signs buttons with.</summary>
    public static byte[] ActionKey(this SqliteConnection database)
    {
        using var command = database.Command("SELECT \"Value\" FROM secrets WHERE \"Name\" = 'action-tokens'");
        return (byte[])command.ExecuteScalar()!;
    }

    private static SqliteCommand Command(this SqliteConnection database, string sql, params object[] values)
    {
        var command = database.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue($"${(i + 1).ToString(CultureInfo.InvariantCulture)}", values[i]);
        }

        return command;
    }
}
