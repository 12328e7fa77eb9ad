using System.Text.Json;
using System.Text.Json.Serialization;
using AdvocacyBot.Core.Conversions;

namespace AdvocacyBot.Host.Conversions;

/// <summary>What a report is answered with.</summary>
/// <param name="Recorded">New ones.</param>
/// <param name="Duplicates">Known ones.</param>
/// <param name="Reversed">Those that count no more.</param>
/// <param name="Rejected">Those that were wrong.</param>
/// <param name="Results">One for each entry, in order.</param>
internal sealed record ConversionAnswer(int Recorded, int Duplicates, int Reversed, int Rejected, IReadOnlyList<ConversionAnswerItem> Results)
{
    /// <param name="results">In order.</param>
    /// <param name="csv">Entries are named by line.</param>
    public static ConversionAnswer Of(IReadOnlyList<ConversionResult> results, bool csv)
    {
        return new(
            Count(ConversionStatus.Recorded), Count(ConversionStatus.Duplicate), Count(ConversionStatus.Reversed), Count(ConversionStatus.Rejected),
            [.. results.Select(Item)]);

        int Count(ConversionStatus status) => results.Count(result => result.Status == status);

        ConversionAnswerItem Item(ConversionResult result) => new(
            csv ? null : result.Entry.Place,
            csv ? result.Entry.Place : null,
            result.Entry.Id,
            result.Status.ToString().ToLowerInvariant(),
            result.Status == ConversionStatus.Recorded ? result.Tied : null,
            result.Untied is { } reason ? JsonNamingPolicy.SnakeCaseLower.ConvertName(reason.ToString()) : null,
            result.Status == ConversionStatus.Rejected ? result.Note : null,
            result.Status == ConversionStatus.Rejected ? null : result.Note,
            result.Entry.Ignored.Count == 0 ? null : result.Entry.Ignored);
    }
}

/// <param name="Index">Of the entry in a batch, from 0.</param>
/// <param name="Line">Of the entry in a file, from 1.</param>
/// <param name="Id">The caller's, as far as it is one.</param>
/// <param name="Status"><c>recorded</c>, <c>duplicate</c>, <c>reversed</c>, <c>rejected</c>.</param>
/// <param name="Attributed">Whether a recorded one is tied to a personal link.</param>
/// <param name="Reason">Why not: <c>no_reference</c>, <c>unknown_reference</c>, <c>before_link</c>, <c>outside_window</c>.</param>
/// <param name="Problem">Of a rejected one.</param>
/// <param name="Note">Of another one.</param>
/// <param name="Ignored">Fields that are not known here: neither read nor stored.</param>
internal sealed record ConversionAnswerItem(
    int? Index, int? Line, string? Id, string Status, bool? Attributed, string? Reason, string? Problem, string? Note, IReadOnlyList<string>? Ignored);

/// <param name="Problem">What is wrong with the request, and what would be right.</param>
internal sealed record ConversionRefusal(string Problem);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ConversionAnswer))]
[JsonSerializable(typeof(ConversionRefusal))]
internal sealed partial class ConversionWire : JsonSerializerContext;
