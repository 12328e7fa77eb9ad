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
}
