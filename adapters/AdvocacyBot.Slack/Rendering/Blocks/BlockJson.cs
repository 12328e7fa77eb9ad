using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace AdvocacyBot.Slack.Rendering.Blocks;

/// <summary>Blocks and views as Slack wants them: snake_case, nulls left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(IReadOnlyList<Block>))]
[JsonSerializable(typeof(View))]
internal sealed partial class BlockJsonContext : JsonSerializerContext;

internal static class BlockJson
{
    /// <summary>With Hebrew readable.</summary>
    public static readonly BlockJsonContext Context = new(new JsonSerializerOptions(BlockJsonContext.Default.Options)
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    });

    public static void Write(Utf8JsonWriter writer, IReadOnlyList<Block> blocks) => JsonSerializer.Serialize(writer, blocks, Context.IReadOnlyListBlock);

    public static void Write(Utf8JsonWriter writer, View view) => JsonSerializer.Serialize(writer, view, Context.View);

    public static string Serialize(IReadOnlyList<Block> blocks) => JsonSerializer.Serialize(blocks, Context.IReadOnlyListBlock);

    public static string Serialize(View view) => JsonSerializer.Serialize(view, Context.View);
}
