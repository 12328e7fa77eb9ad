using AdvocacyBot.Core.Links;

namespace AdvocacyBot.Host.Links;

/// <summary>Whether a form was sent by a page of our own: keeps other sites from posting in a person's browser.</summary>
internal static class OwnPages
{
    public static bool Sent(HttpRequest request, PublicAddress address)
    {
        if ((string?)request.Headers.Origin is not { } origin)
        {
            return true;
        }

        return Uri.TryCreate(origin, UriKind.Absolute, out var from)
            && (from.Authority == address.Root.Authority || from.Authority == request.Host.Value);
    }
}
