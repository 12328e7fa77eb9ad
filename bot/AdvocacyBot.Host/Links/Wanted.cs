using AdvocacyBot.Core.Localization;
using Microsoft.Net.Http.Headers;

namespace AdvocacyBot.Host.Links;

/// <summary>The language of a visitor of whom nothing else is known.</summary>
internal static class Wanted
{
    public static Language By(HttpRequest request)
    {
        if (!StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptLanguage, out var accepted))
        {
            return Language.English;
        }

        // The sort is stable: equal wishes stay in the order given.
        return accepted.OrderByDescending(wish => wish.Quality ?? 1).Select(wish => Language.Find(wish.Value.Value)).FirstOrDefault(found => found is not null)
            ?? Language.English;
    }
}
