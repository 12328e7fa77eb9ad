using System.Text.Json;
using System.Text.Json.Serialization;

namespace AdvocacyBot.Core.Links;

/// <summary>The form of <c>click-rule.json</c>.</summary>
internal sealed record ClickRuleFile
{
    public required int Version { get; init; }

    public required int RepeatMinutes { get; init; }

    public required IReadOnlyList<PreviewAgent> Previews { get; init; }

    public required IReadOnlyList<string> Robots { get; init; }

    public required IReadOnlyList<string> People { get; init; }

    public required IReadOnlyList<string> Signs { get; init; }

    public string? Problem()
    {
        if (Version < 1)
        {
            return "'version' must be 1 or more.";
        }

        if (RepeatMinutes < 0)
        {
            return "'repeatMinutes' must not be negative; 0 switches repeats off.";
        }

        if (Previews.FirstOrDefault(preview => !preview.SaysSomething) is { } vague)
        {
            return $"the preview entry of '{vague.Network}' has neither 'is' nor 'starts' nor 'all': it would fit every agent.";
        }

        return Robots.Concat(People).Concat(Signs).Any(string.IsNullOrWhiteSpace)
            ? "'robots', 'people' and 'signs' must not hold empty tokens: they would fit every agent."
            : null;
    }
}

/// <summary>One entry of <c>previews</c>; it fits where everything it names fits.</summary>
internal sealed record PreviewAgent
{
    public required string Network { get; init; }

    public string? Is { get; init; }

    public string? Starts { get; init; }

    public IReadOnlyList<string>? All { get; init; }

    public bool Fits(ReadOnlySpan<char> agent)
    {
        if ((Is is not null && !agent.Equals(Is, StringComparison.OrdinalIgnoreCase))
            || (Starts is not null && !agent.StartsWith(Starts, StringComparison.OrdinalIgnoreCase)))
        {
            return false;
        }

        foreach (var token in All ?? [])
        {
            if (!agent.Contains(token, StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        return true;
    }

    public bool SaysSomething => !string.IsNullOrEmpty(Is) || !string.IsNullOrEmpty(Starts) || (All is { Count: > 0 } && All.All(token => token.Length > 0));
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true,
    RespectNullableAnnotations = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(ClickRuleFile))]
internal sealed partial class ClickRuleJson : JsonSerializerContext;
