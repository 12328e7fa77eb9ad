using System.Globalization;
using AdvocacyBot.Host.CommandLine;
using AdvocacyBot.Host.Composition;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Benchmarks.Broadcasts;

/// <summary><c>broadcast host SPEED SETTINGS</c>: the host as it is, but for a clock that runs so many times as fast.</summary>
internal static class FastHost
{
    public static async Task<int> RunAsync(string speed, string[] settings)
    {
        var builder = WebApplication.CreateBuilder([.. settings, "--hostBuilder:reloadConfigOnChange=false"]);
        builder.Services.AddSingleton<TimeProvider>(new FastTime(double.Parse(speed, CultureInfo.InvariantCulture)));
        builder.AddAdvocacyBot();
        await using var app = builder.Build();
        return await Serve.RunAsync(app, CancellationToken.None);
    }
}
