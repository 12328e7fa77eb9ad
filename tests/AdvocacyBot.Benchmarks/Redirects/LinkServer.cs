using System.Globalization;
using AdvocacyBot.Core;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Host.Links;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AdvocacyBot.Benchmarks.Redirects;

/// <summary><c>serve-links bare|links DATABASE</c>: a server with nothing but redirects; says its port on the first line.</summary>
internal static class LinkServer
{
    public static async Task<int> RunAsync(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        if (args[0] == "links")
        {
            AddLinks(builder, args[1]);
        }

        await using var app = builder.Build();
        if (args[0] == "links")
        {
            app.UseTrackedLinks();
        }
        else
        {
            app.Run(Bare);
        }

        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();
        Console.WriteLine(new Uri(address).Port.ToString(CultureInfo.InvariantCulture));
        await app.WaitForShutdownAsync();
        return 0;
    }

    private static void AddLinks(WebApplicationBuilder builder, string connectionString)
    {
        // The load comes from one address: limited, but not held back.
        builder.Configuration.AddInMemoryCollection([new("Links:PerVisitorPerSecond", "1000000")]);
        var services = builder.Services;
        services.Configure<DatabaseOptions>(options =>
        {
            options.ConnectionString = connectionString;
            options.Provider = connectionString.StartsWith("Host=", StringComparison.Ordinal) ? DatabaseProvider.PostgreSql : DatabaseProvider.Sqlite;
        });
        services.AddSingleton(TimeProvider.System);
        services.AddAdvocacyCore();
        services.AddTrackedLinks(builder.Configuration);
    }

    private static Task Bare(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status302Found;
        var headers = context.Response.Headers;
        headers.Location = "https://www.example.com/jobs/1?utm_source=linkedin&utm_medium=social&utm_campaign=abcdefgh&utm_content=abcdef";
        headers.CacheControl = "private, no-store";
        headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
        headers["X-Robots-Tag"] = "noindex";
        headers.ContentLength = 0;
        return Task.CompletedTask;
    }
}
