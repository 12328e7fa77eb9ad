using System.Collections.Frozen;
using System.Security.Cryptography;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Web.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace AdvocacyBot.Web.Page;

/// <summary>The page and its files, embedded in the assembly.</summary>
internal sealed class PageFiles
{
    private const string Root = "wwwroot/";

    /// <summary>Everything comes from here, but pictures, which cards show from anywhere. No script and no style stands in the page itself.</summary>
    private const string Policy =
        "default-src 'self'; img-src 'self' https: data:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private readonly FrozenDictionary<string, PageFile> files = ReadAll();

    public Task<IResult> IndexAsync(HttpContext http, Texts texts, CancellationToken cancellationToken) => Task.FromResult(Answer(http, texts, "index.html"));

    public Task<IResult> FileAsync(HttpContext http, Texts texts, CancellationToken cancellationToken) =>
        Task.FromResult(Answer(http, texts, http.GetRouteValue("file") as string ?? ""));

    private IResult Answer(HttpContext http, Texts texts, string name)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers["Referrer-Policy"] = "no-referrer";
        if (!files.TryGetValue(name, out var file))
        {
            return Problems.Of(texts, StatusCodes.Status404NotFound, "UnknownPage");
        }

        // Asked for again each time, answered with 304 while unchanged: a new version of the bot is a new page at once.
        headers.CacheControl = "no-cache";
        return Results.Bytes(file.Bytes, file.ContentType, entityTag: file.Tag);
    }

    private static FrozenDictionary<string, PageFile> ReadAll()
    {
        var types = new FileExtensionContentTypeProvider();
        var assembly = typeof(PageFiles).Assembly;
        var found = new Dictionary<string, PageFile>(StringComparer.Ordinal);
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Root, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            var type = types.TryGetContentType(resource, out var known) ? known : "application/octet-stream";
            found[resource[Root.Length..]] = new PageFile(
                bytes,
                type.StartsWith("text/", StringComparison.Ordinal) ? $"{type}; charset=utf-8" : type,
                new EntityTagHeaderValue($"\"{Convert.ToHexString(SHA256.HashData(bytes))[..20]}\""));
        }

        return found.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private sealed record PageFile(byte[] Bytes, string ContentType, EntityTagHeaderValue Tag);
}
