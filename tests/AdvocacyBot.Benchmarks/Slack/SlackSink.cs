using System.Diagnostics;
using System.Globalization;
using AdvocacyBot.Benchmarks.Redirects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AdvocacyBot.Benchmarks.Slack;

/// <summary>Takes what our host sends to Slack and says that all is well, in a process of its own on the second processor.</summary>
internal sealed class SlackSink : IDisposable
{
    private readonly Process process;

    private SlackSink(Process process, int port)
    {
        this.process = process;
        Port = port;
    }

    public int Port { get; }

    public static async Task<SlackSink> StartAsync()
    {
        var started = Processes.Start(1, "slack", "sink");
        var line = await started.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The sink ended before it listened.");
        return new SlackSink(started, int.Parse(line, CultureInfo.InvariantCulture));
    }

    public static async Task<int> RunAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.MapPost("/response/{id}", () => Results.Text("ok"));
        app.MapPost("/api/auth.test", () => Results.Text(
            $$"""{"ok":true,"team":"Example","team_id":"{{SlackData.Team}}","user_id":"U0BOT","bot_id":"B0BOT","is_enterprise_install":false}""", "application/json"));
        app.MapPost("/api/{method}", () => Results.Text("""{"ok":false,"error":"not_in_the_benchmark"}""", "application/json"));
        await app.StartAsync();
        Console.WriteLine(new Uri(app.Urls.Single()).Port);
        await ((IHost)app).WaitForShutdownAsync();
        return 0;
    }

    public void Dispose()
    {
        process.Kill();
        process.Dispose();
    }
}
