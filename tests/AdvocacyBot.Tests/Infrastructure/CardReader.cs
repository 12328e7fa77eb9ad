using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;

namespace AdvocacyBot.Tests.Infrastructure;

/// <summary>Reads cards as a person does: texts, buttons, fields.</summary>
internal static class CardReader
{
    public static AdaptiveCard Card(Reply reply) => reply switch
    {
        PrivateReply r => r.Card,
        PublicReply r => r.Card,
        ReplaceCardReply r => r.Card,
        OpenFormReply r => r.Form.Card,
        _ => throw new Xunit.Sdk.XunitException($"{reply} shows no card."),
    };

    public static Form Form(Reply reply) => Assert.IsType<OpenFormReply>(reply).Form;

    public static IReadOnlyDictionary<string, string> Errors(Reply reply) => Assert.IsType<FormErrorsReply>(reply).Errors;

    public static string Text(Reply reply) => Text(Card(reply));

    /// <summary>All that can be read, in order, one line an element.</summary>
    public static string Text(AdaptiveCard card) => string.Join('\n', Elements(card).SelectMany(Lines));

    public static ExecuteAction Action(AdaptiveCard card, string verb) =>
        Actions(card).OfType<ExecuteAction>().FirstOrDefault(action => action.Verb == verb)
        ?? throw new Xunit.Sdk.XunitException($"No button '{verb}' among: {string.Join(", ", Actions(card).Select(a => a.Title))}; the card says: {Text(card)}");

    public static IEnumerable<CardAction> Actions(AdaptiveCard card) =>
        Elements(card).OfType<ActionSet>().SelectMany(set => set.Actions).Concat(card.Actions ?? []);

    /// <summary>What the fields of a form hold when it opens.</summary>
    public static Dictionary<string, string> Inputs(AdaptiveCard card) => Elements(card).OfType<InputElement>().ToDictionary(input => input.Id!, input => input switch
    {
        InputText text => text.Value ?? "",
        InputNumber number => number.Value?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "",
        InputDate date => date.Value ?? "",
        InputTime time => time.Value ?? "",
        InputToggle toggle => toggle.Value ?? "false",
        InputChoiceSet choices => choices.Value ?? "",
        _ => "",
    });

    public static IEnumerable<CardElement> Elements(AdaptiveCard card) => card.Body.SelectMany(Deep);

    private static IEnumerable<CardElement> Deep(CardElement element) => element switch
    {
        Container container => [container, .. container.Items.SelectMany(Deep)],
        ColumnSet columns => [columns, .. columns.Columns.SelectMany(column => column.Items).SelectMany(Deep)],
        _ => element.Fallback is { } fallback ? [element, .. Deep(fallback)] : [element],
    };

    private static IEnumerable<string> Lines(CardElement element) => element switch
    {
        TextBlock text => [text.Text],
        FactSet facts => facts.Facts.Select(fact => $"{fact.Title}: {fact.Value}"),
        InputToggle toggle => [toggle.Label ?? "", toggle.Title],
        InputElement input => [input.Label ?? ""],
        _ => [],
    };
}
