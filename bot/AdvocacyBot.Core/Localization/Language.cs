using System.Globalization;

namespace AdvocacyBot.Core.Localization;

/// <summary>A language the bot speaks.</summary>
public sealed class Language
{
    public static readonly Language English = new("en", rightToLeft: false);
    public static readonly Language Hebrew = new("he", rightToLeft: true);

    public static readonly IReadOnlyList<Language> All = [English, Hebrew];

    private Language(string code, bool rightToLeft)
    {
        Code = code;
        RightToLeft = rightToLeft;
        Culture = CultureInfo.GetCultureInfo(code);
    }

    /// <summary>ISO 639-1, lower case.</summary>
    public string Code { get; }

    public bool RightToLeft { get; }

    public CultureInfo Culture { get; }

    /// <summary>"rtl" or "ltr".</summary>
    public string Direction => RightToLeft ? "rtl" : "ltr";

    /// <summary>The language of a BCP 47 tag such as <c>he-IL</c> (or the old <c>iw</c>), or null for one we do not speak.</summary>
    public static Language? Find(string? tag)
    {
        if (string.IsNullOrEmpty(tag))
        {
            return null;
        }

        var end = tag.AsSpan().IndexOfAny('-', '_');
        var code = end < 0 ? tag.AsSpan() : tag.AsSpan(0, end);
        if (code.Equals("iw", StringComparison.OrdinalIgnoreCase))
        {
            return Hebrew;
        }

        foreach (var language in All)
        {
            if (code.Equals(language.Code, StringComparison.OrdinalIgnoreCase))
            {
                return language;
            }
        }

        return null;
    }

    /// <summary>The first tag we speak, else English.</summary>
    public static Language First(params ReadOnlySpan<string?> tags)
    {
        foreach (var tag in tags)
        {
            if (Find(tag) is { } language)
            {
                return language;
            }
        }

        return English;
    }

    public override string ToString() => Code;
}
