using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Localization;

namespace AdvocacyBot.Core.Broadcasts;

/// <summary>The fields with which people are chosen; they stand in the form with channels and times.</summary>
internal static class AudienceForm
{
    private const string How = "people";

    public static IReadOnlyList<CardElement> Inputs(Audience? audience, IReadOnlyDictionary<Facet, IReadOnlyList<FacetValue>> values, Texts t)
    {
        var fields = new List<CardElement>
        {
            new InputChoiceSet
            {
                Id = How,
                Label = t["Broadcasts.People"],
                Style = "compact",
                Value = audience is null ? "none" : Audience.Name(audience.By),
                Choices =
                [
                    new Choice(t["Broadcasts.PeopleNone"], "none"),
                    new Choice(t["Broadcasts.PeopleDirect"], Audience.Name(AudienceBy.Direct)),
                    new Choice(t["Broadcasts.PeopleChannels"], Audience.Name(AudienceBy.Channels)),
                ],
            },
        };
        foreach (var facet in Enum.GetValues<Facet>())
        {
            // A value that was chosen before stays, also when it fits fewer people by now.
            var chosen = audience?.Wanted.GetValueOrDefault(facet) ?? [];
            var known = values.GetValueOrDefault(facet) ?? [];
            List<string> offered = [.. known.Select(value => value.Value), .. chosen.Except(known.Select(value => value.Value), StringComparer.OrdinalIgnoreCase)];
            if (offered.Count < 2 && chosen.Count == 0)
            {
                // One value for everybody is no choice.
                continue;
            }

            fields.Add(new InputChoiceSet
            {
                Id = Audience.Name(facet),
                Label = t[$"Broadcasts.Facet{facet}"],
                IsMultiSelect = true,
                Style = "compact",
                Value = string.Join(',', offered.Select((value, i) => (value, i)).Where(o => chosen.Contains(o.value, StringComparer.OrdinalIgnoreCase)).Select(o => Encode(o.value))),
                Choices = [.. offered.Select(value => new Choice(Shown(facet, value, t), Encode(value)))],
            });
        }

        if (fields.Count > 1)
        {
            fields.Insert(1, new TextBlock(t["Broadcasts.PeopleHint"]) { IsSubtle = true, Size = "Small" });
        }

        return fields;
    }

    /// <returns>Null: nobody beside the channels.</returns>
    public static Audience? Read(FormInput input) =>
        Enum.TryParse<AudienceBy>(input[How], ignoreCase: true, out var by) && Enum.IsDefined(by)
            ? new Audience(by, Enum.GetValues<Facet>().ToDictionary(
                facet => facet,
                facet => (IReadOnlyList<string>)[.. input[Audience.Name(facet)].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Decode).Distinct(StringComparer.OrdinalIgnoreCase)]))
            : null;

    /// <summary>A value in words: languages and kinds of content have names in the reader's language.</summary>
    public static string Shown(Facet facet, string value, Texts t) => facet switch
    {
        Facet.Language => t.Find($"Common.Language_{value}") ?? value,
        Facet.Interest => t.Find($"Campaigns.Type{value}") ?? value,
        _ => Bidi.Isolate(value, t.Language),
    };

    /// <summary>Several choices come back joined with commas, so a comma inside a value has to look otherwise.</summary>
    private static string Encode(string value) => value.Replace("%", "%25", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);

    private static string Decode(string value) => value.Replace("%2C", ",", StringComparison.OrdinalIgnoreCase).Replace("%25", "%", StringComparison.Ordinal);
}
