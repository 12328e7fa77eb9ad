using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Unicode;
using AdvocacyBot.Teams.Protocol;

namespace AdvocacyBot.Teams.Inbound;

/// <param name="Activity">Null where the status says why not.</param>
/// <param name="Status">400: no activity. 413: too long.</param>
internal readonly record struct ReadActivity(Activity? Activity, int Status);

/// <summary>Reads the body of a request: size, encoding, JSON, then the one field that every activity has.</summary>
internal static class ActivityReader
{
    /// <summary>Teams' own limit for a message is a tenth of this.</summary>
    public const int MaxBytes = 1024 * 1024;

    public static async ValueTask<ReadActivity> ReadAsync(PipeReader body, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await body.ReadAsync(cancellationToken);
            var buffer = read.Buffer;
            if (buffer.Length > MaxBytes)
            {
                body.AdvanceTo(buffer.End);
                return new(null, 413);
            }

            if (read.IsCompleted)
            {
                var activity = Parse(buffer.IsSingleSegment ? buffer.FirstSpan : buffer.ToArray());
                body.AdvanceTo(buffer.End);
                return activity is null ? new(null, 400) : new(activity, 200);
            }

            body.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    private static Activity? Parse(ReadOnlySpan<byte> json)
    {
        // JSON checks no encoding inside strings until they are read, and half a character can be written as an escape: later that would be an exception.
        if (!Utf8.IsValid(json))
        {
            return null;
        }

        try
        {
            return (json.IndexOf("\\u"u8) < 0 || HasWholeCharacters(json)) && JsonSerializer.Deserialize(json, ActivityJson.Default.Activity) is { Type.Length: > 0 } activity
                ? activity
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool HasWholeCharacters(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
            {
                try
                {
                    _ = reader.GetString();
                }
                catch (InvalidOperationException)
                {
                    return false;
                }
            }
        }

        return true;
    }
}
