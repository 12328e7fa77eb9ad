using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Localization;

namespace AdvocacyBot.Core.Chat;

/// <summary>The commands a person may use, one line each.</summary>
public static class HelpCards
{
    public static IReadOnlyList<CardElement> Commands(TurnContext turn, RouteTable routes)
    {
        ArgumentNullException.ThrowIfNull(turn);
        ArgumentNullException.ThrowIfNull(routes);
        var texts = turn.Texts;
        return
        [
            new FactSet
            {
                Facts =
                [
                    .. routes.CommandsFor(turn.Person).Select(route => new Fact(
                        Bidi.Isolate(CardText.Escape($"/advocate {route.Name} {route.Usage}".TrimEnd()), texts.Language), texts[route.DescriptionKey])),
                ],
            },
        ];
    }
}
