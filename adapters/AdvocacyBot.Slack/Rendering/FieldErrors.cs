using System.Text.Json;
using AdvocacyBot.Slack.Rendering.Blocks;

namespace AdvocacyBot.Slack.Rendering;

/// <summary>A form's messages for <c>response_action: errors</c>.</summary>
/// <param name="ByBlock">By block id of the field.</param>
/// <param name="Whole">Messages that belong to no field of the view, or null. Slack has no place for them: answer with <see cref="ViewRenderer.WithErrors"/> then.</param>
internal sealed record FieldErrors(IReadOnlyDictionary<string, string> ByBlock, string? Whole)
{
    /// <param name="errors">By input id; "" is the whole form.</param>
    /// <param name="view">The view of the payload.</param>
    public static FieldErrors Map(IReadOnlyDictionary<string, string> errors, JsonElement view) => Map(
        errors,
        view.ValueKind == JsonValueKind.Object && view.TryGetProperty("blocks", out var blocks) && blocks.ValueKind == JsonValueKind.Array
            ? blocks.EnumerateArray().Where(IsInput).Select(BlockId)
            : []);

    /// <inheritdoc cref="Map(IReadOnlyDictionary{string, string}, JsonElement)"/>
    public static FieldErrors Map(IReadOnlyDictionary<string, string> errors, View view) =>
        Map(errors, view.Blocks.OfType<InputBlock>().Select(block => block.BlockId));

    /// <param name="errors">By input id; "" is the whole form.</param>
    /// <param name="blockIds">Of the view's fields.</param>
    public static FieldErrors Map(IReadOnlyDictionary<string, string> errors, IEnumerable<string?> blockIds)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var id in blockIds)
        {
            if (id is not null && ActionIds.InputOfBlock(id) is { } input)
            {
                fields.TryAdd(input, id);
            }
        }

        var byBlock = new Dictionary<string, string>(StringComparer.Ordinal);
        List<string> whole = [];
        foreach (var (input, message) in errors)
        {
            if (fields.TryGetValue(input, out var block))
            {
                byBlock[block] = Cutter.Cut(message, Limits.Label);
            }
            else
            {
                whole.Add(message);
            }
        }

        return new FieldErrors(byBlock, whole.Count > 0 ? string.Join('\n', whole) : null);
    }

    private static bool IsInput(JsonElement block) =>
        block.ValueKind == JsonValueKind.Object && block.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("input");

    private static string? BlockId(JsonElement block) =>
        block.TryGetProperty("block_id", out var id) && id.ValueKind == JsonValueKind.String ? id.GetString() : null;
}
