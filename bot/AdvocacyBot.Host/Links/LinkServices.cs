using AdvocacyBot.Core.Links;
using AdvocacyBot.Core.Networks;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AdvocacyBot.Host.Links;

/// <summary>Tracked links and the pages around them.</summary>
internal static class LinkServices
{
    /// <summary>
    /// Comes after <c>AddAdvocacyCore</c>: hosted services stop in reverse order, and the group committer must outlive these. The schema must be there
    /// when the host starts.
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
        services.AddSingleton<PrivateShares>().AddSingleton<OpenComposer>().AddSingleton<SharePageActions>().AddSingleton<SharePage>();
        return services;
    }

    /// <summary>Answers <c>/l/{code}</c>. Goes before routing.</summary>
    public static IApplicationBuilder UseTrackedLinks(this IApplicationBuilder app) => app.UseMiddleware<TrackedLinks>();
}
