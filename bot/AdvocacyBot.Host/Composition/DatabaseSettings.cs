using System.Data.Common;
using AdvocacyBot.Core.Data;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Npgsql;

namespace AdvocacyBot.Host.Composition;

/// <summary>Section <c>Database</c>: a SQLite file's relative path starts at the content root.</summary>
internal static class DatabaseSettings
{
    public static void AddDatabaseSettings(this IServiceCollection services, IConfiguration configuration, string contentRoot)
    {
        var key = $"{DatabaseOptions.Section}:{nameof(DatabaseOptions.Provider)}";
        if (configuration[key] is { Length: > 0 } provider && !(Enum.TryParse<DatabaseProvider>(provider, ignoreCase: true, out var known) && Enum.IsDefined(known)))
        {
            throw new StartupException($"{key} is '{provider}'. It can be {string.Join(" or ", Enum.GetNames<DatabaseProvider>())}.");
        }

        services.AddSettings<DatabaseOptions>(configuration, DatabaseOptions.Section).PostConfigure(options => UnderContentRoot(options, contentRoot));
        services.AddSingleton<IValidateOptions<DatabaseOptions>, Readable>();
    }

    private static void UnderContentRoot(DatabaseOptions options, string contentRoot)
    {
        if (options.Provider == DatabaseProvider.Sqlite
            && Parse(options, out _) is SqliteConnectionStringBuilder { Mode: not SqliteOpenMode.Memory, DataSource: not (":memory:" or "") } connection)
        {
            connection.DataSource = Path.GetFullPath(connection.DataSource, contentRoot);
            options.ConnectionString = connection.ToString();
        }
    }

    private static DbConnectionStringBuilder? Parse(DatabaseOptions options, out string? problem)
    {
        problem = null;
        try
        {
            return options.Provider == DatabaseProvider.Sqlite
                ? new SqliteConnectionStringBuilder(options.ConnectionString)
                : new NpgsqlConnectionStringBuilder(options.ConnectionString);
        }
        catch (ArgumentException e)
        {
            // The text itself is not shown: it holds a password.
            problem = e.Message;
            return null;
        }
    }

    private sealed class Readable : IValidateOptions<DatabaseOptions>
    {
        public ValidateOptionsResult Validate(string? name, DatabaseOptions options)
        {
            var (example, place) = options.Provider == DatabaseProvider.Sqlite
                ? ("Data Source=data/advocacy.db", Parse(options, out var problem) is SqliteConnectionStringBuilder sqlite ? sqlite.DataSource : null)
                : ("Host=localhost;Database=advocacy;Username=advocacy;Password=...", Parse(options, out problem) is NpgsqlConnectionStringBuilder postgres ? postgres.Host : null);
            return problem is null && !string.IsNullOrEmpty(place)
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail(
                    $"Database:ConnectionString does not say where the {options.Provider} database is{(problem is null ? "" : $" ({problem})")}. Write it like \"{example}\".");
        }
    }
}
