using AdvocacyBot.Core.Links;
using Microsoft.AspNetCore.Http.Features;

namespace AdvocacyBot.Host.Links;

/// <summary>Forms of pages whose address nobody can guess, or that act for who is signed in: no other site may post them in a person's browser.</summary>
internal static class OwnPages
{
    private const long MaxForm = 256 * 1024;

    /// <returns>Null: not a form from our own page; the answer is written.</returns>
    public static async Task<IFormCollection?> ReadFormAsync(HttpContext context, PublicAddress address)
    {
        var request = context.Request;
        if (!IsOwn(request, address))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return null;
        }

        if (!request.HasFormContentType)
        {
            context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return null;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = MaxForm;
        }

        return await request.ReadFormAsync(context.RequestAborted);
    }

    internal static bool IsOwn(HttpRequest request, PublicAddress address)
    {
        if ((string?)request.Headers.Origin is not { } origin)
        {
            return true;
        }

        return Uri.TryCreate(origin, UriKind.Absolute, out var from)
            && (from.Authority == address.Root.Authority || from.Authority == request.Host.Value);
    }
}
