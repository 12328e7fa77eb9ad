using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Slack.Rendering.Blocks;

namespace AdvocacyBot.Slack.Rendering;

/// <summary>Buttons of cards and forms, numbered through one message or view.</summary>
internal sealed class ButtonBlocks
{
    private int count;

    public IEnumerable<ActionsBlock> Of(IReadOnlyList<CardAction>? actions) => InBlocks((actions ?? []).Select(Of).OfType<Button>());

    /// <summary>The actions of a form that are not its submit button; <see cref="ActionIds.FormAction"/> tells which was pressed.</summary>
    public static IEnumerable<ActionsBlock> Of(IEnumerable<FormAction> actions, bool rightToLeft) => InBlocks(actions.Select(action => new Button(Label(action.Title, rightToLeft))
    {
        ActionId = ActionIds.ForFormAction(action.Id),
        Value = action.Id,
        Style = action.Destructive ? "danger" : null,
    }));

    private static IEnumerable<ActionsBlock> InBlocks(IEnumerable<Button> buttons) =>
        buttons.Chunk(Limits.ActionsElements).Select(chunk => new ActionsBlock(chunk));

    /// <returns>Null for what Slack would not take: a token cut short is no token, and an address cut short leads elsewhere.</returns>
    private Button? Of(CardAction action) => action switch
    {
        ExecuteAction { Data.Token: { Length: > 0 and <= Limits.ButtonValue } token } => Dress(
            new Button(Label(action.Title)) { ActionId = ActionIds.ForPress(count++), Value = token }, action),
        OpenUrlAction { Url: { Length: > 0 and <= Limits.Url } url } when Uri.TryCreate(url, UriKind.Absolute, out _) => Dress(
            new Button(Label(action.Title)) { ActionId = ActionIds.ForLink(count++), Url = url }, action),
        _ => null,
    };

    private static Button Dress(Button button, CardAction action) => button with
    {
        Style = action.Style switch
        {
            "positive" => "primary",
            "destructive" => "danger",
            _ => null,
        },
        AccessibilityLabel = action.Tooltip is { Length: > 0 } tooltip ? Cutter.Cut(SlackText.Literal($"{action.Title}: {tooltip}"), Limits.ButtonText) : null,
    };

    // One line and short, so its own letters decide its direction rightly but where it begins with a name of the other direction.
    private static PlainText Label(string title, bool? rightToLeft = null)
    {
        var text = title.Length == 0 ? "…" : title;
        return new PlainText(Fit.Plain(rightToLeft is { } direction ? Bidirectional.Lines(text, direction) : text, Limits.ButtonText));
    }
}
