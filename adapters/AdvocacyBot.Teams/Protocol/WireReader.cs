using System.Text.Json;

namespace AdvocacyBot.Teams.Protocol;

/// <summary>
/// Reads the wire's JSON member by member. Every request is an activity of which a dozen members are needed: written out, reading makes none of the lists of boxed
/// arguments through which a serializer fills records.
/// </summary>
internal static class WireReader
{
    /// <summary>At a member's name or a list's item: enters the object that is its value.</summary>
    /// <returns>False: it is null.</returns>
    /// <exception cref="JsonException">It is something else.</exception>
    public static bool Enter(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.PropertyName)
        {
            reader.Read();
        }

        return reader.TokenType switch
        {
            JsonTokenType.StartObject => true,
            JsonTokenType.Null => false,
            _ => throw new JsonException("An object is expected."),
        };
    }

    /// <summary>The next member's name, or the object's end.</summary>
    public static bool Next(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.PropertyName;
    }

    /// <summary>A member's text; null for null.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static string? Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.Null => null,
            _ => throw new JsonException("A text is expected."),
        };
    }

    /// <summary>A member's text where it is one; anything else is passed over.</summary>
    public static string? AnyText(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.GetString();
        }

        reader.Skip();
        return null;
    }

    /// <summary>A member's truth; null for null.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static bool? Truth(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            JsonTokenType.Null => null,
            _ => throw new JsonException("True or false is expected."),
        };
    }

    /// <summary>A member's instant where it is one; anything else is passed over.</summary>
    public static DateTimeOffset? Instant(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var instant))
        {
            return instant;
        }

        reader.Skip();
        return null;
    }

    /// <summary>A member's list, without its nulls; empty for null.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static IReadOnlyList<T> List<T>(ref Utf8JsonReader reader, Item<T> item)
        where T : class
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return [];
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("A list is expected.");
        }

        List<T>? items = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (item(ref reader) is { } some)
            {
                (items ??= []).Add(some);
            }
        }

        return items ?? (IReadOnlyList<T>)[];
    }

    /// <summary>Reads one item of a list, at whose first token the reader stands.</summary>
    public delegate T? Item<out T>(ref Utf8JsonReader reader)
        where T : class;
}
