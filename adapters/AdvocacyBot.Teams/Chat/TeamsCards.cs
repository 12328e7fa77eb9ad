using System.Runtime.CompilerServices;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Teams.Outbound;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Teams.Chat;

/// <summary>Where a card is shown.</summary>
internal enum CardPlace
{
    /// <summary>A message, or what takes its place for the presser.</summary>
    Message = 0,

    /// <summary>A dialog: sends with <c>Action.Submit</c> only.</summary>
    Dialog = 1,

    /// <summary>A message in a client that opens no dialogs.</summary>
    MessageWithoutDialogs = 2,
}

/// <summary>
/// Core's cards as Teams wants them: full width; the direction said on every container and column, because one that does not say it takes the client's and not
/// its parent's; commands as they are said here; buttons as the place understands them.
/// </summary>
internal sealed class TeamsCards(IOptions<TeamsOptions> options) : ICardWriter
{
    internal const string OpenDialog = "task/fetch";

    // In a channel the bot hears nothing that does not mention it, and the mention does no harm elsewhere. The name is that of manifests/teams.
    private const string Command = "/advocate ";
    private const string Mention = "@AdvocacyBot ";

    private static readonly TeamsCardExtras FullWidth = new() { Width = "Full" };

    /// <summary>What messages of this bot are. Agents Playground, the one client without tokens, drops a press that is to open a dialog.</summary>
    public CardPlace OfMessages { get; } = options.Value.AllowAnonymous ? CardPlace.MessageWithoutDialogs : CardPlace.Message;

    // A broadcast's card is the same for thousands: it is written once.
    private readonly ConditionalWeakTable<AdaptiveCard, Written> written = [];

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Write(AdaptiveCard card) => written.GetValue(card, known => new Written(Write(known, OfMessages))).Json;

    public static ReadOnlyMemory<byte> Write(AdaptiveCard card, CardPlace place) => CardJson.SerializeToUtf8(For(card, place));

    public static AdaptiveCard For(AdaptiveCard card, CardPlace place) => card with
    {
        Msteams = place == CardPlace.Dialog ? null : FullWidth,
        Body = Elements(card.Body, card.Rtl, place),
        Actions = Actions(card.Actions, place),
    };

    private static CardElement[] Elements(IReadOnlyList<CardElement> elements, bool? rtl, CardPlace place)
    {
        var adjusted = new CardElement[elements.Count];
        for (var i = 0; i < adjusted.Length; i++)
        {
            adjusted[i] = Adjust(elements[i], rtl, place);
        }

        return adjusted;
    }

    private static CardElement Adjust(CardElement element, bool? rtl, CardPlace place)
    {
        var adjusted = element switch
        {
            Container container => container with { Rtl = container.Rtl ?? rtl, Items = Elements(container.Items, container.Rtl ?? rtl, place) },
            ColumnSet set => set with { Columns = [.. set.Columns.Select(column => Adjust(column, rtl, place))] },
            ActionSet set => set with { Actions = Actions(set.Actions, place)! },
            TextBlock text => Mentioned(text.Text) is var said && ReferenceEquals(said, text.Text) ? text : text with { Text = said },
            InputText { Placeholder: { } hint } input when rtl == true && Bidi.IsRightToLeft(hint) == false => input with { Placeholder = $"\u2066{hint}\u2069" },
            FactSet set => set with { Facts = [.. set.Facts.Select(fact => new Fact(Mentioned(fact.Title), Mentioned(fact.Value)))] },
            _ => element,
        };
        return adjusted.Fallback is { } fallback ? adjusted with { Fallback = Adjust(fallback, rtl, place) } : adjusted;
    }

    private static string Mentioned(string text) => text.Replace(Command, Mention, StringComparison.Ordinal);

    private static Column Adjust(Column column, bool? rtl, CardPlace place) =>
        column with { Rtl = column.Rtl ?? rtl, Items = Elements(column.Items, column.Rtl ?? rtl, place) };

    private static IReadOnlyList<CardAction>? Actions(IReadOnlyList<CardAction>? actions, CardPlace place) =>
        actions is null ? null : [.. actions.Select(action => Adjust(action, place))];

    private static CardAction Adjust(CardAction action, CardPlace place) => action switch
    {
        ExecuteAction execute when place == CardPlace.Dialog => Submit(execute, null),
        ExecuteAction execute when place == CardPlace.Message && execute.Verb != FormCards.Verb && !InlineVerbs.All.Contains(execute.Verb) => Submit(execute, new TeamsSubmit(OpenDialog)),
        _ => action,
    };

    private static SubmitAction Submit(ExecuteAction execute, TeamsSubmit? msteams) => new()
    {
        Title = execute.Title,
        Style = execute.Style,
        Mode = execute.Mode,
        Tooltip = execute.Tooltip,
        AssociatedInputs = execute.AssociatedInputs,
        Data = new SubmitData(execute.Data.Token, msteams),
    };

    private sealed record Written(ReadOnlyMemory<byte> Json);
}
