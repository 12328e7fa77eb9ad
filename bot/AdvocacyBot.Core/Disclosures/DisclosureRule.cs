using System.Text;
using AdvocacyBot.Core.Localization;

namespace AdvocacyBot.Core.Disclosures;

/// <summary>What a programme requires every shared text to say of the person, e.g. "I work at …": added where it is not said already.</summary>
/// <param name="ByLanguage">One line each, by ISO 639-1; empty: nothing is required.</param>
public sealed record DisclosureRule(IReadOnlyDictionary<string, string> ByLanguage)
{
    public const int MaxLength = 120;

    /// <summary>Between a text and its disclosure: a line of its own.</summary>
    public const string Separator = "\n";

    public static readonly DisclosureRule None = new(new Dictionary<string, string>());

    public bool IsRequired => ByLanguage.Count > 0;

    /// <summary>The words for a text: in the language it is written in, else in any that the programme gave.</summary>
    /// <param name="text">Whose letters decide.</param>
    /// <param name="language">ISO 639-1 it was offered in.</param>
    /// <returns>Null where nothing is required.</returns>
    public string? For(string text, string language)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!IsRequired)
        {
            return null;
        }

        var hebrew = Language.Hebrew.Code;
        var written = Bidi.IsRightToLeft(text) switch
        {
            true => hebrew,
            false when language == hebrew => Language.English.Code,
            _ => language,
        };
        return ByLanguage.GetValueOrDefault(written) ?? ByLanguage.GetValueOrDefault(language) ?? ByLanguage.OrderBy(d => d.Key, StringComparer.Ordinal).First().Value;
    }

    /// <summary>Whether a text says it already, in any of the languages; case, blanks and a full stop at the end do not matter.</summary>
    public bool IsIn(string text) => ByLanguage.Values.Any(words => Plain(text).Contains(Plain(words), StringComparison.OrdinalIgnoreCase));

    /// <summary>The text as it is shared.</summary>
    /// <inheritdoc cref="For"/>
    public string Add(string text, string language)
    {
        ArgumentNullException.ThrowIfNull(text);
        return For(text, language) is { } words && !IsIn(text) ? $"{text.TrimEnd()}{Separator}{words}" : text;
    }

    /// <summary>The person's own words, without a disclosure on a line of its own at the end, so that one that changes later is not said twice.</summary>
    public string Strip(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var trimmed = text.TrimEnd();
        foreach (var words in ByLanguage.Values)
        {
            var ending = Separator + words;
            if (trimmed.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            {
                return trimmed[..^ending.Length].TrimEnd();
            }
        }

        return text;
    }

    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var word in Bidi.StripControls(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            plain.Append(plain.Length == 0 ? "" : " ").Append(word);
        }

        return plain.ToString().TrimEnd('.');
    }
}
