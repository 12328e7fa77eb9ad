using AdvocacyBot.Core;
using AdvocacyBot.Core.Conversions;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.People;
using AdvocacyBot.Core.Programme;
using AdvocacyBot.Core.Recognition;
using AdvocacyBot.Host.Conversions;
using AdvocacyBot.Core.Rhythm;
using AdvocacyBot.Host.Feeds;
using AdvocacyBot.Host.LinkPreviews;
using AdvocacyBot.Host.Links;
using AdvocacyBot.Host.Reports;
using AdvocacyBot.Host.Scheduling;
using AdvocacyBot.Host.Telemetry;
using AdvocacyBot.Slack;
using AdvocacyBot.Teams;
using AdvocacyBot.Web;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AdvocacyBot.Host.Composition;

/// <summary>Puts the bot together.</summary>
internal static class HostServices
{
    /// <summary>Request bodies may have this many bytes; above it the answer is 413.</summary>
    public const int MaxBody = 1024 * 1024;

    /// <summary>Requests are not logged: their addresses hold personal codes.</summary>
    public static readonly IReadOnlyDictionary<string, string?> DefaultLogLevels = new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft"] = "Warning",

        // Where it may say anything, it makes an activity of every request and a scope that holds the address. What fails, others say as well.
        ["Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics"] = "None",
        ["Logging:LogLevel:Quartz"] = "Warning",
    };

    public static void AddAdvocacyBot(this WebApplicationBuilder builder)
    {
        // Below everything else that configures, so that it can be overridden.
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = DefaultLogLevels });
        var services = builder.Services;
        var configuration = builder.Configuration;
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = MaxBody;
            kestrel.AddServerHeader = false;
        });
        ListeningAddress.Check(configuration);
        if (!ListeningAddress.IsSet(configuration))
        {
            builder.WebHost.UseUrls(ListeningAddress.Default);
        }

        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<BotOptions>().Bind(configuration)
            .Validate(
                options => options.PublicUrl is null || (options.PublicUrl.IsAbsoluteUri && (options.PublicUrl.Scheme == Uri.UriSchemeHttps || (options.PublicUrl.Scheme == Uri.UriSchemeHttp && options.PublicUrl.IsLoopback))),
                "PublicUrl must be an absolute https address (http only on loopback), e.g. https://share.example.com.")
            .ValidateOnStart();
        services.AddDatabaseSettings(configuration, builder.Environment.ContentRootPath);
        services.AddSettings<DialogOptions>(configuration, DialogOptions.Section);
        services.AddSettings<ProgrammeOptions>(configuration, ProgrammeOptions.Section);
        services.AddSettings<HolidayOptions>(configuration, HolidayOptions.Section);
        services.AddSettings<ContactOptions>(configuration, ContactOptions.Section)
            .Validate(options => options.QuietFrom.Length == 0 == (options.QuietTo.Length == 0), "Contact:QuietFrom and Contact:QuietTo are both times, or both empty.");

        services.AddSettings<ConversionOptions>(configuration, ConversionOptions.Section);
        services.AddSettings<RhythmOptions>(configuration, RhythmOptions.Section);

        services.AddAdvocacyCore();
        services.AddConversionsApi();
        services.AddLinkPreviews(configuration);
        services.AddFeedReading(configuration);
        services.AddTrackedLinks(configuration);
        services.AddSchedule(configuration);
        services.AddTelemetry(configuration);
        services.AddReportPages();
        services.AddSchedule();
        services.AddSingleton<DatabaseLock>();
        services.AddProblemDetails();
        if (WebChannelSwitch.IsOn(configuration, builder.Environment))
        {
            services.AddWebChannel(configuration);
        }

        if (SlackChannel.IsOn(configuration))
        {
            services.AddSlackChannel(configuration);
        }

        if (TeamsChannel.IsConfigured(configuration))
        {
            services.AddTeamsChannel(configuration);
        }
    }
}
