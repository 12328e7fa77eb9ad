using System.Text.Json;
using System.Text.Json.Nodes;

namespace AdvocacyBot.Core.Broadcasts;

/// <summary>How the people of a segment are reached.</summary>
public enum AudienceBy
{
    /// <summary>Each in their own chat with the bot.</summary>
    Direct = 0,

    /// <summary>In the channels most of whose members they are.</summary>
    Channels = 1,
}

/// <summary>What people can be chosen by.</summary>
public enum Facet
{
    Department = 0,
    Location = 1,
    Language = 2,
    Persona = 3,
    Interest = 4,
    Role = 5,
}

/// <summary>
/// Whom a campaign is for beside its channels: of each facet that is named, one of the values has to fit; with none named everybody fits. Upper and lower case are
/// alike.
/// </summary>
public sealed class Audience(AudienceBy by, IReadOnlyDictionary<Facet, IReadOnlyList<string>> wanted)
{
    /// <summary>A value is at most this long; what is longer is cut when it is stored.</summary>
    public const int MaxValue = 75;

    public AudienceBy By { get; } = by;

    public IReadOnlyDictionary<Facet, IReadOnlyList<string>> Wanted { get; } = wanted.Where(w => w.Value.Count > 0).ToDictionary(w => w.Key, w => w.Value);

    public bool IsEverybody => Wanted.Count == 0;

    public bool Includes(Human human)
    {
        ArgumentNullException.ThrowIfNull(human);
        return Wanted.All(w => w.Value.Any(value => human.Accounts.Any(account => account.Has(w.Key, value))));
    }

    /// <summary>JSON: <c>{"by":"direct","department":["Sales"]}</c>.</summary>
    public override string ToString() => ToJson().ToJsonString();

    public JsonObject ToJson()
    {
        var json = new JsonObject { ["by"] = Name(By) };
        foreach (var (facet, values) in Wanted.OrderBy(w => w.Key))
        {
            json[Name(facet)] = new JsonArray([.. values.Select(value => JsonValue.Create(value))]);
        }

        return json;
    }

    /// <returns>Null for what is no audience.</returns>
    public static Audience? Parse(string? stored)
    {
        try
        {
            return stored is null ? null : FromJson(JsonNode.Parse(stored) as JsonObject);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static Audience? FromJson(JsonObject? json) =>
        json is null || !Enum.TryParse<AudienceBy>((string?)json["by"], ignoreCase: true, out var by)
            ? null
            : new Audience(by, Enum.GetValues<Facet>().ToDictionary(
                facet => facet,
                facet => (IReadOnlyList<string>)[.. (json[Name(facet)] as JsonArray ?? []).Select(value => (string?)value ?? "").Where(value => value.Length > 0)]));

    /// <summary>Lower case, as inputs and JSON name it.</summary>
    public static string Name(Enum value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var name = value.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
