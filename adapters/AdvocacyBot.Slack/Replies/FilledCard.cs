using System.Globalization;
using AdvocacyBot.Core.Cards;

namespace AdvocacyBot.Slack.Replies;

/// <summary>A form's card with other values in its fields.</summary>
internal static class FilledCard
{
    public static AdaptiveCard With(AdaptiveCard card, IReadOnlyDictionary<string, string> values) => card with { Body = All(card.Body, values) };

    private static List<CardElement> All(IReadOnlyList<CardElement> elements, IReadOnlyDictionary<string, string> values) => [.. elements.Select(element => One(element, values))];

    private static CardElement One(CardElement element, IReadOnlyDictionary<string, string> values) => element switch
    {
        Container container => container with { Items = All(container.Items, values) },
        ColumnSet set => set with { Columns = [.. set.Columns.Select(column => column with { Items = All(column.Items, values) })] },
        InputElement { Id: { } id } input when values.TryGetValue(id, out var value) => Filled(input, value),
        _ => element,
    };

    private static InputElement Filled(InputElement input, string value) => input switch
    {
        InputText text => text with { Value = value },
        InputNumber number => number with { Value = double.TryParse(value, CultureInfo.InvariantCulture, out var typed) ? typed : null },
        InputDate date => date with { Value = value },
        InputTime time => time with { Value = value },
        InputToggle toggle => toggle with { Value = value },
        InputChoiceSet choices => choices with { Value = value },
        _ => input,
    };
}
