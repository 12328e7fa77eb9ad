using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using AdvocacyBot.Core.Data;

namespace AdvocacyBot.Core.People;

/// <summary>
/// Everything that is held about a person, as one JSON object: <c>format</c> (<c>advocacybot-person/1</c>), <c>exportedAt</c>, and one member for each part that
/// holds something.
/// </summary>
public sealed class ExportPerson(AdvocacyDb db, IEnumerable<IPersonTraces> traces, TimeProvider clock)
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <returns>UTF-8; null where there is no such person.</returns>
    public async Task<byte[]?> RunAsync(long personId, CancellationToken cancellationToken)
    {
        if (await ErasePerson.TracedAsync(db, personId, cancellationToken) is not { } person)
        {
            return null;
        }

        var file = new JsonObject { ["format"] = "advocacybot-person/1", ["exportedAt"] = clock.GetUtcNow().UtcDateTime };
        foreach (var trace in traces.OrderBy(trace => trace.Section, StringComparer.Ordinal))
        {
            if (await trace.ExportAsync(person, db, cancellationToken) is { } held)
            {
                file[trace.Section] = held;
            }
        }

        return JsonSerializer.SerializeToUtf8Bytes(file, Readable);
    }
}

/// <summary>Makes JSON for exports: names in camel case, instants in UTC, enumerations by name.</summary>
public static class ExportJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    public static JsonNode Of<T>(T value) => JsonSerializer.SerializeToNode(value, Options)!;

    /// <returns>Null for an empty list, so that the part is left out.</returns>
    public static JsonNode? List<T>(IReadOnlyCollection<T> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values.Count == 0 ? null : Of(values);
    }
}
