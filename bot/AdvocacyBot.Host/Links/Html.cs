using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace AdvocacyBot.Host.Links;

internal static class Html
{
    /// <summary>Leaves Hebrew and emoji-free text of any script readable in the source; everything that HTML gives a meaning is encoded.</summary>
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>For text between tags and in quoted attributes.</summary>
    public static string Encode(string? text) => text is null ? "" : Encoder.Encode(text);
}
