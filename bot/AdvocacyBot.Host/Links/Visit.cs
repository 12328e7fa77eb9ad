using AdvocacyBot.Core.Links;

namespace AdvocacyBot.Host.Links;

/// <summary>Reads from a request what the click rule looks at.</summary>
internal static class Visit
{
    public static LinkVisit Of(HttpContext context)
    {
        var request = context.Request;
        var headers = request.Headers;
        var flags = ClickFlags.None;
        if (HttpMethods.IsHead(request.Method))
        {
            flags |= ClickFlags.Head;
        }

        if (Says(headers, "Sec-Purpose", "prefetch") || Says(headers, "Purpose", "prefetch") || Says(headers, "X-Moz", "prefetch"))
        {
            flags |= ClickFlags.Prefetch;
        }

        if (headers.AcceptLanguage.Count == 0)
        {
            flags |= ClickFlags.NoAcceptLanguage;
        }

        if (Says(headers, "Sec-Fetch-Mode", "navigate"))
        {
            flags |= ClickFlags.Navigate;
        }

        return new((string?)headers.UserAgent ?? "", context.Connection.RemoteIpAddress, flags);
    }

    private static bool Says(IHeaderDictionary headers, string name, string value) =>
        headers.TryGetValue(name, out var sent) && sent.Count > 0 && sent[0]!.StartsWith(value, StringComparison.OrdinalIgnoreCase);
}
