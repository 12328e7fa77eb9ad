using System.Runtime.InteropServices;
using AdvocacyBot.Core.Localization;

namespace AdvocacyBot.Core.Networks;

/// <summary>How a network counts a text; the names in <c>networks.json</c> are in brackets.</summary>
public enum CountRule
{
    /// <summary>
    /// UTF-16 code units (<c>utf16</c>). LinkedIn posts (3,000) and Facebook, as Buffer counts for them
    /// (developers.buffer.com/guides/character-limits.md); Telegram messages (4,096), whose offsets are in these units
    /// (core.telegram.org/api/entities). Reddit does not say what a character of a title (300) is: this count is never below its own.
    /// </summary>
    Utf16,

    /// <summary>
    /// X's weights (<c>x-weighted</c>): twitter-text configuration v3 (github.com/twitter/twitter-text, config/v3.json), see <see cref="XWeight"/>.
    /// </summary>
    XWeighted,

    /// <summary>
    /// What a reader sees as one character (<c>graphemes</c>), UAX #29. Bluesky: "300 Unicode Grapheme Clusters"
    /// (docs.bsky.app/docs/advanced-guides/intent-links). Its second limit, 3,000 bytes, is met first only by texts made of long emoji.
    /// </summary>
    Graphemes,

    /// <summary>
    /// Code points, but an emoji counts the bytes of its UTF-8 form (<c>emoji-bytes</c>). Threads
    /// (developers.facebook.com/documentation/threads/posts).
    /// </summary>
    EmojiBytes,

    /// <summary>
    /// Length of the whole percent-encoded composer address (<c>address</c>): what limits WhatsApp links and <c>mailto:</c> in practice,
    /// since browsers hand at most about 2,000 characters to another program. Nobody documents it as a limit of the text.
    /// </summary>
    Address,
}

/// <summary>What the shared link adds to the counted text.</summary>
public enum LinkCount
{
    /// <summary>Nothing: the network attaches it.</summary>
    Apart,

    /// <summary>What it is, and the separator before it.</summary>
    Text,

    /// <summary>The network's own short form: a fixed length, and the separator before it.</summary>
    Fixed,
}

/// <summary>A text measured as a network measures it.</summary>
/// <param name="Used">In the units of the network's <see cref="CountRule"/>, link included where the network counts it.</param>
/// <param name="Limit">0: the network has none.</param>
/// <param name="Over">How much is too much; 0 when the text fits.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TextCount(int Used, int Limit, int Over)
{
    public bool Fits => Over == 0;
}

/// <summary>A place to share to: one entry of <c>networks.json</c>, validated.</summary>
public sealed record Network
{
    public required string Key { get; init; }

    /// <summary>ASCII letter or digit, unique in the catalogue: the last character of a link code made for this network.</summary>
    public required char Letter { get; init; }

    /// <summary>By language code; has every language of <see cref="Language.All"/>.</summary>
    public required IReadOnlyDictionary<string, string> Names { get; init; }

    /// <summary>Composer address with placeholders, or null where the text can only be copied.</summary>
    public string? Template { get; init; }

    /// <summary>Between text and link where they share a field.</summary>
    public string Separator { get; init; } = "\n";

    public CountRule Rule { get; init; }

    /// <summary>0: none.</summary>
    public int Limit { get; init; }

    public LinkCount Link { get; init; }

    /// <summary>For <see cref="LinkCount.Fixed"/>.</summary>
    public int LinkLength { get; init; }

    /// <summary>Most hashtags that are customary; null: no custom.</summary>
    public int? Hashtags { get; init; }

    public required string UtmSource { get; init; }

    public required string UtmMedium { get; init; }

    /// <summary>Name of the one-line hint in <c>Networks.resx</c>, or null.</summary>
    public string? Manners { get; init; }

    /// <summary>False: the composer opens without the text, which the person has to paste.</summary>
    public bool PrefillsText => Template is not null && ComposerTemplate.TakesText(Template);

    public string Name(Language language) => Names[language.Code];

    /// <summary>Counts <paramref name="text"/> with <paramref name="link"/> as this network will, in the form <see cref="Composer"/> gives it.</summary>
    /// <param name="title">Matters only where it is part of what is counted: the subject in a <c>mailto:</c>, a title that stands in for a blank text.</param>
    public TextCount Count(string text, string link, string title = "")
    {
        var used = Rule == CountRule.Address
            ? Composer(text, link, title)?.AbsoluteUri.Length ?? 0
            : CountText(text, link, title);
        return new(used, Limit, Limit == 0 ? 0 : Math.Max(0, used - Limit));
    }

    /// <summary>
    /// Address that opens the composer, nothing more: the person still has to post. Every value is percent-encoded exactly once
    /// (space <c>%20</c>, line break <c>%0A</c>, in <c>mailto:</c> <c>%0D%0A</c>); lone surrogates become U+FFFD and control characters
    /// are left out. Use <see cref="Uri.AbsoluteUri"/>; <c>ToString()</c> decodes.
    /// </summary>
    /// <param name="link">Absolute address; last where it shares a field with the text.</param>
    /// <returns>Null where there is no composer.</returns>
    public Uri? Composer(string text, string link, string title) =>
        Template is null ? null : ComposerTemplate.Fill(Template, Separator, text, link, title);

    private int CountText(string text, string link, string title)
    {
        var counted = Template is not null && ComposerTemplate.TakesLine(Template)
            ? ShareText.Line(text, title)
            : ShareText.Clean(text);
        return Link switch
        {
            LinkCount.Text => TextCounter.Count(Rule, ShareText.Join(counted, Separator, link)),
            LinkCount.Fixed => TextCounter.Count(Rule, counted) + (string.IsNullOrWhiteSpace(counted) ? 0 : Separator.Length) + LinkLength,
            _ => TextCounter.Count(Rule, counted),
        };
    }
}
