using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Links;
using AdvocacyBot.Core.Programme;
using AdvocacyBot.Host.Broadcasts;
using AdvocacyBot.Host.Conversions;
using AdvocacyBot.Host.Health;
using AdvocacyBot.Host.Links;
using AdvocacyBot.Host.People;
using AdvocacyBot.Host.Reports;
using AdvocacyBot.Slack;
using AdvocacyBot.Teams;
using AdvocacyBot.Web;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Host.Composition;

/// <summary>What happens before the first request, and where requests go.</summary>
internal static partial class HostPipeline
{
    /// <summary>Takes the database, brings it up to date and loads keys. Nothing is served before.</summary>
    /// <exception cref="StartupException">The host cannot run like this.</exception>
    public static async Task PrepareAsync(this WebApplication app, CancellationToken cancellationToken)
    {
        app.Services.GetRequiredService<DatabaseLock>().Take();
        await using (var db = await app.Services.GetRequiredService<IDbContextFactory<AdvocacyDb>>().CreateDbContextAsync(cancellationToken))
        {
            await db.Database.MigrateAsync(cancellationToken);
        }

        await app.Services.GetRequiredService<Keys>().LoadAsync(cancellationToken);
        if (WebChannelSwitch.IsOn(app.Configuration, app.Environment))
        {
            await app.Services.PrepareWebChannelAsync(cancellationToken);
        }

        if (TeamsChannel.IsConfigured(app.Configuration))
        {
            await app.Services.PrepareTeamsChannelAsync(cancellationToken);
        }

        await app.Services.GetRequiredService<ApplySettings>().RunAsync(cancellationToken);
        if (SlackChannel.IsOn(app.Configuration))
        {
            await app.Services.PrepareSlackChannelAsync(cancellationToken);
        }
    }

    public static void UseAdvocacyBot(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseMiddleware<BadRequests>();
        app.UseTrackedLinks();
        app.Use((context, next) =>
        {
            context.Response.Headers.XContentTypeOptions = "nosniff";
            return next(context);
        });
        app.MapHealth();
        app.MapPrivatePages();
        app.MapDeliveryFiles();
        app.MapAuditFile();
        app.MapExportPages();
        app.MapConversions();
        app.MapClickRule();
        app.MapReport();
        if (SlackChannel.IsOn(app.Configuration))
        {
            app.MapSlackChannel();
        }

        if (WebChannelSwitch.IsOn(app.Configuration, app.Environment))
        {
            app.MapWebChannel();
        }
        else
        {
            app.MapGet("/", () => Results.Text("AdvocacyBot is running."));
        }

        if (TeamsChannel.IsConfigured(app.Configuration))
        {
            app.MapTeamsChannel();
        }
    }

    /// <summary>Settles what links are made from; where only the listening address is left, once that is known.</summary>
    /// <exception cref="StartupException">It has to be configured.</exception>
    public static void SetPublicAddress(this WebApplication app)
    {
        var address = app.Services.GetRequiredService<PublicAddress>();
        if (app.Services.GetRequiredService<IOptions<BotOptions>>().Value.PublicUrl is { } configured)
        {
            address.Root = configured;
        }
        else if (!app.Environment.IsDevelopment())
        {
            throw new StartupException(BotOptions.PublicUrlMissing);
        }
        else
        {
            address.Root = new Uri("http://localhost/");
        }

        app.Lifetime.ApplicationStarted.Register(() =>
        {
            var listening = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
            if (listening is null)
            {
                return;
            }

            var shown = new Uri(listening.Replace("[::]", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "localhost", StringComparison.Ordinal).Replace("*", "localhost", StringComparison.Ordinal));
            if (app.Services.GetRequiredService<IOptions<BotOptions>>().Value.PublicUrl is null)
            {
                address.Root = shown;
            }

            Log.Ready(app.Logger, WebChannelSwitch.IsOn(app.Configuration, app.Environment)
                ? $"AdvocacyBot is ready. Open {shown} in a browser, choose who you are, and type /advocate help."
                : $"AdvocacyBot is ready at {shown}.");
        });
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Where}")]
        public static partial void Ready(ILogger logger, string where);
    }
}
