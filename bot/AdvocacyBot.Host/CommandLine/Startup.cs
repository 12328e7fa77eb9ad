using System.Data.Common;
using System.Net.Sockets;
using AdvocacyBot.Host.Composition;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Host.CommandLine;

/// <summary>Builds the host for a command, and says in words what keeps it from starting.</summary>
internal static class Startup
{
    /// <summary>Exit code of a host that cannot start like this; a crash has another.</summary>
    public const int Refused = 2;

    /// <summary>
    /// Settings are read at the start. The watcher that would read changed files again watches the whole folder, the database in it included, and would wake up at
    /// every commit.
    /// </summary>
    private const string ReadSettingsOnce = "--hostBuilder:reloadConfigOnChange=false";

    private const string HostCategory = "Microsoft.Extensions.Hosting.Internal.Host";

    private const string WhereSettingsStand =
        "Settings stand in appsettings.json, in environment variables (Section__Name) or on the command line (--Section:Name=value).";

    public static async Task<int> RunAsync(string[] args, Func<WebApplication, CancellationToken, Task<int>> run, CancellationToken cancellationToken)
    {
        try
        {
            var builder = WebApplication.CreateBuilder([.. args, ReadSettingsOnce]);
            builder.AddAdvocacyBot();

            // What ends a start is said below, once and in words; the framework would log it with its stack before.
            IHostApplicationLifetime? lifetime = null;
            builder.Logging.AddFilter(HostCategory, level => level >= LogLevel.Warning && lifetime?.ApplicationStarted.IsCancellationRequested == true);
            await using var app = builder.Build();
            lifetime = app.Lifetime;
            app.Services.GetRequiredService<IStartupValidator>().Validate();
            return await run(app, cancellationToken);
        }
        catch (Exception e) when (Explain(e) is { } words)
        {
            await Console.Error.WriteLineAsync(words);
            return Refused;
        }
    }

    /// <returns>What is wrong and what helps; null for what only a developer can mend.</returns>
    private static string? Explain(Exception exception) => exception switch
    {
        StartupException e => e.Message,
        OptionsValidationException e => Settings(e.Failures),
        AggregateException e when e.InnerExceptions.All(inner => inner is OptionsValidationException) =>
            Settings(e.InnerExceptions.Cast<OptionsValidationException>().SelectMany(inner => inner.Failures)),
        InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder" } e => Settings([e.Message]),
        InvalidDataException e => $"A settings file cannot be read. {e.Message} {e.InnerException?.Message}",
        IOException { InnerException: AddressInUseException } e =>
            $"{e.Message} Another program listens there: stop it, or choose another address with --urls=http://localhost:4000.",
        SocketException { SocketErrorCode: SocketError.AccessDenied } =>
            "This user may not listen on the address given in urls. Choose a port above 1023, e.g. --urls=http://localhost:4000.",
        DbException e => Database(e),
        InvalidOperationException { InnerException: DbException e } => Database(e),
        _ => null,
    };

    private static string Settings(IEnumerable<string> failures) =>
        $"The settings are not right:{string.Concat(failures.Select(failure => $"{Environment.NewLine}  {failure}"))}{Environment.NewLine}{WhereSettingsStand}";

    private static string Database(DbException e) =>
        $"The database cannot be used: {e.Message} Check Database:Provider and Database:ConnectionString; 'doctor' tells more. {WhereSettingsStand}";
}
