using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace AdvocacyBot.Web.Api;

/// <summary>Either what was asked for or the refusal.</summary>
internal readonly record struct Read<T>(T? Value, IResult? Problem)
    where T : class;

/// <summary>Reads a POST's body into a request: size, JSON, then the fields that every request has.</summary>
internal static class BodyReader
{
    public const int MaxBytes = 1024 * 1024;
    public const int MaxId = 100;

    public static async Task<Read<T>> ReadAsync<T>(ApiCall call, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class, IRequest
    {
        var texts = call.Texts;
        if (await ReadBytesAsync(call.Http.Request, cancellationToken) is not { } bytes)
        {
            return new(null, Problems.Of(texts, StatusCodes.Status413PayloadTooLarge, "TooLarge"));
        }

        T? request;
        try
        {
            request = JsonSerializer.Deserialize(bytes.Span, type);
        }
        catch (JsonException e)
        {
            // An inner JsonException is the reader's own: the text is no JSON, wherever it broke off.
            return new(null, e.InnerException is not JsonException && FieldOf(e.Path) is { } field
                ? Problems.Invalid(texts, "WrongField", field)
                : Problems.Invalid(texts, "NotJson"));
        }

        if (request is null)
        {
            return new(null, Problems.Invalid(texts, "NotJson"));
        }

        if (request.Id is { } id && (id.Length is 0 or > MaxId || id.Any(char.IsControl)))
        {
            return new(null, Problems.Invalid(texts, "WrongId", "id", ("max", MaxId)));
        }

        if (string.IsNullOrEmpty(request.Channel))
        {
            return new(null, Problems.Invalid(texts, "MissingField", "channel"));
        }

        return new(request, null);
    }

    private static async Task<ReadOnlyMemory<byte>?> ReadBytesAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > MaxBytes)
        {
            return null;
        }

        var buffer = new ArrayBufferWriter<byte>((int)(request.ContentLength ?? 4096) + 1);
        while (true)
        {
            var read = await request.Body.ReadAsync(buffer.GetMemory(1), cancellationToken);
            if (read == 0)
            {
                return buffer.WrittenMemory;
            }

            buffer.Advance(read);
            if (buffer.WrittenCount > MaxBytes)
            {
                return null;
            }
        }
    }

    /// <summary>First name of a JSON path such as <c>$.inputs.note</c>; null where the text as a whole is no JSON object.</summary>
    private static string? FieldOf(string? path)
    {
        if (path is null || !path.StartsWith("$.", StringComparison.Ordinal))
        {
            return null;
        }

        var end = path.AsSpan(2).IndexOfAny('.', '[');
        var name = end < 0 ? path[2..] : path.Substring(2, end);
        return name.Length is > 0 and <= 40 ? name : null;
    }
}
