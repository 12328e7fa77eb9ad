namespace AdvocacyBot.Core.Localization;

/// <summary>A list of names in a sentence, each isolated by itself: "Dana, Noa and Avi". A value for <see cref="Texts.Format"/>.</summary>
public sealed class JoinedText(IReadOnlyList<string> parts, Language language) : IFormattable
{
    public string ToString(string? format, IFormatProvider? formatProvider) => ToString();

    public override string ToString()
    {
        var isolated = parts.Select(part => Bidi.Isolate(part, language)).ToList();
        var texts = Texts.In(language);
        return isolated.Count switch
        {
            0 => "",
            1 => isolated[0],
            _ => string.Join(texts["Common.ListComma"], isolated.Take(isolated.Count - 1)) + And(texts) + isolated[^1],
        };
    }

    /// <summary>Hebrew writes "and" onto the next word, with a hyphen only before foreign letters and digits.</summary>
    private string And(Texts texts) => texts[Bidi.IsRightToLeft(parts[^1]) == true ? "Common.ListAndHebrew" : "Common.ListAnd"];
}
