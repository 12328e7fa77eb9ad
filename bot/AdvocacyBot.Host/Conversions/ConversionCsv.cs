using System.Globalization;
using System.Text;
using AdvocacyBot.Core.Conversions;
using CsvHelper;
using CsvHelper.Configuration;

namespace AdvocacyBot.Host.Conversions;

/// <summary>
/// Conversions as CSV (RFC 4180, UTF-8, a header line; comma, semicolon or tab). Columns are named as the JSON fields or with underscores
/// (<c>occurred_at</c>); other columns are not looked at.
/// </summary>
internal static class ConversionCsv
{
    private static readonly string[] Delimiters = [",", ";", "\t"];

    /// <param name="file">The bytes.</param>
    /// <param name="reader">Reads the lines.</param>
    /// <param name="most">Lines that are taken.</param>
    /// <param name="entries">By line; those that are wrong say so themselves.</param>
    /// <returns>What is wrong with the whole; null: nothing.</returns>
    public static string? Read(ReadOnlySpan<byte> file, ConversionReader reader, int most, out IReadOnlyList<ConversionEntry> entries)
    {
        var found = new List<ConversionEntry>();
        entries = found;
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            DetectDelimiter = true,
            DetectDelimiterValues = Delimiters,
            MissingFieldFound = null,
            BadDataFound = null,
            TrimOptions = TrimOptions.Trim,
            MaxFieldSize = 4000,
        };
        try
        {
            using var text = new StringReader(Encoding.UTF8.GetString(file).TrimStart('\uFEFF'));
            using var csv = new CsvReader(text, configuration);
            if (!csv.Read() || !csv.ReadHeader() || csv.HeaderRecord is not { } header)
            {
                return "The file is empty. Its first line names the columns: id,type,ref,occurredAt,amount,currency,reversed.";
            }

            var columns = header.Select(Field).ToList();
            if (!columns.Contains("id", StringComparer.Ordinal))
            {
                return "Line 1 names no column \"id\". The columns are id,type,ref,occurredAt,amount,currency,reversed.";
            }

            if (columns.Where(column => column is not null).GroupBy(column => column, StringComparer.Ordinal).FirstOrDefault(column => column.Count() > 1) is { } twice)
            {
                return $"Line 1 names the column \"{twice.Key}\" twice.";
            }

            IReadOnlyList<string> ignored = [.. header.Where(name => Field(name) is null).Select(name => name.Length > 40 ? name[..40] : name).Take(20)];
            while (csv.Read())
            {
                if (found.Count == most)
                {
                    return $"There are more than {most} lines. Split the file.";
                }

                var values = columns.Select((column, index) => (Column: column, Value: csv.TryGetField<string>(index, out var value) ? value ?? "" : ""))
                    .Where(cell => cell.Column is not null).ToDictionary(cell => cell.Column!, cell => cell.Value, StringComparer.Ordinal);
                found.Add(reader.Read(csv.Parser.RawRow, values, refs: null, ignored));
            }

            return null;
        }
        catch (CsvHelperException e)
        {
            return $"The file cannot be read as CSV (line {e.Context?.Parser?.RawRow ?? 1}).";
        }
    }

    /// <returns>Null: no column of ours.</returns>
    private static string? Field(string name)
    {
        var plain = name.Trim().Replace("_", "", StringComparison.Ordinal);
        return ConversionReader.Fields.FirstOrDefault(field => field.Equals(plain, StringComparison.OrdinalIgnoreCase));
    }
}
