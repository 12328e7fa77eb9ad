using AdvocacyBot.Core.Localization;

namespace AdvocacyBot.Host.Links;

/// <summary>A page that says one thing, in the visitor's language.</summary>
internal static class MessagePage
{
    /// <param name="key">Of two texts, <c>{key}Title</c> and <c>{key}Text</c>.</param>
    public static Task WriteAsync(HttpContext context, int status, string key)
    {
        var language = Wanted.By(context.Request);
        var texts = Texts.In(language);
        var title = Html.Encode(texts[key + "Title"]);
        return PageWriter.WriteAsync(
            context, status, language, title, $"""<main class="message"><h1>{title}</h1><p>{Html.Encode(texts[key + "Text"])}</p></main>""");
    }

    /// <summary>The first of the languages the visitor's browser asks for that we speak.</summary>
    internal static Language PreferredLanguage(HttpRequest request)
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
