using Microsoft.Extensions.Options;

namespace AdvocacyBot.Host.Telemetry;

/// <summary>Section <c>Telemetry</c>.</summary>
internal sealed class TelemetryOptions
{
    public const string Section = "Telemetry";

    /// <summary>Where an OpenTelemetry collector listens, e.g. <c>http://collector:4318</c>; null: nothing is exported.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary><c>HttpProtobuf</c> (port 4318, as a rule) or <c>Grpc</c> (4317).</summary>
    public TelemetryProtocol Protocol { get; set; }

    /// <summary>Headers for the collector: <c>name=value,name=value</c>.</summary>
    public string? Headers { get; set; }

    /// <summary>Of 100 interactions and deliveries, how many are traced; metrics count all.</summary>
    public double TracedPercent { get; set; } = 10;

    /// <summary>How often metrics are sent, from 1 s to 1 h.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The name under which this bot appears.</summary>
    public string ServiceName { get; set; } = "advocacybot";
}

internal enum TelemetryProtocol
{
    HttpProtobuf = 0,
    Grpc = 1,
}

internal sealed class TelemetryOptionsValidation : IValidateOptions<TelemetryOptions>
{
    public ValidateOptionsResult Validate(string? name, TelemetryOptions options)
    {
        List<string> problems = [];
        if (options.Endpoint is { } endpoint && !(endpoint.IsAbsoluteUri && (endpoint.Scheme == Uri.UriSchemeHttp || endpoint.Scheme == Uri.UriSchemeHttps)))
        {
            problems.Add("Telemetry:Endpoint must be an absolute http or https address, e.g. http://collector:4318.");
        }

        if (options.TracedPercent is < 0 or > 100)
        {
            problems.Add("Telemetry:TracedPercent can be from 0 to 100.");
        }

        if (options.Interval < TimeSpan.FromSeconds(1) || options.Interval > TimeSpan.FromHours(1))
        {
            problems.Add("Telemetry:Interval can be from 00:00:01 to 01:00:00.");
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
