using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.People;
using AdvocacyBot.Web.Api;
using AdvocacyBot.Web.Chat;
using AdvocacyBot.Web.Data;
using AdvocacyBot.Web.Hub;
using AdvocacyBot.Web.Page;
using AdvocacyBot.Web.Seed;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Web;

/// <summary>The browser chat: anybody who reaches it can act as anybody in it, so it is for trying the product and for development.</summary>
public static class WebChannel
{
    /// <summary>Table that remembers which of the channel's migrations ran.</summary>
    public const string MigrationsHistory = WebDb.HistoryTable;

    public static IServiceCollection AddWebChannel(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        Texts.Register("Web", "AdvocacyBot.Web.Strings.Web", typeof(WebChannel).Assembly);
        services.AddOptions<WebOptions>().Bind(configuration.GetSection(WebOptions.Section));
        services.AddPooledDbContextFactory<WebDb>((provider, builder) => provider.GetRequiredService<Database>()
            .Configure(builder, typeof(WebDb).Assembly.GetName().Name!, WebDb.HistoryTable));

        services.AddSingleton<ChangeSignal>().AddSingleton<WebWriter>().AddSingleton<WebReader>();
        services.AddSingleton<RosterCache>().AddSingleton<ReplyWriter>().AddSingleton<Dispatcher>();
        services.AddSingleton<IChatSender, WebChatSender>().AddScoped<IPersonTraces, WebTraces>();
        services.AddSingleton<RequestGuard>().AddSingleton<ApiPipeline>();
        services.AddSingleton<StateEndpoints>().AddSingleton<MessageEndpoints>().AddSingleton<InteractionEndpoints>().AddSingleton<HubEndpoint>();
        return services.AddSingleton<PageFiles>();
    }

    /// <summary>Makes the channel's tables in another database, or brings them up to date, and nothing else.</summary>
    public static async Task MigrateAsync(Database database, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        var options = new DbContextOptionsBuilder<WebDb>();
        database.Configure(options, typeof(WebDb).Assembly.GetName().Name!, WebDb.HistoryTable);
        await using var db = new WebDb(options.Options);
        await db.Database.MigrateAsync(cancellationToken);
    }

    /// <summary>
    /// Brings the channel's tables up to date and, in an empty database, makes its workspace with channels and people. Call it after the programme's own
    /// migrations, before the host answers.
    /// </summary>
    public static async Task PrepareWebChannelAsync(this IServiceProvider services, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(services);
        var database = services.GetRequiredService<Database>();
        using (await database.EnterWriteAsync(cancellationToken))
        {
            await using var db = await services.GetRequiredService<IDbContextFactory<WebDb>>().CreateDbContextAsync(cancellationToken);
            await db.Database.MigrateAsync(cancellationToken);
        }

        var seed = new WebSeed(database, services.GetRequiredService<IDbContextFactory<AdvocacyDb>>(), services.GetRequiredService<TimeProvider>());
        await seed.RunAsync(cancellationToken);
    }

    /// <summary>Maps <c>/</c>, the page's files under <c>/web/</c>, <c>/web/api/*</c> and <c>/web/hub</c>.</summary>
    public static IEndpointRouteBuilder MapWebChannel(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var services = endpoints.ServiceProvider;
        var pipeline = services.GetRequiredService<ApiPipeline>();
        var state = services.GetRequiredService<StateEndpoints>();
        var messages = services.GetRequiredService<MessageEndpoints>();
        var interactions = services.GetRequiredService<InteractionEndpoints>();
        var hub = services.GetRequiredService<HubEndpoint>();
        var page = services.GetRequiredService<PageFiles>();

        endpoints.MapGet("/web/api/state", pipeline.Open(state.StateAsync));
        endpoints.MapGet("/web/api/channels", pipeline.ForPerson(state.ChannelsAsync));
        endpoints.MapGet("/web/api/commands", pipeline.ForPerson(state.CommandsAsync));
        endpoints.MapGet("/web/api/channels/{id}/messages", pipeline.ForPerson(messages.PageAsync));
        endpoints.MapPost("/web/api/messages", pipeline.ForPerson(messages.PostAsync));
        endpoints.MapDelete("/web/api/messages/{id}", pipeline.ForPerson(messages.DismissAsync));
        endpoints.MapPost("/web/api/actions", pipeline.ForPerson(interactions.ActionAsync));
        endpoints.MapPost("/web/api/forms", pipeline.ForPerson(interactions.FormAsync));
        endpoints.MapPost("/web/api/reactions", pipeline.ForPerson(interactions.ReactionAsync));
        endpoints.MapGet("/web/hub", pipeline.ForPersonInQuery(hub.ConnectAsync));

        endpoints.MapGet("/", pipeline.Open(page.IndexAsync));
        endpoints.MapGet("/web/{**file}", pipeline.Open(page.FileAsync));
        return endpoints;
    }
}
