using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.People;
using AdvocacyBot.Teams.Chat;
using AdvocacyBot.Teams.Data;
using AdvocacyBot.Teams.Inbound;
using AdvocacyBot.Teams.Outbound;
using AdvocacyBot.Teams.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;

namespace AdvocacyBot.Teams;

/// <summary>Microsoft Teams, over Bot Framework's Activity Protocol.</summary>
public static class TeamsChannel
{
    /// <summary>Table that remembers which of the channel's migrations ran.</summary>
    public const string MigrationsHistory = TeamsDb.HistoryTable;

    public const string MessagesPath = "/api/messages";

    /// <summary>Whether the settings say that there is a bot in Teams.</summary>
    public static bool IsConfigured(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var section = configuration.GetSection(TeamsOptions.Section);
        return section[nameof(TeamsOptions.AppId)] is { Length: > 0 } || section.GetValue(nameof(TeamsOptions.AllowAnonymous), defaultValue: false);
    }

    public static IServiceCollection AddTeamsChannel(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        Texts.Register("Teams", "AdvocacyBot.Teams.Strings.Teams", typeof(TeamsChannel).Assembly);
        services.AddOptions<TeamsOptions>().Bind(configuration.GetSection(TeamsOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<TeamsOptions>, TeamsOptionsValidation>();
        services.AddPooledDbContextFactory<TeamsDb>((provider, builder) => provider.GetRequiredService<Database>()
            .Configure(builder, typeof(TeamsDb).Assembly.GetName().Name!, TeamsDb.HistoryTable));
        services.AddSingleton<IConversationReferences, ConversationReferences>().AddScoped<IPersonTraces, TeamsTraces>();

        services.AddSingleton<ServiceHosts>();
        services.AddSingleton<IDocumentRetriever>(provider => Documents(provider.GetRequiredService<IOptions<TeamsOptions>>().Value));
        services.AddSingleton<SigningKeys>().AddSingleton<BotToken>().AddSingleton<TokenCache>().AddSingleton<ActivityGuard>();
        services.AddSingleton<Turns>().AddSingleton<MessagesEndpoint>();
        services.AddSingleton<BotTokens>().AddSingleton<ConnectorHttp>().AddSingleton<SendLanes>();
        services.AddSingleton<ConnectorCalls>().AddSingleton<ConnectorClient>().AddSingleton<Addresses>().AddSingleton<DeliveryTrouble>();
        services.AddSingleton<TeamsChatSender>().AddSingleton<IChatSender>(provider => provider.GetRequiredService<TeamsChatSender>());
        return services.AddTeamsChat();
    }

    /// <summary>Makes the channel's tables in another database, or brings them up to date, and nothing else.</summary>
    public static async Task MigrateAsync(Database database, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        var options = new DbContextOptionsBuilder<TeamsDb>();
        database.Configure(options, typeof(TeamsDb).Assembly.GetName().Name!, TeamsDb.HistoryTable);
        await using var db = new TeamsDb(options.Options);
        await db.Database.MigrateAsync(cancellationToken);
    }

    /// <summary>Brings the channel's table up to date. Call it after the programme's own migrations, before the host answers.</summary>
    public static async Task PrepareTeamsChannelAsync(this IServiceProvider services, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(services);
        using var turn = await services.GetRequiredService<Database>().EnterWriteAsync(cancellationToken);
        await using var db = await services.GetRequiredService<IDbContextFactory<TeamsDb>>().CreateDbContextAsync(cancellationToken);
        await db.Database.MigrateAsync(cancellationToken);
    }

    /// <summary>Maps <see cref="MessagesPath"/>.</summary>
    public static IEndpointRouteBuilder MapTeamsChannel(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        RequestDelegate messages = endpoints.ServiceProvider.GetRequiredService<MessagesEndpoint>().HandleAsync;
        endpoints.MapPost(MessagesPath, messages);
        return endpoints;
    }

    /// <summary>What of Teams is configured and works; tries to get a token.</summary>
    /// <returns>Sentences in English, as the rest of "doctor", with whether all is well.</returns>
    public static Task<IReadOnlyList<(bool Fine, string Text)>> ExamineTeamsChannelAsync(this IServiceProvider services, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(services);
        return TeamsExamination.RunAsync(services, cancellationToken);
    }

    private static HttpDocumentRetriever Documents(TeamsOptions options) => new(
        new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = TimeSpan.FromSeconds(10) })
    {
        // The settings' validation lets http through for loopback alone.
        RequireHttps = options.OpenIdMetadataUrl is not { Scheme: "http" },
    };
}
