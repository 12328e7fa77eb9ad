using AdvocacyBot.Core.Links;

namespace AdvocacyBot.Core.Conversions;

/// <summary>
/// What a personal link hands on to the page it leads to, as the query parameter <see cref="Parameter"/>: the link's public code with the letter of the
/// network it was made for. It says which link, not which person; whoever reads the public post can read it as well.
/// </summary>
public static class LinkReference
{
    /// <summary>Own name, so that it meets no parameter of the page's.</summary>
    public const string Parameter = "advocacy_ref";

    private const string LinkPath = "/l/";

    /// <summary>Reads a reference, or finds it in the address that it stands in: the page's, with the parameter, or the personal link itself.</summary>
    /// <param name="text">As another system hands it back.</param>
    /// <param name="code">The link's code.</param>
    /// <param name="letter">The network's letter; <c>'\0'</c> where there is none.</param>
    public static bool TryParse(string text, out string code, out char letter)
    {
        ArgumentNullException.ThrowIfNull(text);
        var value = text.Trim();
        var parameter = value.IndexOf(Parameter + "=", StringComparison.OrdinalIgnoreCase);
        if (parameter >= 0)
        {
            value = value[(parameter + Parameter.Length + 1)..];
        }
        else if (value.LastIndexOf(LinkPath, StringComparison.Ordinal) is >= 0 and var path)
        {
            value = value[(path + LinkPath.Length)..];
        }

        var found = LinkCode.TryParse(value, out var span, out letter);
        code = span.ToString();
        return found;
    }
}
