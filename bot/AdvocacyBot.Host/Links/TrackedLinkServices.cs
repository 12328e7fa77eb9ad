using AdvocacyBot.Core.Links;

namespace AdvocacyBot.Host.Links;

/// <summary>Tracked links and the pages around them.</summary>
internal static class TrackedLinkServices
{
    public static IServiceCollection AddTrackedLinks(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<TrackedLinkOptions>().Bind(configuration.GetSection(TrackedLinkOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<SharePage>();
        return services;
    }

    /// <summary>Answers <c>/l/{code}</c>. Goes before routing.</summary>
    public static IApplicationBuilder UseTrackedLinks(this IApplicationBuilder app) => app.UseMiddleware<TrackedLinks>();
}
