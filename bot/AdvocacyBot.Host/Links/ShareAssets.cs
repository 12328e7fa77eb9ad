using Microsoft.Net.Http.Headers;

namespace AdvocacyBot.Host.Links;

/// <summary>The stylesheet and script of our own pages, out of the assembly.</summary>
internal static class ShareAssets
{
    public const string Style = "/s/assets/share.css";
    public const string Script = "/s/assets/share.js";
    private const string Folder = "AdvocacyBot.Host.Links.Assets";

    public static IEndpointRouteBuilder MapShareAssets(this IEndpointRouteBuilder endpoints)
    {
        Map(endpoints, Style, "text/css; charset=utf-8", Folder);
        Map(endpoints, Script, "text/javascript; charset=utf-8", Folder);
        return endpoints;
    }

    /// <param name="endpoints">Where it is added.</param>
    /// <param name="path">Its address; the last part names the resource.</param>
    /// <param name="contentType">As it is sent.</param>
    /// <param name="folder">What stands before the file's name in the resource's.</param>
    internal static void Map(IEndpointRouteBuilder endpoints, string path, string contentType, string folder)
    {
        var name = $"{folder}.{path[(path.LastIndexOf('/') + 1)..]}";
        using var stream = typeof(ShareAssets).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"'{name}' is not embedded in {typeof(ShareAssets).Assembly.GetName().Name}.");
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content))[..16]}\"");
        endpoints.MapMethods(path, [HttpMethods.Get, HttpMethods.Head], (HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "public, max-age=300";
            context.Response.Headers.XContentTypeOptions = "nosniff";
            return TypedResults.Bytes(content, contentType, entityTag: tag);
        });
    }
}
