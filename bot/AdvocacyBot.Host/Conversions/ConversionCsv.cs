using AdvocacyBot.Core.Conversions;
using CsvHelper;

namespace AdvocacyBot.Host.Conversions;

/// <summary>
/// Conversions as CSV (RFC 4180, UTF-8, a header line; comma, semicolon or tab). Columns are named as the JSON fields or with underscores
/// (<c>occurred_at</c>); other columns are not looked at.
/// </summary>
internal static class ConversionCsv
{
    private const string Columns = "id,type,ref,occurredAt,amount,currency,reversed";

    // The separator is found out. A quote that is never closed must not swallow the lines after it.
    private static readonly CsvReaderOptions Options = new()
    {
        TrimWhitespace = true, AllowLineBreaksInQuotes = false, TrackLineNumbers = true, IncludeValuesInExceptions = false, MaxRecordSize = 64 * 1024,
    };

    /// <param name="file">The bytes.</param>
    /// <param name="reader">Reads the lines.</param>
    /// <param name="most">Lines that are taken.</param>
    /// <param name="entries">By line; those that are wrong say so themselves.</param>
    /// <returns>What is wrong with the whole; null: nothing.</returns>
    public static string? Read(ReadOnlyMemory<byte> file, ConversionReader reader, int most, out IReadOnlyList<ConversionEntry> entries)
    {
        var found = new List<ConversionEntry>();
        entries = found;
        try
        {
            using var csv = CsvReader.Create(file, Options);
            csv.ReadHeader();
            var columns = csv.Headers.Select(Field).ToList();
            if (columns.Count == 0)
            {
                return $"The file is empty. Its first line names the columns: {Columns}.";
            }

            if (!columns.Contains("id", StringComparer.Ordinal))
            {
                return $"Line 1 names no column \"id\". The columns are {Columns}.";
            }

            if (columns.Where(column => column is not null).GroupBy(column => column, StringComparer.Ordinal).FirstOrDefault(column => column.Count() > 1) is { } twice)
            {
                return $"Line 1 names the column \"{twice.Key}\" twice.";
            }

            IReadOnlyList<string> ignored = [.. csv.Headers.Where(name => name.Length > 0 && Field(name) is null).Select(name => name.Length > 40 ? name[..40] : name).Take(20)];
            while (csv.Read())
            {
                if (found.Count == most)
                {
                    return $"There are more than {most} lines. Split the file.";
                }

                var values = new Dictionary<string, string>(StringComparer.Ordinal);
                for (var i = 0; i < Math.Min(columns.Count, csv.FieldCount); i++)
                {
                    if (columns[i] is { } column)
                    {
                        values[column] = csv.GetString(i);
                    }
                }

                found.Add(reader.Read((int)csv.LineNumber, values, refs: null, ignored));
            }

            return found.Count == 0 ? "The file has no lines below its first one." : null;
        }
        catch (CsvFormatException e)
        {
            return $"The file cannot be read as CSV (line {e.LineNumber}).";
        }
    }

    /// <returns>Null: no column of ours.</returns>
    private static string? Field(string name)
    {
        var plain = name.Trim().Replace("_", "", StringComparison.Ordinal);
        return ConversionReader.Fields.FirstOrDefault(field => field.Equals(plain, StringComparison.OrdinalIgnoreCase));
    }
}
