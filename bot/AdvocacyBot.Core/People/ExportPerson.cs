using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using AdvocacyBot.Core.Data;

namespace AdvocacyBot.Core.People;

/// <summary>
/// Everything that is held about a person, as one JSON object: <c>format</c> (<c>advocacybot-person/1</c>), <c>exportedAt</c>, and one member for each part that
/// holds something; <c>joinedAccounts</c> has the same parts for each other account of the person.
/// </summary>
public sealed class ExportPerson(AdvocacyDb db, IEnumerable<IPersonTraces> traces, TimeProvider clock)
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <returns>UTF-8; null where there is no such person.</returns>
    public async Task<byte[]?> RunAsync(long personId, CancellationToken cancellationToken)
    {
        var accounts = await OwnAccounts.OfAsync(db, personId, cancellationToken);
        if (accounts.Count == 0)
        {
            return null;
        }

        var file = new JsonObject { ["format"] = "advocacybot-person/1", ["exportedAt"] = clock.GetUtcNow().UtcDateTime };
        await FillAsync(file, accounts[0], cancellationToken);
        var joined = new JsonArray();
        foreach (var account in accounts.Skip(1))
        {
            var one = new JsonObject { ["platform"] = account.Platform, ["workspace"] = account.WorkspaceExternalId };
            await FillAsync(one, account, cancellationToken);
            joined.Add(one);
        }

        if (joined.Count > 0)
        {
            file["joinedAccounts"] = joined;
        }

        return JsonSerializer.SerializeToUtf8Bytes(file, Readable);
    }

    private async Task FillAsync(JsonObject file, TracedPerson person, CancellationToken cancellationToken)
    {
        foreach (var trace in traces.OrderBy(trace => trace.Section, StringComparer.Ordinal))
        {
            if (await trace.ExportAsync(person, db, cancellationToken) is { } held)
            {
                file[trace.Section] = held;
            }
        }
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
