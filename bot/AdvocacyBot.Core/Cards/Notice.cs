using AdvocacyBot.Core.Localization;

namespace AdvocacyBot.Core.Cards;

/// <summary>Small cards that say one thing.</summary>
public static class Notice
{
    /// <param name="texts">Decides language and direction.</param>
    /// <param name="text">Card text; people's words in it are escaped already.</param>
    /// <param name="actions">Buttons below it.</param>
    public static AdaptiveCard Card(Texts texts, string text, params IReadOnlyList<CardAction> actions) =>
        For(texts, [new TextBlock(text)], actions);

    /// <summary>A card in a language: direction, language tag, full width in Teams.</summary>
    public static AdaptiveCard For(Texts texts, IReadOnlyList<CardElement> body, IReadOnlyList<CardAction>? actions = null)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return new AdaptiveCard
        {
            Lang = texts.Language.Code,
            Rtl = texts.Language.RightToLeft,
            Body = body,
            Actions = actions is { Count: > 0 } ? actions : null,
        };
    }
}
