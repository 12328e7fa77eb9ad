using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Teams.Chat;
using AdvocacyBot.Tests.Infrastructure;

namespace AdvocacyBot.Tests.Teams.Chat;

public sealed class FormCardsTests
{
    private static readonly FormAction Next = new("next", "Next");
    private static readonly FormAction Back = new("back", "Back", Validates: false);
    private static readonly FormAction Cancel = new(DialogEngine.CancelAction, "Cancel", Validates: false);

    [Fact]
    public void Where_only_cancel_needs_no_checks_Teams_does_them_and_cancel_sends_nothing()
    {
        var card = FormCards.Card(Form(Next, Cancel), CardPlace.Dialog, refused: null);

        Assert.All(CardReader.Elements(card).OfType<InputText>(), input => Assert.True(input.IsRequired));
        Assert.Equal([null, "none"], card.Actions!.Cast<ExecuteAction>().Select(action => action.AssociatedInputs));
    }

    [Fact]
    public void Where_a_button_must_work_and_still_send_what_was_typed_the_bot_does_the_checks()
    {
        var card = FormCards.Card(Form(Next, Back, Cancel), CardPlace.Dialog, refused: null);

        Assert.All(CardReader.Elements(card).OfType<InputElement>(), input => Assert.Null(input.IsRequired));
        Assert.Equal(["Title *", "Count *"], CardReader.Elements(card).OfType<InputElement>().Select(input => input.Label));
        Assert.Equal((null, null), (Number(card).Min, Number(card).Max));
    }

    [Fact]
    public void A_refused_form_keeps_what_was_typed_and_says_at_each_field_what_is_wrong()
    {
        var refused = new RefusedForm(
            new Dictionary<string, string> { ["count"] = "7" },
            new Dictionary<string, string> { ["count"] = "Too many.", [""] = "Look again.", ["gone"] = "No such field." });
        var card = FormCards.Card(Form(Next), CardPlace.Message, refused);

        Assert.Equal(["A form", "Look again.", "No such field.", "Title", "Count", "Too many."], CardReader.Text(card).Split('\n'));
        Assert.Equal(new Dictionary<string, string> { ["title"] = "", ["count"] = "7" }, CardReader.Inputs(card));
    }

    [Fact]
    public void A_dialog_has_its_title_outside_the_card() =>
        Assert.DoesNotContain("A form", CardReader.Text(FormCards.Card(Form(Next), CardPlace.Dialog, refused: null)), StringComparison.Ordinal);

    internal static Form Form(params FormAction[] actions) => new()
    {
        Token = "the.token",
        Title = "A form",
        Card = new AdaptiveCard
        {
            Body =
            [
                new InputText { Id = "title", Label = "Title", IsRequired = true, ErrorMessage = "Missing.", Value = "As it was" },
                new Container { Items = [new InputNumber { Id = "count", Label = "Count", IsRequired = true, Min = 1, Max = 5, Value = 2 }] },
            ],
        },
        Actions = actions,
    };

    private static InputNumber Number(AdaptiveCard card) => CardReader.Elements(card).OfType<InputNumber>().Single();
}
