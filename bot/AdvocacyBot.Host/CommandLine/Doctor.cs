using AdvocacyBot.Core.Data;
using AdvocacyBot.Host.Composition;
using AdvocacyBot.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Host.CommandLine;

/// <summary>Says what is configured and what is missing; exits with 1 where something keeps the bot from working.</summary>
internal static class Doctor
{
    public static async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddAdvocacyBot();
        await using var app = builder.Build();
        var problems = 0;

        var publicUrl = app.Services.GetRequiredService<IOptions<BotOptions>>().Value.PublicUrl;
        if (publicUrl is null && !app.Environment.IsDevelopment())
        {
            problems++;
            await SayAsync(false, "PublicUrl", BotOptions.PublicUrlMissing);
        }
        else
        {
            await SayAsync(true, "PublicUrl", publicUrl?.AbsoluteUri ?? "not set; in Development the listening address is used");
        }

        var database = app.Services.GetRequiredService<Database>();
        try
        {
            await using var db = await app.Services.GetRequiredService<IDbContextFactory<AdvocacyDb>>().CreateDbContextAsync(cancellationToken);
            if (database.SqliteFile is { } file && !File.Exists(file))
            {
                await SayAsync(true, "Database", $"{file} is not there yet; it is made at the first start");
            }
            else
            {
                var waiting = (await db.Database.GetPendingMigrationsAsync(cancellationToken)).Count();
                await SayAsync(true, "Database", waiting == 0 ? $"{database.Provider}, up to date" : $"{database.Provider}, {waiting} migration(s) to run; 'migrate' or a start does it");
            }
        }
        catch (Exception e) when (e is System.Data.Common.DbException or InvalidOperationException)
        {
            problems++;
            await SayAsync(false, "Database", $"cannot be reached: {e.Message}. Check Database:Provider and Database:ConnectionString.");
        }

        await SayAsync(true, "Web channel", WebChannelSwitch.IsOn(app.Configuration, app.Environment) ? "on" : "off (Web:Enabled switches it on)");
        return problems == 0 ? 0 : 1;
    }

    private static Task SayAsync(bool fine, string what, string text) => Console.Out.WriteLineAsync($"{(fine ? "ok     " : "PROBLEM")}  {what}: {text}");
}
