using System.Net;
using AdvocacyBot.Core.Campaigns;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AdvocacyBot.Host.LinkPreviews;

internal static class LinkPreviewServices
{
    /// <summary><see cref="ILinkPreview"/>, configured by section <c>LinkPreview</c>.</summary>
    public static IServiceCollection AddLinkPreviews(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<LinkPreviewOptions>()
            .Bind(configuration.GetSection(LinkPreviewOptions.Section))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ResolveHost>(Dns.GetHostAddressesAsync);
        services.TryAddSingleton<ILinkPreview, LinkPreviewFetcher>();
        return services;
    }
}
