using AdvocacyBot.Core.Feeds;
using AdvocacyBot.Host.Composition;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AdvocacyBot.Host.Feeds;

internal static class FeedServices
{
    /// <summary><see cref="IFeedReader"/>, configured by section <c>Feeds</c>; needs the link previews beside it.</summary>
    public static IServiceCollection AddFeedReading(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<FeedOptions>(configuration, FeedOptions.Section);
        services.TryAddSingleton<IFeedReader, FeedFetcher>();
        return services;
    }
}
