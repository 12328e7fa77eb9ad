namespace AdvocacyBot.Core.Networks;

/// <summary>The networks of a deployment, in the order offered. Immutable.</summary>
public sealed class NetworkCatalogue
{
    private const string ResourceName = "AdvocacyBot.Core.Networks.networks.json";

    private readonly Dictionary<string, Network> byKey;
    private readonly Network?[] byLetter = new Network?['z' + 1];

    private NetworkCatalogue(IReadOnlyList<Network> networks)
    {
        All = networks;
        byKey = networks.ToDictionary(network => network.Key, StringComparer.Ordinal);
        foreach (var network in networks)
        {
            byLetter[network.Letter] = network;
        }
    }

    public IReadOnlyList<Network> All { get; }

    /// <summary>The catalogue that comes with the product.</summary>
    public static NetworkCatalogue Load()
    {
        using var stream = typeof(NetworkCatalogue).Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"'{ResourceName}' is not embedded in {typeof(NetworkCatalogue).Assembly.GetName().Name}.");
        return Load(stream, "networks.json");
    }

    /// <summary>A catalogue of one's own, instead of the product's.</summary>
    /// <param name="stream">JSON as <c>networks.json</c>, UTF-8.</param>
    /// <param name="source">What to call it in an error, such as the file's name.</param>
    /// <exception cref="InvalidDataException">Lists everything that is wrong with the file.</exception>
    public static NetworkCatalogue Load(Stream stream, string source) => new(NetworkFile.Validated(NetworkFile.Read(stream, source), source));

    /// <summary>This catalogue with an operator's entries: one with a known key replaces the whole entry in its place, others come after.</summary>
    /// <inheritdoc cref="Load(Stream, string)"/>
    public NetworkCatalogue Extend(Stream stream, string source)
    {
        var own = NetworkFile.Validated(NetworkFile.Read(stream, source), source);
        var replacing = own.ToDictionary(network => network.Key, StringComparer.Ordinal);
        List<Network> extended =
        [
            .. All.Select(network => replacing.GetValueOrDefault(network.Key, network)),
            .. own.Where(network => !byKey.ContainsKey(network.Key)),
        ];
        return new(NetworkFile.Validated(extended, source));
    }

    /// <returns>Null for a key that is not, or no longer, in the catalogue.</returns>
    public Network? Find(string key) => byKey.GetValueOrDefault(key);

    /// <summary>The network that a link code's last character names, or null.</summary>
    public Network? ByLetter(char letter) => letter < byLetter.Length ? byLetter[letter] : null;
}
