using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using AdvocacyBot.Core.Localization;

namespace AdvocacyBot.Core.Networks;

/// <summary>Reads and checks files of the form of <c>networks.json</c>; operators write them by hand, so every error names the entry and the fix.</summary>
internal static partial class NetworkFile
{
    private static readonly Dictionary<string, CountRule> Rules = new(StringComparer.Ordinal)
    {
        ["utf16"] = CountRule.Utf16,
        ["x-weighted"] = CountRule.XWeighted,
        ["graphemes"] = CountRule.Graphemes,
        ["emoji-bytes"] = CountRule.EmojiBytes,
        ["address"] = CountRule.Address,
    };

    private static readonly Dictionary<string, LinkCount> LinkCounts = new(StringComparer.Ordinal)
    {
        ["apart"] = LinkCount.Apart,
        ["text"] = LinkCount.Text,
        ["fixed"] = LinkCount.Fixed,
    };

    /// <exception cref="InvalidDataException">Not JSON of the form, or a name that is not known; the message says where.</exception>
    public static IReadOnlyList<Network> Read(Stream stream, string source)
    {
        try
        {
            var entries = JsonSerializer.Deserialize(stream, NetworkFileJson.Default.ListEntry)
                ?? throw new InvalidDataException($"{source}: holds null; it must be a list of networks.");
            var problems = new List<string>();
            var networks = entries.Select((entry, index) => ToNetwork(entry, index, problems)).ToList();
            ThrowOn(problems, source);
            return networks;
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{source}: {exception.Message}", exception);
        }
    }

    /// <summary>The same networks, once they are known to make a catalogue.</summary>
    /// <exception cref="InvalidDataException">Lists all problems.</exception>
    public static IReadOnlyList<Network> Validated(IReadOnlyList<Network> networks, string source)
    {
        var problems = networks.SelectMany(Problems).ToList();
        problems.AddRange(networks.GroupBy(network => network.Key, StringComparer.Ordinal).Where(group => group.Count() > 1)
            .Select(group => $"network '{group.Key}' is there {group.Count()} times"));
        problems.AddRange(networks.GroupBy(network => network.Letter).Where(group => group.Count() > 1)
            .Select(group => $"letter '{group.Key}' is used by {string.Join(" and ", group.Select(network => $"'{network.Key}'"))}: each network needs its own"));
        ThrowOn(problems, source);
        return networks;
    }

    private static Network ToNetwork(Entry entry, int index, List<string> problems)
    {
        void Problem(string what) => problems.Add($"network {(entry.Key is null ? $"number {index + 1}" : $"'{entry.Key}'")}: {what}");

        if (entry.Key is null)
        {
            Problem("'key' is missing");
        }

        if (entry.Letter is not { Length: 1 })
        {
            Problem("'letter' must be one ASCII letter or digit");
        }

        if (!Rules.TryGetValue(entry.Count ?? "utf16", out var rule))
        {
            Problem($"'count' is '{entry.Count}'; known are {string.Join(", ", Rules.Keys)}");
        }

        if (!LinkCounts.TryGetValue(entry.Link ?? "text", out var link))
        {
            Problem($"'link' is '{entry.Link}'; known are {string.Join(", ", LinkCounts.Keys)}");
        }

        if (entry.Limit is <= 0)
        {
            Problem("'limit' must be above 0, or null for none");
        }

        return new Network
        {
            Key = entry.Key ?? "",
            Letter = entry.Letter is { Length: 1 } letter ? letter[0] : '\0',
            Names = entry.Name ?? [],
            Template = entry.Composer,
            Separator = entry.Separator ?? "\n",
            Rule = rule,
            Limit = entry.Limit ?? 0,
            Link = link,
            LinkLength = entry.LinkLength ?? 0,
            Hashtags = entry.Hashtags,
            UtmSource = entry.UtmSource ?? "",
            UtmMedium = entry.UtmMedium ?? "",
            Manners = entry.Manners,
        };
    }

    private static IEnumerable<string> Problems(Network network)
    {
        List<string> problems = [];
        void Check(bool holds, string what)
        {
            if (!holds)
            {
                problems.Add($"network '{network.Key}': {what}");
            }
        }

        Check(KeyForm().IsMatch(network.Key), "'key' must be lower-case ASCII letters, digits and '-'");
        Check(char.IsAsciiLetterOrDigit(network.Letter), "'letter' must be one ASCII letter or digit");
        foreach (var language in Language.All)
        {
            Check(!string.IsNullOrWhiteSpace(network.Names.GetValueOrDefault(language.Code)), $"'name' lacks '{language.Code}'");
        }

        var template = network.Template is null ? null : ComposerTemplate.Problem(network.Template);
        Check(template is null, $"'composer' {template}");
        Check(network.Rule != CountRule.Address || network.Template is not null, "'count' is 'address', but there is no 'composer' whose address could be counted");
        Check(network.Link == LinkCount.Fixed == network.LinkLength > 0, "'linkLength' belongs to 'link': 'fixed', and must be above 0 there");
        Check(network.Hashtags is null or >= 0, "'hashtags' must not be negative");
        Check(UtmForm().IsMatch(network.UtmSource), "'utmSource' must be lower-case ASCII letters, digits, '.', '_' and '-'");
        Check(UtmForm().IsMatch(network.UtmMedium), "'utmMedium' must be lower-case ASCII letters, digits, '.', '_' and '-'");
        return problems;
    }

    private static void ThrowOn(List<string> problems, string source)
    {
        if (problems.Count > 0)
        {
            throw new InvalidDataException($"{source}: {string.Join("; ", problems)}.");
        }
    }

    [GeneratedRegex("^[a-z0-9-]{1,32}$", RegexOptions.NonBacktracking)]
    private static partial Regex KeyForm();

    [GeneratedRegex("^[a-z0-9._-]{1,64}$", RegexOptions.NonBacktracking)]
    private static partial Regex UtmForm();

    internal sealed record Entry
    {
        public string? Key { get; init; }

        public string? Letter { get; init; }

        public Dictionary<string, string>? Name { get; init; }

        public string? Composer { get; init; }

        public string? Separator { get; init; }

        public int? Limit { get; init; }

        public string? Count { get; init; }

        public string? Link { get; init; }

        public int? LinkLength { get; init; }

        public int? Hashtags { get; init; }

        public string? UtmSource { get; init; }

        public string? UtmMedium { get; init; }

        public string? Manners { get; init; }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(List<NetworkFile.Entry>))]
internal sealed partial class NetworkFileJson : JsonSerializerContext;
