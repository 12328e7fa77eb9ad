using System.Text.Json;

namespace AdvocacyBot.Core.Conversions;

/// <summary>A batch of conversions as JSON: <c>{"conversions": [{…}, …]}</c>, or one conversion by itself.</summary>
public static class ConversionJson
{
    /// <summary>Entries of one request.</summary>
    public const int MostEntries = 500;

    /// <param name="body">UTF-8.</param>
    /// <param name="reader">Reads the entries.</param>
    /// <param name="entries">In their order; those that are wrong say so themselves.</param>
    /// <returns>What is wrong with the whole; null: nothing.</returns>
    public static string? Read(ReadOnlyMemory<byte> body, ConversionReader reader, out IReadOnlyList<ConversionEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(reader);
        entries = [];
        try
        {
            using var json = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 8 });
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                return "The body must be a JSON object: {\"conversions\": [ … ]}, or one conversion.";
            }

            if (!root.TryGetProperty("conversions", out var list))
            {
                if (!root.TryGetProperty("id", out _))
                {
                    return "The body has neither \"conversions\" (a list) nor \"id\" (one conversion).";
                }

                entries = [Entry(0, root, reader)];
                return null;
            }

            if (list.ValueKind != JsonValueKind.Array)
            {
                return "\"conversions\" must be a list.";
            }

            if (list.GetArrayLength() is 0 or > MostEntries)
            {
                return $"\"conversions\" has {list.GetArrayLength()} entries; 1 to {MostEntries} go into one request.";
            }

            entries = [.. list.EnumerateArray().Select((entry, index) => Entry(index, entry, reader))];
            return null;
        }
        catch (JsonException e)
        {
            return $"The body is not valid JSON (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}).";
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, which has no text.
            return "The body holds text that is not valid Unicode.";
        }
    }

    private static ConversionEntry Entry(int index, JsonElement entry, ConversionReader reader)
    {
        if (entry.ValueKind != JsonValueKind.Object)
        {
            return new ConversionEntry(index, null, null, "The entry must be an object.", []);
        }

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var ignored = new List<string>();
        IReadOnlyList<string>? refs = null;
        foreach (var property in entry.EnumerateObject())
        {
            var value = property.Value;
            if (!ConversionReader.Fields.Contains(property.Name, StringComparer.Ordinal))
            {
                ignored.Add(property.Name.Length > 40 ? property.Name[..40] : property.Name);
            }
            else if (property.Name == "ref" && value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(one => one.ValueKind == JsonValueKind.String))
            {
                refs = [.. value.EnumerateArray().Select(one => one.GetString()!)];
            }
            else if (value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
            {
                return new ConversionEntry(index, null, null, $"{property.Name}: must be a single value{(property.Name == "ref" ? ", or a list of texts" : "")}.", []);
            }
            else
            {
                values[property.Name] = value.ValueKind switch
                {
                    JsonValueKind.String => value.GetString()!,
                    JsonValueKind.Null => "",
                    _ => value.GetRawText(),
                };
            }
        }

        return reader.Read(index, values, refs, [.. ignored.Distinct(StringComparer.Ordinal).Take(20)]);
    }
}
