using System.Text;

namespace AdvocacyBot.Host.Broadcasts;

/// <summary>Reads a text file whose encoding is marked, or is UTF-8; any other has to be named.</summary>
internal static class TextFile
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    static TextFile() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <returns>The text, or what is wrong with its encoding.</returns>
    public static (string? Text, string? Problem) Decode(byte[] bytes, string? encoding)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        try
        {
            if (encoding is not null)
            {
                return (Encoding.GetEncoding(encoding, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback).GetString(bytes), null);
            }

            return bytes switch
            {
                [0xFF, 0xFE, ..] => (Encoding.Unicode.GetString(bytes), null),
                [0xFE, 0xFF, ..] => (Encoding.BigEndianUnicode.GetString(bytes), null),
                _ => (Strict.GetString(bytes), null),
            };
        }
        catch (DecoderFallbackException e)
        {
            var line = 1 + bytes.AsSpan(0, Math.Clamp(e.Index, 0, bytes.Length)).Count((byte)'\n');
            return (null, $"Line {line}: the file is not in {encoding ?? "UTF-8"}. Save it as UTF-8, or name its encoding, e.g. --encoding windows-1255 for Hebrew, --encoding windows-1252 for Western Europe.");
        }
        catch (ArgumentException)
        {
            return (null, $"There is no encoding '{encoding}'. Examples: utf-8, utf-16, windows-1255, windows-1252.");
        }
    }
}
