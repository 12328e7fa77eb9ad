using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Core.Links;

/// <summary>Personal links and their clicks.</summary>
public static class LinkServices
{
    /// <summary>Hosted services start in order: the group committer must be registered before these, and the schema be there.</summary>
    public static IServiceCollection AddLinks(this IServiceCollection services)
    {
        services.AddSingleton(_ => ClickRule.Load());
        services.AddSingleton<LinkIndex>().AddHostedService(provider => provider.GetRequiredService<LinkIndex>());
        services.AddSingleton<LinkRefresh>().AddHostedService(provider => provider.GetRequiredService<LinkRefresh>());
        services.AddSingleton<VisitorSalts>().AddHostedService(provider => provider.GetRequiredService<VisitorSalts>());
        services.AddSingleton<Visits>().AddHostedService(provider => provider.GetRequiredService<Visits>());
        services.AddSingleton<AgentNetworks>().AddHostedService(provider => provider.GetRequiredService<AgentNetworks>());
        services.AddSingleton<ClickWriter>();
        services.AddSingleton<FollowLink>();
        services.AddSingleton<PrivateShares>().AddSingleton<OpenComposer>().AddSingleton<SharePageActions>();
        return services;
    }
}
