using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Resources;
using System.Text;

namespace AdvocacyBot.Core.Localization;

/// <summary>
/// Every text a person reads, in one language. A key is <c>File.Name</c>, where <c>File</c> is a resource file:
/// <c>Strings/Campaigns.resx</c> and <c>Strings/Campaigns.he.resx</c> hold <c>Campaigns.*</c>.
/// Placeholders are named: <c>{title}</c>. Plural forms are separate entries: <c>Name_one</c>, <c>Name_two</c> (Hebrew), <c>Name_other</c>.
/// </summary>
public sealed class Texts
{
    private static readonly ConcurrentDictionary<string, ResourceManager?> Managers = new(StringComparer.Ordinal);
    private static readonly Dictionary<Language, Texts> ByLanguage = Language.All.ToDictionary(language => language, language => new Texts(language));

    private readonly ConcurrentDictionary<string, string?> found = new(StringComparer.Ordinal);

    private Texts(Language language) => Language = language;

    public Language Language { get; }

    public static Texts In(Language language) => ByLanguage[language];

    /// <summary>Adds an assembly's own resource files to the keys; adapters call it once at start.</summary>
    /// <param name="file">First part of the keys, e.g. <c>Web</c>.</param>
    /// <param name="baseName">Manifest name of the resource without <c>.resources</c>.</param>
    /// <param name="assembly">Where it is embedded.</param>
    public static void Register(string file, string baseName, Assembly assembly)
    {
        Managers[file] = new ResourceManager(baseName, assembly);
        foreach (var texts in ByLanguage.Values)
        {
            texts.found.Clear();
        }
    }

    /// <exception cref="MissingManifestResourceException">There is no such key: a bug, found by the resource tests.</exception>
    public string this[string key] =>
        Find(key) ?? throw new MissingManifestResourceException($"No text '{key}' in {Language.Code}.");

    public string? Find(string key)
    {
        if (found.TryGetValue(key, out var text))
        {
            return text;
        }

        var dot = key.IndexOf('.', StringComparison.Ordinal);
        text = dot < 0 ? null : Manager(key[..dot])?.GetString(key[(dot + 1)..], Language.Culture);
        found[key] = text;
        return text;
    }

    /// <summary>
    /// Fills named placeholders. Text values are isolated where their direction differs from the sentence's; numbers and dates are
    /// written the language's way. Values are not Markdown-escaped: pass people's words through <see cref="Cards.CardText.Escape"/>.
    /// </summary>
    public string Format(string key, params ReadOnlySpan<(string Name, object? Value)> values) => Fill(this[key], values);

    /// <summary>As <see cref="Format"/>, with the plural form of <paramref name="count"/>, which is the placeholder <c>{count}</c> too.</summary>
    public string Plural(string key, long count, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var pattern = Find($"{key}_{PluralForm.Of(Language, count)}") ?? this[$"{key}_other"];
        return Fill(pattern, [("count", count), .. values]);
    }

    public string Number(double value, string format = "N0") => value.ToString(format, Language.Culture);

    /// <summary>A share of one, as a whole percentage: 0.125 is "13%".</summary>
    public static string Percent(double share) =>
        Math.Round(share * 100, MidpointRounding.AwayFromZero).ToString("0", CultureInfo.InvariantCulture) + "%";

    private static ResourceManager? Manager(string file) => Managers.GetOrAdd(file, static name =>
    {
        var baseName = $"AdvocacyBot.Core.Localization.Strings.{name}";
        return typeof(Texts).Assembly.GetManifestResourceInfo(baseName + ".resources") is null
            ? null
            : new ResourceManager(baseName, typeof(Texts).Assembly);
    });

    private string Fill(string pattern, ReadOnlySpan<(string Name, object? Value)> values)
    {
        var filled = new StringBuilder(pattern.Length + 32);
        var at = 0;
        while (at < pattern.Length)
        {
            var open = pattern.IndexOf('{', at);
            var close = open < 0 ? -1 : pattern.IndexOf('}', open);
            if (close < 0)
            {
                break;
            }

            filled.Append(pattern, at, open - at).Append(Value(pattern[(open + 1)..close], pattern, values));
            at = close + 1;
        }

        return filled.Append(pattern, at, pattern.Length - at).ToString();
    }

    private string Value(string name, string pattern, ReadOnlySpan<(string Name, object? Value)> values)
    {
        foreach (var (candidate, value) in values)
        {
            if (candidate == name)
            {
                return value switch
                {
                    null => "",
                    string text => Bidi.Isolate(text, Language),
                    int or long => ((IFormattable)value).ToString("N0", Language.Culture),
                    IFormattable formattable => formattable.ToString(null, Language.Culture),
                    _ => Bidi.Isolate(value.ToString() ?? "", Language),
                };
            }
        }

        throw new FormatException($"'{pattern}' wants a value for '{name}'.");
    }
}

/// <summary>CLDR plural categories of whole numbers for the languages we speak (cldr/common/supplemental/plurals.xml).</summary>
public static class PluralForm
{
    public static string Of(Language language, long count) => Math.Abs(count) switch
    {
        1 => "one",
        2 when ReferenceEquals(language, Language.Hebrew) => "two",
        _ => "other",
    };

    /// <summary>The categories a language has.</summary>
    public static IReadOnlyList<string> All(Language language) =>
        ReferenceEquals(language, Language.Hebrew) ? ["one", "two", "other"] : ["one", "other"];
}
