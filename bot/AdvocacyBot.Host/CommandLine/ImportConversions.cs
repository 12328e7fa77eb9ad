using System.CommandLine;
using System.Text;
using AdvocacyBot.Core.Conversions;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Host.Conversions;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Host.CommandLine;

/// <summary>
/// <c>import-conversions FILE.csv [--signature FILE.sig]</c>: applicants and leads from a signed file, for systems that can only export one. May run beside a
/// bot that serves; a file that is imported again counts nothing twice.
/// </summary>
internal static class ImportConversions
{
    public const string Name = "import-conversions";

    public static readonly Argument<FileInfo> Csv = new("FILE") { Description = "CSV with the columns id,type,ref,occurredAt,amount,currency,reversed." };

    public static readonly Option<FileInfo?> Signature = new("--signature")
    {
        Description = "A file with the key and the signature: 'ck_… sha256=…'. Without it: FILE.sig, or the file's last line '#signature,ck_…,sha256=…'.",
    };

    private const int MostLines = 100_000;
    private const long MostBytes = 50 * 1024 * 1024;
    private const string SignatureLine = "#signature,";

    public static async Task<int> RunAsync(WebApplication app, FileInfo file, FileInfo? signature, CancellationToken cancellationToken)
    {
        if (!await DatabaseReady.CheckAsync(app, cancellationToken))
        {
            return Startup.Refused;
        }

        await app.Services.GetRequiredService<Keys>().LoadAsync(cancellationToken);
        try
        {
            if (file.Length > MostBytes)
            {
                return await RefuseAsync($"{file.Name} is larger than 50 MB. Split the file.");
            }

            var bytes = await File.ReadAllBytesAsync(file.FullName, cancellationToken);
            return await ImportAsync(app, bytes, await SignatureAsync(file, signature, cancellationToken), cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return await RefuseAsync($"The file cannot be read: {e.Message}");
        }
    }

    private static async Task<int> ImportAsync(WebApplication app, byte[] bytes, string? signature, CancellationToken cancellationToken)
    {
        var content = bytes.AsMemory();
        if (signature is null && LastLine(bytes) is { } line)
        {
            content = bytes.AsMemory(0, line.Start);
            signature = line.Text[SignatureLine.Length..];
        }

        if (signature is null)
        {
            return await RefuseAsync("The file is not signed. Put 'ck_… sha256=…' into a file beside it with the ending .sig, or '#signature,ck_…,sha256=…' into its last line (docs/conversions.md).");
        }

        var clock = app.Services.GetRequiredService<TimeProvider>();
        await using var db = await app.Services.GetRequiredService<IDbContextFactory<AdvocacyDb>>().CreateDbContextAsync(cancellationToken);
        var parts = signature.Split([' ', ',', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
        var key = parts.Length == 2 ? await app.Services.GetRequiredService<ConversionKeys>().FindAsync(db, parts[0], clock.GetUtcNow(), cancellationToken) : null;
        if (key is null || !ConversionSignature.IsValid(parts[1], ConversionSignature.OfFile(key.Secret, content.Span)))
        {
            return await RefuseAsync("The signature does not fit: the key does not work any more, or the file was changed after it was signed. Nothing was imported.");
        }

        var zone = await db.Workspaces.Where(w => w.Id == key.WorkspaceId).Select(w => w.TimeZone).FirstAsync(cancellationToken);
        if (ConversionCsv.Read(content, new ConversionReader(clock.GetUtcNow(), zone), MostLines, out var entries) is { } problem)
        {
            return await RefuseAsync(problem);
        }

        var results = new List<ConversionResult>(entries.Count);
        foreach (var batch in entries.Chunk(ConversionJson.MostEntries))
        {
            results.AddRange(await app.Services.GetRequiredService<RecordConversions>().RunAsync(key, batch, cancellationToken));
        }

        return await SayAsync(ConversionAnswer.Of(results, csv: true));
    }

    private static async Task<int> SayAsync(ConversionAnswer answer)
    {
        foreach (var item in answer.Results.Where(item => item.Problem is not null))
        {
            await Console.Error.WriteLineAsync($"line {item.Line}: {item.Problem}");
        }

        if (answer.Results.SelectMany(item => item.Ignored ?? []).Distinct(StringComparer.Ordinal).ToList() is { Count: > 0 } ignored)
        {
            await Console.Out.WriteLineAsync($"Columns that are not known here were neither read nor stored: {string.Join(", ", ignored)}.");
        }

        var untied = answer.Results.Count(item => item.Attributed == false);
        await Console.Out.WriteLineAsync(
            $"Recorded: {answer.Recorded} (without a personal link: {untied}). Known already: {answer.Duplicates}. Reversed: {answer.Reversed}. Wrong lines: {answer.Rejected}.");
        return answer.Rejected == 0 ? 0 : 1;
    }

    private static async Task<string?> SignatureAsync(FileInfo file, FileInfo? given, CancellationToken cancellationToken)
    {
        var signature = given ?? new FileInfo(file.FullName + ".sig");
        return given is null && !signature.Exists ? null : await File.ReadAllTextAsync(signature.FullName, cancellationToken);
    }

    /// <returns>Where the last line starts that is not empty, and what it says; null where it is no signature.</returns>
    private static (int Start, string Text)? LastLine(byte[] bytes)
    {
        var text = bytes.AsSpan().TrimEnd("\r\n \t"u8);
        var start = text.LastIndexOf((byte)'\n') + 1;
        return text[start..].StartsWith(Encoding.ASCII.GetBytes(SignatureLine)) ? (start, Encoding.ASCII.GetString(text[start..])) : null;
    }

    private static async Task<int> RefuseAsync(string why)
    {
        await Console.Error.WriteLineAsync(why);
        return Startup.Refused;
    }
}
