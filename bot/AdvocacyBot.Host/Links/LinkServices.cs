using AdvocacyBot.Core.Links;
using AdvocacyBot.Core.Networks;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AdvocacyBot.Host.Links;

/// <summary>Tracked links and the pages around them.</summary>
internal static class LinkServices
{
    /// <summary>
    /// Needs <c>Database</c>, <c>AdvocacyDb</c>, <c>GroupCommitter</c>, <c>LedgerWriter</c>, <c>PublicAddress</c> and <c>TimeProvider</c> in the container. Hosted
    /// services start in order: the schema must be there before these, and the group committer must be registered before, too.
    /// </summary>
    public static IServiceCollection AddTrackedLinks(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<TrackedLinkOptions>().Bind(configuration.GetSection(TrackedLinkOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(_ => NetworkCatalogue.Load());
        services.TryAddSingleton(_ => ClickRule.Load());
        services.AddSingleton<LinkIndex>().AddHostedService(provider => provider.GetRequiredService<LinkIndex>());
        services.AddSingleton<VisitorSalts>().AddHostedService(provider => provider.GetRequiredService<VisitorSalts>());
        services.AddSingleton<Visits>().AddHostedService(provider => provider.GetRequiredService<Visits>());
        services.AddSingleton<ClickWriter>();
        services.AddSingleton<FollowLink>();
        return services;
    }

    /// <summary>Answers <c>/l/{code}</c>. Goes before routing.</summary>
    public static IApplicationBuilder UseTrackedLinks(this IApplicationBuilder app) => app.UseMiddleware<TrackedLinks>();
}
