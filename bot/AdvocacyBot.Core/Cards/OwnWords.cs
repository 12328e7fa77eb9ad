using AdvocacyBot.Core.Localization;

namespace AdvocacyBot.Core.Cards;

/// <summary>Words that somebody wrote, which may be of another language than the card: each part runs in its own direction.</summary>
internal static class OwnWords
{
    /// <summary>Containers with <paramref name="elements"/> in their order, one for each run of parts that read in the same direction. A picture stays with what it stands after.</summary>
    /// <param name="written">The language that their writer named.</param>
    /// <param name="around">The card's.</param>
    /// <param name="style">Of the containers; null for none.</param>
    /// <param name="elements">Not empty.</param>
    public static IReadOnlyList<Container> In(Language written, Language around, string? style, params IReadOnlyList<CardElement> elements)
    {
        var containers = new List<Container>();
        foreach (var element in elements)
        {
            var direction = element is TextBlock block ? IsRightToLeft(block.Text, written, around) : containers.LastOrDefault()?.Rtl ?? First(elements, written, around);
            if (containers.LastOrDefault() is { } last && last.Rtl == direction)
            {
                containers[^1] = last with { Items = [.. last.Items, element] };
            }
            else
            {
                containers.Add(new Container { Style = style, Rtl = direction, Items = [element], Spacing = containers.Count > 0 ? "None" : null });
            }
        }

        return containers;
    }

    private static bool First(IReadOnlyList<CardElement> elements, Language written, Language around) =>
        elements.OfType<TextBlock>().Select(block => IsRightToLeft(block.Text, written, around)).FirstOrDefault(written.RightToLeft);

    /// <summary>That of the first letter, but a text that begins with a name in the other script stays in its writer's language where the card runs that way, too.</summary>
    private static bool IsRightToLeft(string text, Language written, Language around) =>
        written.RightToLeft == around.RightToLeft && Bidi.Has(text, written.RightToLeft) ? written.RightToLeft : Bidi.IsRightToLeft(text) ?? written.RightToLeft;
}
