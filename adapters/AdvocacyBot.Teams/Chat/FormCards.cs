using System.Globalization;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Dialogs;

namespace AdvocacyBot.Teams.Chat;

/// <summary>
/// A form as one card whose buttons send it. Teams checks required fields for every button of a card alike, so where a form has buttons that must work
/// whatever stands in the fields and still send them ("Back" keeps what was typed), the checking is left to the bot.
/// </summary>
internal static class FormCards
{
    /// <summary>Verb of a form's buttons.</summary>
    public const string Verb = DialogEngine.FormVerb;

    private const string NoInputs = "none";

    /// <param name="form">To be shown.</param>
    /// <param name="place">A dialog says the form's title itself.</param>
    /// <param name="refused">What was typed and what is wrong with it; null for a form that is shown for the first time.</param>
    public static AdaptiveCard Card(Form form, CardPlace place, RefusedForm? refused)
    {
        var checkedByTeams = form.Actions.All(action => action.Validates || action.Id == DialogEngine.CancelAction);
        var body = new List<CardElement>();
        var placed = new HashSet<string>(StringComparer.Ordinal);
        Add(form.Card.Body, body);
        var unplaced = refused is null ? [] : refused.Errors.Where(error => !placed.Contains(error.Key)).Select(error => Error(error.Value));
        TextBlock[] title = place == CardPlace.Dialog ? [] : [new TextBlock(form.Title) { Weight = "Bolder", Size = "Medium", Style = "heading" }];
        return form.Card with
        {
            Body = [.. title, .. unplaced, .. body],
            Actions = [.. form.Actions.Select((action, index) => Button(action, index == 0, form.Token))],
        };

        void Add(IReadOnlyList<CardElement> elements, List<CardElement> into)
        {
            foreach (var element in elements)
            {
                switch (element)
                {
                    case InputElement { Id: { } id } input:
                        // Teams leaves empty fields out of what it sends.
                        into.Add(Input(input, refused?.Typed.GetValueOrDefault(id, ""), checkedByTeams));
                        if (refused is not null && refused.Errors.TryGetValue(id, out var message))
                        {
                            placed.Add(id);
                            into.Add(Error(message));
                        }

                        break;
                    case Container container:
                        var items = new List<CardElement>();
                        Add(container.Items, items);
                        into.Add(container with { Items = items });
                        break;
                    default:
                        into.Add(element);
                        break;
                }
            }
        }
    }

    /// <summary>How many inputs there are: decides how large a dialog is.</summary>
    public static int CountInputs(Form form) => form.Card.Body.OfType<InputElement>().Count();

    private static TextBlock Error(string message) => new(message) { Color = "Attention", Size = "Small", Spacing = "Small", Weight = "Bolder" };

    private static ExecuteAction Button(FormAction action, bool first, string token) => new()
    {
        Title = action.Title,
        Verb = Verb,
        Style = action.Destructive ? "destructive" : first ? "positive" : null,
        AssociatedInputs = action.Id == DialogEngine.CancelAction ? NoInputs : null,
        Data = new ActionData(CardData.OfForm(action.Id, token)),
    };

    private static InputElement Input(InputElement input, string? typed, bool checkedByTeams)
    {
        var filled = typed is null ? input : Fill(input, typed);
        if (checkedByTeams)
        {
            return filled;
        }

        var label = filled is { IsRequired: true, Label: { } name } ? $"{name} *" : filled.Label;
        return filled switch
        {
            InputNumber number => number with { IsRequired = null, ErrorMessage = null, Label = label, Min = null, Max = null },
            _ => filled with { IsRequired = null, ErrorMessage = null, Label = label },
        };
    }

    private static InputElement Fill(InputElement input, string typed) => input switch
    {
        InputText text => text with { Value = typed },
        InputNumber number => number with { Value = double.TryParse(typed, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null },
        InputDate date => date with { Value = typed.Length > 0 ? typed : null },
        InputTime time => time with { Value = typed.Length > 0 ? typed : null },
        InputToggle toggle => toggle with { Value = typed },
        InputChoiceSet choices => choices with { Value = typed },
        _ => input,
    };
}

/// <param name="Typed">Values by input id; empty ones may be missing.</param>
/// <param name="Errors">Messages by input id; "" is about the whole form.</param>
internal sealed record RefusedForm(IReadOnlyDictionary<string, string> Typed, IReadOnlyDictionary<string, string> Errors);
