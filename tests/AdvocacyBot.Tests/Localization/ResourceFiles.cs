using System.Text.RegularExpressions;
using System.Xml.Linq;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Tests.Infrastructure;

namespace AdvocacyBot.Tests.Localization;

/// <summary>The resource files as they lie in the sources.</summary>
internal static partial class ResourceFiles
{
    /// <summary>By file name, e.g. <c>Campaigns</c>, and language: the values by entry name.</summary>
    public static readonly IReadOnlyDictionary<string, IReadOnlyDictionary<Language, IReadOnlyDictionary<string, string>>> All = Load();

    /// <summary>Every entry of every file.</summary>
    public static IEnumerable<(string File, Language Language, string Name, string Value)> Entries =>
        from file in All
        from language in file.Value
        from entry in language.Value
        select (file.Key, language.Key, entry.Key, entry.Value);

    /// <summary>Whether a key, e.g. <c>Campaigns.Title</c>, is there, in plural forms or without.</summary>
    public static bool Has(string key, Language language)
    {
        var parts = key.Split('.');
        return All[parts[0]][language].ContainsKey(parts[1]) || All[parts[0]][language].ContainsKey(parts[1] + "_other");
    }

    /// <summary>The name without its plural form, and the form, or null.</summary>
    public static (string Name, string? Form) Split(string name)
    {
        var match = Plural().Match(name);
        return match.Success ? (name[..match.Index], match.Groups[1].Value) : (name, null);
    }

    public static IEnumerable<string> Placeholders(string value) => Placeholder().Matches(value).Select(match => match.Groups[1].Value).Distinct().Order(StringComparer.Ordinal);

    /// <summary>Sources of the product with the given ending, without what builds make and other people's libraries.</summary>
    public static IEnumerable<string> Sources(string ending) =>
        from root in new[] { "bot", "adapters" }
        from path in Directory.EnumerateFiles(Repository.Folder(root), "*" + ending, SearchOption.AllDirectories)
        where !path.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin" or "lib" or "node_modules")
        select path;

    private static Dictionary<string, IReadOnlyDictionary<Language, IReadOnlyDictionary<string, string>>> Load() =>
        Sources(".resx").GroupBy(path => Path.GetFileName(path).Split('.')[0]).ToDictionary(
            file => file.Key,
            file => (IReadOnlyDictionary<Language, IReadOnlyDictionary<string, string>>)file.ToDictionary(LanguageOf, Read));

    private static Language LanguageOf(string path) => Path.GetFileName(path).Split('.') is [_, var language, _] ? Language.Find(language)! : Language.English;

    private static IReadOnlyDictionary<string, string> Read(string path) =>
        XDocument.Load(path).Root!.Elements("data").ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value);

    [GeneratedRegex("_(zero|one|two|few|many|other)$")]
    private static partial Regex Plural();

    [GeneratedRegex(@"\{([^{}]*)\}")]
    private static partial Regex Placeholder();
}
