using AdvocacyBot.Host.Composition;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Host.Telemetry;

internal static class TelemetryServices
{
    /// <summary>Where no endpoint is set, nothing of OpenTelemetry is even loaded.</summary>
    public static void AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<TelemetryOptions>(configuration, TelemetryOptions.Section);
        services.AddSingleton<IValidateOptions<TelemetryOptions>, TelemetryOptionsValidation>();
        if (configuration[$"{TelemetryOptions.Section}:{nameof(TelemetryOptions.Endpoint)}"] is { Length: > 0 })
        {
            services.AddSingleton<OutboxGauges>().AddHostedService(provider => provider.GetRequiredService<OutboxGauges>());
            services.AddHostedService<TelemetryExport>();
        }
    }
}
