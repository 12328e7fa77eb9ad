using System.Data.Common;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Host.Composition;
using AdvocacyBot.Host.Scheduling;
using AdvocacyBot.Host.Telemetry;
using AdvocacyBot.Slack;
using AdvocacyBot.Teams;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Host.CommandLine;

/// <summary>Says what is configured and what is missing; exits with 1 where something keeps the bot from working.</summary>
internal static class Doctor
{
    public static async Task<int> RunAsync(WebApplication app, CancellationToken cancellationToken)
    {
        Finding[] findings =
        [
            PublicUrl(app), await DatabaseAsync(app, cancellationToken), await SchedulerAsync(app, cancellationToken), await TelemetryAsync(app, cancellationToken), WebChannel(app),
            .. await SlackAsync(app, cancellationToken), .. await TeamsAsync(app, cancellationToken),
        ];
        foreach (var finding in findings)
        {
            await Console.Out.WriteLineAsync($"{(finding.Fine ? "ok     " : "PROBLEM")}  {finding.What}: {finding.Text}");
        }

        return findings.All(finding => finding.Fine) ? 0 : 1;
    }

    private static Finding PublicUrl(WebApplication app)
    {
        var set = app.Services.GetRequiredService<IOptions<BotOptions>>().Value.PublicUrl;
        return set is null && !app.Environment.IsDevelopment()
            ? new(false, "PublicUrl", BotOptions.PublicUrlMissing)
            : new(true, "PublicUrl", set?.AbsoluteUri ?? "not set; in Development the listening address is used");
    }

    private static async Task<Finding> DatabaseAsync(WebApplication app, CancellationToken cancellationToken)
    {
        const string What = "Database";
        var database = app.Services.GetRequiredService<Database>();
        if (database.SqliteFile is { } file && !File.Exists(file))
        {
            return Folders.WhyNotWritable(Path.GetDirectoryName(file)!) is { } why
                ? new(false, What, $"{file} cannot be made: {why} Choose another place with Database:ConnectionString.")
                : new(true, What, $"{file} is not there yet; it is made at the first start");
        }

        try
        {
            await using var db = await app.Services.GetRequiredService<IDbContextFactory<AdvocacyDb>>().CreateDbContextAsync(cancellationToken);
            var waiting = (await db.Database.GetPendingMigrationsAsync(cancellationToken)).Count();
            return new(true, What, waiting == 0
                ? $"{database.Provider}, up to date"
                : $"{database.Provider}, {waiting} migration(s) to run; 'migrate' or a start does it");
        }
        catch (Exception e) when (e is DbException or InvalidOperationException)
        {
            return new(false, What, $"{database.Provider} cannot be reached: {e.Message} Check Database:Provider and Database:ConnectionString.");
        }
    }

    private static async Task<Finding> SchedulerAsync(WebApplication app, CancellationToken cancellationToken)
    {
        var (fine, text) = await ScheduleExamination.RunAsync(app.Services, cancellationToken);
        return new(fine, "Scheduler", text);
    }

    private static async Task<Finding> TelemetryAsync(WebApplication app, CancellationToken cancellationToken)
    {
        var (fine, text) = await TelemetryExamination.RunAsync(app.Services.GetRequiredService<IOptions<TelemetryOptions>>().Value, cancellationToken);
        return new(fine, "Telemetry", text);
    }

    private static Finding WebChannel(WebApplication app) =>
        new(true, "Web channel", WebChannelSwitch.IsOn(app.Configuration, app.Environment) ? "on" : "off (Web:Enabled switches it on)");

    private static async Task<IEnumerable<Finding>> SlackAsync(WebApplication app, CancellationToken cancellationToken) =>
        !SlackChannel.IsOn(app.Configuration)
            ? [new(true, "Slack", "off (Slack:Enabled switches it on)")]
            : (await app.Services.ExamineSlackAsync(cancellationToken)).Select(finding => new Finding(finding.Fine, "Slack", finding.Text));

    private static async Task<IEnumerable<Finding>> TeamsAsync(WebApplication app, CancellationToken cancellationToken)
    {
        const string What = "Teams";
        return TeamsChannel.IsConfigured(app.Configuration)
            ? (await app.Services.ExamineTeamsChannelAsync(cancellationToken)).Select(found => new Finding(found.Fine, What, found.Text))
            : [new(true, What, "off (Teams:AppId switches it on)")];
    }

    private sealed record Finding(bool Fine, string What, string Text);
}
