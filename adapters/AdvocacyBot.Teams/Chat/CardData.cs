using System.Collections.ObjectModel;
using System.Text.Json;

namespace AdvocacyBot.Teams.Chat;

/// <summary>
/// What comes back from one of our cards: the token, and the inputs that Teams puts beside it. A form's button carries its name before the token, since both
/// must survive in the one field that cards give their buttons.
/// </summary>
/// <param name="Token">Ours, opaque.</param>
/// <param name="FormAction">Which button of a form; null for a card's own button.</param>
/// <param name="Inputs">By input id.</param>
internal sealed record CardData(string Token, string? FormAction, IReadOnlyDictionary<string, string> Inputs)
{
    private const string TokenField = "t";
    private const string TeamsField = "msteams";
    private const string FormPrefix = "form:";

    /// <summary>The token of a form's button.</summary>
    public static string OfForm(string action, string token) => $"{FormPrefix}{action}:{token}";

    /// <returns>Null where it is not from a card of ours.</returns>
    public static CardData? Read(JsonElement? value)
    {
        if (value is not { ValueKind: JsonValueKind.Object } data || !data.TryGetProperty(TokenField, out var field) || field.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        var (action, token) = Split(field.GetString()!);
        return new CardData(token, action, ReadInputs(data));
    }

    private static (string? Action, string Token) Split(string text)
    {
        if (!text.StartsWith(FormPrefix, StringComparison.Ordinal))
        {
            return (null, text);
        }

        var end = text.IndexOf(':', FormPrefix.Length);
        return end < 0 ? (null, text) : (text[FormPrefix.Length..end], text[(end + 1)..]);
    }

    private static IReadOnlyDictionary<string, string> ReadInputs(JsonElement data)
    {
        Dictionary<string, string>? inputs = null;
        foreach (var property in data.EnumerateObject())
        {
            if (property.Name is TokenField or TeamsField)
            {
                continue;
            }

            // Numbers and switches arrive as text from some clients and as themselves from others.
            var text = property.Value.ValueKind switch
            {
                JsonValueKind.String => property.Value.GetString(),
                JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => property.Value.GetRawText(),
                _ => null,
            };
            if (text is not null)
            {
                (inputs ??= new Dictionary<string, string>(StringComparer.Ordinal))[property.Name] = TeamsTurn.Clean(text)!;
            }
        }

        return inputs ?? (IReadOnlyDictionary<string, string>)ReadOnlyDictionary<string, string>.Empty;
    }
}
