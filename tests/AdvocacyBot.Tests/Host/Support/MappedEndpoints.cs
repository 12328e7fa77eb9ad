using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Tests.Host.Support;

/// <summary>Everything the host answers to, read from the host itself: a new endpoint is tested without being named.</summary>
internal static class MappedEndpoints
{
    /// <summary>Methods and paths; parameters are filled in by <paramref name="value"/>.</summary>
    public static IReadOnlyList<(string Method, string Path)> Of(LiveHost host, Func<string, string> value)
    {
        var mapped = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().SelectMany(endpoint =>
            (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(method => (method, Path(endpoint.RoutePattern, value))));

        // The tracked links answer before routing.
        return [.. mapped, ("GET", $"/l/{value("code")}"), ("HEAD", $"/l/{value("code")}"), ("POST", $"/l/{value("code")}")];
    }

    private static string Path(Microsoft.AspNetCore.Routing.Patterns.RoutePattern pattern, Func<string, string> value) =>
        "/" + string.Join('/', pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
        {
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart parameter => value(parameter.Name),
            _ => "",
        }))));
}
