using System.Reflection;
using AdvocacyBot.Core.Links;
using AdvocacyBot.Core.Telemetry;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace AdvocacyBot.Host.Telemetry;

/// <summary>Sends spans and metrics to a collector over OTLP for as long as the host runs; what is left is sent when it stops.</summary>
internal sealed class TelemetryExport(IOptions<TelemetryOptions> options) : IHostedService, IDisposable
{
    /// <summary>A collector that does not answer must not hold up the end.</summary>
    private const int LastExport = 5000;

    private TracerProvider? traces;
    private MeterProvider? metrics;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var settings = options.Value;
        var resource = ResourceBuilder.CreateDefault().AddService(
            settings.ServiceName,
            serviceVersion: typeof(TelemetryExport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion,
            serviceInstanceId: Environment.MachineName);
        traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(settings.TracedPercent / 100)))
            .AddSource(BotTelemetry.Name)
            .AddOtlpExporter(exporter => Configure(exporter, "v1/traces"))
            .Build();
        metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(BotTelemetry.Name, ClickWriter.MeterName)
            .AddMeter("System.Runtime", "Microsoft.AspNetCore.Server.Kestrel")
            .AddOtlpExporter((exporter, reader) =>
            {
                Configure(exporter, "v1/metrics");
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)settings.Interval.TotalMilliseconds;
            })
            .Build();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            traces?.Shutdown(LastExport);
            metrics?.Shutdown(LastExport);
        },
        cancellationToken);

    public void Dispose()
    {
        traces?.Dispose();
        metrics?.Dispose();
    }

    private void Configure(OtlpExporterOptions exporter, string path)
    {
        var settings = options.Value;
        var http = settings.Protocol == TelemetryProtocol.HttpProtobuf;
        exporter.Protocol = http ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;

        // With HTTP an endpoint that is set in code is taken as it is, without the signal's path.
        exporter.Endpoint = http ? new Uri(settings.Endpoint!.AbsoluteUri.TrimEnd('/') + "/" + path) : settings.Endpoint!;
        if (settings.Headers is { Length: > 0 } headers)
        {
            exporter.Headers = headers;
        }
    }
}
