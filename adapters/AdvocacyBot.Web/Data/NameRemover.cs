using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using AdvocacyBot.Core.Cards;

namespace AdvocacyBot.Web.Data;

/// <summary>Puts a dash where a person's name or id stands as a word of its own.</summary>
internal sealed class NameRemover
{
    private const string Instead = "–";

    /// <summary>Members of cards that are read by programs.</summary>
    private static readonly HashSet<string> NoWords = new(StringComparer.Ordinal) { "type", "t", "id", "verb", "url", "style", "size", "weight", "lang", "version", "$schema" };

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };
    private readonly Regex? name;

    public NameRemover(string personName, string externalId)
    {
        var forms = new[] { personName, CardText.Escape(personName), externalId }.Where(form => form.Length > 1).Distinct().OrderByDescending(form => form.Length).Select(Regex.Escape).ToList();
        name = forms.Count == 0
            ? null
            : new Regex($@"(?<![\p{{L}}\p{{N}}_]){(forms.Count == 1 ? forms[0] : $"(?:{string.Join('|', forms)})")}(?![\p{{L}}\p{{N}}_])", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5));
    }

    public string? Text(string? text) => text is null || name is null ? text : name.Replace(text, Instead);

    /// <param name="card">Adaptive Card as JSON.</param>
    /// <returns>The same text where nothing had to be taken out.</returns>
    public string? Card(string? card)
    {
        if (card is null || name is null)
        {
            return card;
        }

        var root = JsonNode.Parse(card);
        return Walk(root) ? root!.ToJsonString(Readable) : card;
    }

    /// <returns>Whether something was changed.</returns>
    private bool Walk(JsonNode? node)
    {
        var changed = false;
        switch (node)
        {
            case JsonObject members:
                foreach (var (key, value) in members.Where(member => !NoWords.Contains(member.Key)).ToList())
                {
                    if (Changed(value) is { } text)
                    {
                        members[key] = text;
                        changed = true;
                    }
                    else
                    {
                        changed |= Walk(value);
                    }
                }

                break;
            case JsonArray items:
                for (var i = 0; i < items.Count; i++)
                {
                    if (Changed(items[i]) is { } text)
                    {
                        items[i] = text;
                        changed = true;
                    }
                    else
                    {
                        changed |= Walk(items[i]);
                    }
                }

                break;
        }

        return changed;
    }

    /// <returns>Null where it is no text, or one without the name.</returns>
    private string? Changed(JsonNode? value) =>
        value is JsonValue leaf && leaf.TryGetValue<string>(out var text) && Text(text) is { } without && without != text ? without : null;
}
