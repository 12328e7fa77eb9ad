using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AdvocacyBot.Teams.Chat;

/// <summary>
/// What can be suggested from a message that somebody chose: its words, and its first link where that is hidden behind some of them
/// (<c>messagePayload</c>, msteams-docs messaging-extensions/how-to/action-commands/create-task-module.md).
/// </summary>
internal static partial class SharedMessage
{
    private const int Longest = 4000;

    /// <param name="payload"><c>value.messagePayload</c>.</param>
    /// <returns>"" where there is neither link nor text.</returns>
    public static string Suggestion(JsonElement payload)
    {
        if (payload.ValueKind != JsonValueKind.Object
            || !payload.TryGetProperty("body", out var body) || body.ValueKind != JsonValueKind.Object
            || !body.TryGetProperty("content", out var content) || content.ValueKind != JsonValueKind.String)
        {
            return "";
        }

        var said = TeamsTurn.Clean(content.GetString())!;
        var isText = body.TryGetProperty("contentType", out var type) && type.ValueKind == JsonValueKind.String && type.GetString() == "text";
        var text = isText ? said : Text(said);
        if (text.Length > Longest)
        {
            text = text[..Longest];
        }

        return isText || Href(said) is not { } link || text.Contains(link, StringComparison.Ordinal) ? text : $"{text} {link}".TrimStart();
    }

    private static string? Href(string html) => Anchor().Match(html) is { Success: true } match ? WebUtility.HtmlDecode(match.Groups["it"].Value) : null;

    private static string Text(string html) => Spaces().Replace(WebUtility.HtmlDecode(Tag().Replace(html, " ")), " ").Trim();

    [GeneratedRegex("""<a\s[^<>]*?href\s*=\s*["'](?<it>https?://[^"'<>\s]+)["']""", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Anchor();

    [GeneratedRegex("<[^<>]*>", RegexOptions.NonBacktracking)]
    private static partial Regex Tag();

    [GeneratedRegex(@"[\s\u00A0]+", RegexOptions.NonBacktracking)]
    private static partial Regex Spaces();
}
