using System.Text;

namespace AdvocacyBot.Core.Networks;

/// <summary>A composer address with placeholders; each value goes in once, encoded once, and is never looked at for placeholders.</summary>
internal static class ComposerTemplate
{
    public static readonly IReadOnlyList<string> Placeholders = ["text", "link", "title", "message", "line"];

    public static bool TakesLine(string template) => template.Contains("{line}", StringComparison.Ordinal);

    public static bool TakesText(string template) =>
        TakesLine(template) || template.Contains("{text}", StringComparison.Ordinal) || template.Contains("{message}", StringComparison.Ordinal);

    public static Uri Fill(string template, string separator, string text, string link, string title)
    {
        var mail = template.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase);
        var filled = new StringBuilder(template.Length + (3 * (text.Length + link.Length)));
        var at = 0;
        for (var open = template.IndexOf('{', at); open >= 0; open = template.IndexOf('{', at))
        {
            var close = template.IndexOf('}', open);
            var value = template[(open + 1)..close] switch
            {
                "text" => ShareText.Clean(text),
                "link" => ShareText.Clean(link),
                "title" => ShareText.Line(title),
                "message" => ShareText.Join(ShareText.Clean(text), separator, ShareText.Clean(link)),
                "line" => ShareText.Line(text, title),
                var unknown => throw new FormatException($"'{template}' has the unknown placeholder '{unknown}'; the catalogue lets none in."),
            };

            // RFC 6068 section 5: a line break in a mailto body is %0D%0A.
            filled.Append(template, at, open - at).Append(Uri.EscapeDataString(mail ? value.ReplaceLineEndings("\r\n") : value));
            at = close + 1;
        }

        return new Uri(filled.Append(template, at, template.Length - at).ToString());
    }

    /// <summary>What is wrong with a template, or null.</summary>
    public static string? Problem(string template)
    {
        var query = template.IndexOf('?', StringComparison.Ordinal);
        var at = 0;
        for (var open = template.IndexOf('{', at); open >= 0; open = template.IndexOf('{', at))
        {
            var close = template.IndexOf('}', open);
            if (close < 0)
            {
                return "has a '{' without its '}'";
            }

            if (!Placeholders.Contains(template[(open + 1)..close]))
            {
                return $"has the unknown placeholder '{template[open..(close + 1)]}'; known are {string.Join(", ", Placeholders.Select(name => $"{{{name}}}"))}";
            }

            if (query < 0 || open < query)
            {
                return "has a placeholder before its '?': values may only be in the query";
            }

            at = close + 1;
        }

        if (!Uri.TryCreate(template.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal), UriKind.Absolute, out var address)
            || !(address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeMailto))
        {
            return "is no absolute https: or mailto: address";
        }

        return null;
    }
}
