using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.People;
using AdvocacyBot.Slack.Api;
using AdvocacyBot.Slack.Data;
using AdvocacyBot.Slack.Home;
using AdvocacyBot.Slack.Inbound;
using AdvocacyBot.Slack.Installations;
using AdvocacyBot.Slack.OAuth;
using AdvocacyBot.Slack.Outbound;
using AdvocacyBot.Slack.People;
using AdvocacyBot.Slack.Replies;
using AdvocacyBot.Slack.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Slack;

/// <summary>Slack: what arrives over HTTP or Socket Mode becomes interactions, and replies and outbox become messages, views and the Home tab.</summary>
public static class SlackChannel
{
    /// <summary>Table that remembers which of the channel's migrations ran.</summary>
    public const string MigrationsHistory = SlackDb.HistoryTable;

    /// <summary>Slack waits no longer for anything, and neither do we for Slack.</summary>
    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(20);

    public static bool IsOn(IConfiguration configuration) => configuration.GetValue<bool>($"{SlackOptions.Section}:{nameof(SlackOptions.Enabled)}");

    public static IServiceCollection AddSlackChannel(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        RegisterTexts();
        services.AddSingleton<IValidateOptions<SlackOptions>, SlackOptionsValidation>();
        services.AddOptions<SlackOptions>().Bind(configuration.GetSection(SlackOptions.Section)).ValidateOnStart();
        services.AddPooledDbContextFactory<SlackDb>((provider, builder) => provider.GetRequiredService<Database>()
            .Configure(builder, typeof(SlackDb).Assembly.GetName().Name!, SlackDb.HistoryTable));

        services.AddDataProtection().SetApplicationName("AdvocacyBot");
        services.AddSingleton<KeyRepository>();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(keys => keys.XmlRepository = provider.GetRequiredService<KeyRepository>()));

        services.AddSingleton<RateLimits>().AddSingleton<ChannelPace>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<SlackApi>(provider, Http()));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<ResponseSender>(provider, Http()));
        services.AddSingleton<TokenVault>().AddSingleton<InstallationStore>().AddSingleton<InstallationBook>().AddSingleton<LostAccess>().AddSingleton<SlackClient>();

        services.AddSingleton<InFlight>().AddHostedService(provider => provider.GetRequiredService<InFlight>());
        services.AddSingleton<OpenForms>().AddSingleton<ViewShower>().AddSingleton<PrivateMessages>().AddSingleton<ReplyWriter>().AddSingleton<TurnRunner>();
        services.AddSingleton<Reachability>().AddSingleton<PeopleBook>().AddSingleton<ChannelBook>();
        services.AddSingleton<MemberCount>().AddHostedService(provider => provider.GetRequiredService<MemberCount>());
        services.AddScoped<HomeQuery>().AddSingleton<HomePublisher>();

        services.AddSingleton<CommandRequests>().AddSingleton<Presses>().AddSingleton<Submissions>().AddSingleton<InteractivityRequests>();
        services.AddSingleton<EventInbox>().AddSingleton<EventRunner>().AddHostedService<EventWorker>();
        services.AddSingleton<RecentKeys>().AddSingleton<Mentions>().AddSingleton<ChannelEvents>().AddSingleton<EventRequests>().AddSingleton<Requests>().AddSingleton<SlackEndpoints>();
        services.AddSingleton<DeliveryTrouble>().AddSingleton<IChatSender, SlackChatSender>().AddScoped<IPersonTraces, SlackTraces>();
        services.AddSingleton<OAuthEndpoints>();
        if (configuration.GetValue<SlackMode>($"{SlackOptions.Section}:{nameof(SlackOptions.Mode)}") == SlackMode.Socket)
        {
            services.AddSingleton<Envelopes>().AddSingleton<SocketAddresses>().AddSingleton(_ => new Backoff(System.Security.Cryptography.RandomNumberGenerator.GetInt32));
            services.AddHostedService<SocketMode>();
        }

        return services;
    }

    /// <summary>Makes the channel's tables in another database, or brings them up to date, and nothing else.</summary>
    public static async Task MigrateAsync(Database database, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        var options = new DbContextOptionsBuilder<SlackDb>();
        database.Configure(options, typeof(SlackDb).Assembly.GetName().Name!, SlackDb.HistoryTable);
        await using var db = new SlackDb(options.Options);
        await db.Database.MigrateAsync(cancellationToken);
    }

    /// <summary>Brings the channel's tables up to date; call it after the programme's own migrations, before the host answers.</summary>
    public static async Task PrepareSlackChannelAsync(this IServiceProvider services, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(services);
        var database = services.GetRequiredService<Database>();
        using (await database.EnterWriteAsync(cancellationToken))
        {
            await using var db = await services.GetRequiredService<IDbContextFactory<SlackDb>>().CreateDbContextAsync(cancellationToken);
            await db.Database.MigrateAsync(cancellationToken);
        }
    }

    /// <summary>Maps what is under <c>/slack/</c>; with Socket Mode only the installation.</summary>
    public static IEndpointRouteBuilder MapSlackChannel(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var options = endpoints.ServiceProvider.GetRequiredService<IOptions<SlackOptions>>().Value;
        if (options.Mode == SlackMode.Http)
        {
            var requests = endpoints.ServiceProvider.GetRequiredService<SlackEndpoints>();
            endpoints.MapPost("/slack/commands", requests.CommandAsync);
            endpoints.MapPost("/slack/interactions", requests.InteractionAsync);
            endpoints.MapPost("/slack/options", requests.InteractionAsync);
            endpoints.MapPost("/slack/events", requests.EventAsync);
        }

        if (!string.IsNullOrEmpty(options.ClientId) && !string.IsNullOrEmpty(options.ClientSecret))
        {
            var install = endpoints.ServiceProvider.GetRequiredService<OAuthEndpoints>();
            endpoints.MapGet("/slack/install", install.InstallAsync);
            endpoints.MapGet("/slack/oauth", install.ReturnAsync);
        }

        return endpoints;
    }

    internal static void RegisterTexts() => Texts.Register("Slack", "AdvocacyBot.Slack.Strings.Slack", typeof(SlackChannel).Assembly);

    /// <summary>Connections live as long as name resolution may change; Slack redirects nobody, and no cookie of its is sent back.</summary>
    private static HttpClient Http() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(15) }) { Timeout = LongestCall };
}
