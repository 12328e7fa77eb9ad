using System.Globalization;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace AdvocacyBot.Benchmarks;

/// <summary>Fills a database faster than the model would; parameters are <c>$1</c>, <c>$2</c>, ….</summary>
internal static class SampleSql
{
    public static long Scalar(this DbConnection database, string sql, params object[] values)
    {
        using var command = database.Command(sql, values);
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    public static void Run(this DbConnection database, string sql, params object[] values)
    {
        using var command = database.Command(sql, values);
        command.ExecuteNonQuery();
    }

    /// <summary>The key that the host signs buttons with.</summary>
    public static byte[] ActionKey(this DbConnection database)
    {
        using var command = database.Command("SELECT \"Value\" FROM secrets WHERE \"Name\" = 'action-tokens'");
        return (byte[])command.ExecuteScalar()!;
    }

    private static DbCommand Command(this DbConnection database, string sql, params object[] values)
    {
        var command = database.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = command.CreateParameter();
            if (database is SqliteConnection)
            {
                parameter.ParameterName = $"${(i + 1).ToString(CultureInfo.InvariantCulture)}";
            }

            parameter.Value = values[i];
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
