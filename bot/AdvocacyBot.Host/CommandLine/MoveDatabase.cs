using AdvocacyBot.Core.Data;
using AdvocacyBot.Host.Composition;
using AdvocacyBot.Host.Databases;
using Microsoft.Extensions.Options;
using Npgsql;

namespace AdvocacyBot.Host.CommandLine;

/// <summary><c>move-database --to CONNECTION</c>: an existing SQLite programme into an empty PostgreSQL database.</summary>
internal static class MoveDatabase
{
    /// <summary>The environment variable that says where to, so that a password need not stand on the command line.</summary>
    public const string Variable = "ADVOCACY_MOVE_TO";

    public static async Task<int> RunAsync(WebApplication app, string? to, CancellationToken cancellationToken)
    {
        to ??= Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrWhiteSpace(to))
        {
            throw new StartupException(
                $"Say where to: move-database --to \"Host=...;Database=...;Username=...;Password=...\", or set the environment variable {Variable} to that, so that the password does not stand on the command line.");
        }

        if (app.Services.GetRequiredService<Database>().SqliteFile is not { } file)
        {
            throw new StartupException("'move-database' reads the SQLite database that Database:ConnectionString names; the settings name PostgreSQL. Start it with the settings that the programme has run with so far.");
        }

        if (!File.Exists(file))
        {
            throw new StartupException($"There is no database {file}. Start it in the folder in which the bot has run, or name the file with --Database:ConnectionString.");
        }

        // A bot that runs would write what is not moved any more.
        app.Services.GetRequiredService<DatabaseLock>().Take();
        await using var target = Target(to);
        await new DatabaseMove(file, target, Console.Out).RunAsync(cancellationToken);
        await Console.Out.WriteLineAsync(
            $"The programme is in PostgreSQL now; {file} is as it was. Set Database:Provider=PostgreSql and Database:ConnectionString, start the bot, and keep the file until you have seen that all is well.");
        return 0;
    }

    private static Database Target(string to)
    {
        try
        {
            var connection = new NpgsqlConnectionStringBuilder(to);
            if (string.IsNullOrEmpty(connection.Host))
            {
                throw new FormatException("it names no Host");
            }

            // Copying and comparing large tables takes as long as it takes.
            connection.CommandTimeout = 0;
            return new Database(Options.Create(new DatabaseOptions { Provider = DatabaseProvider.PostgreSql, ConnectionString = connection.ConnectionString }));
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            throw new StartupException($"What follows --to is no connection string of PostgreSQL ({e.Message}). Write it like \"Host=localhost;Database=advocacy;Username=advocacy;Password=...\".");
        }
    }
}
