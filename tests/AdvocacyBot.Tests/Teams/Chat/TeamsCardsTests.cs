using System.Text.Json.Nodes;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Sharing;
using AdvocacyBot.Teams.Chat;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Tests.Teams.Chat;

public sealed class TeamsCardsTests
{
    private static readonly ExecuteAction Share = Button(PromptCards.ShareVerb);
    private static readonly ExecuteAction Decline = Button(PromptCards.DeclineVerb);

    [Fact]
    public void On_a_message_a_button_that_may_open_a_form_opens_a_dialog_and_others_are_answered_in_place()
    {
        var actions = Json(new AdaptiveCard { Actions = [Share, Decline, new OpenUrlAction { Title = "Open", Url = "https://example.com" }] }, CardPlace.Message)["actions"]!;

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"type":"Action.Submit","data":{"t":"token of share","msteams":{"type":"task/fetch"}},"title":"share","style":"positive"}"""), actions[0]), actions[0]!.ToJsonString());
        Assert.Equal(("Action.Execute", "token of share.decline"), ((string?)actions[1]!["type"], (string?)actions[1]!["data"]!["t"]));
        Assert.Equal("Action.OpenUrl", (string?)actions[2]!["type"]);
    }

    [Fact]
    public void In_a_dialog_every_button_of_ours_is_a_submit_and_says_nothing_of_dialogs()
    {
        var card = Json(
            new AdaptiveCard { Body = [new Container { Items = [new ActionSet { Actions = [Share] }] }], Actions = [Decline] }, CardPlace.Dialog);

        foreach (var action in new[] { card["actions"]![0]!, card["body"]![0]!["items"]![0]!["actions"]![0]! })
        {
            Assert.Equal("Action.Submit", (string?)action["type"]);
            Assert.Null(action["data"]!["msteams"]);
        }

        Assert.Null(card["msteams"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_direction_is_said_on_every_container_and_column_unless_it_has_its_own(bool rtl)
    {
        var text = new TextBlock("x");
        var card = Json(
            new AdaptiveCard
            {
                Rtl = rtl,
                Body =
                [
                    new Container { Items = [new Container { Items = [text] }, new Container { Rtl = !rtl, Items = [new Container { Items = [text] }] }] },
                    new ColumnSet { Columns = [new Column { Items = [new Container { Items = [text] }] }, new Column { Rtl = !rtl, Items = [text] }] },
                    new HorizontalBarChart { Title = "t", Data = [], Fallback = new Container { Items = [new ColumnSet { Columns = [new Column { Items = [text] }] }] } },
                ],
            },
            CardPlace.Message);

        var body = card["body"]!;
        Assert.Equal(rtl, (bool?)body[0]!["rtl"]);
        Assert.Equal(rtl, (bool?)body[0]!["items"]![0]!["rtl"]);
        Assert.Equal(!rtl, (bool?)body[0]!["items"]![1]!["rtl"]);
        Assert.Equal(!rtl, (bool?)body[0]!["items"]![1]!["items"]![0]!["rtl"]);
        Assert.Equal(rtl, (bool?)body[1]!["columns"]![0]!["rtl"]);
        Assert.Equal(rtl, (bool?)body[1]!["columns"]![0]!["items"]![0]!["rtl"]);
        Assert.Equal(!rtl, (bool?)body[1]!["columns"]![1]!["rtl"]);
        Assert.Equal(rtl, (bool?)body[2]!["fallback"]!["rtl"]);
        Assert.Equal(rtl, (bool?)body[2]!["fallback"]!["items"]![0]!["columns"]![0]!["rtl"]);
    }

    [Theory]
    [InlineData(true, "https://", "\u2066https://\u2069")]
    [InlineData(true, "שם", "שם")]
    [InlineData(false, "https://", "https://")]
    public void An_address_as_a_hint_stays_readable_in_Hebrew(bool rtl, string hint, string shown) => Assert.Equal(
        shown, (string?)Json(new AdaptiveCard { Rtl = rtl, Body = [new InputText { Id = "x", Placeholder = hint }] }, CardPlace.Message)["body"]![0]!["placeholder"]);

    [Fact]
    public void A_message_takes_the_full_width_and_keeps_Teams_own_chart() =>
        Assert.Equal(
            ("Full", "Chart.HorizontalBar"),
            ((string?)Json(Chart, CardPlace.Message)["msteams"]!["width"], (string?)Json(Chart, CardPlace.Message)["body"]![0]!["type"]));

    [Fact]
    public void Commands_are_shown_as_they_are_said_in_a_channel() => Assert.Equal(
        "@AdvocacyBot help",
        (string?)Json(new AdaptiveCard { Body = [new FactSet { Facts = [new Fact("/advocate help", "x")] }] }, CardPlace.Message)["body"]![0]!["facts"]![0]!["title"]);

    [Fact]
    public void Every_button_that_is_answered_in_place_exists()
    {
        var collection = new ServiceCollection();
        Core.CoreServices.AddAdvocacyCore(collection);
        var verbs = collection.Where(service => service.ServiceType == typeof(IEnumerable<ActionRoute>))
            .SelectMany(service => (IEnumerable<ActionRoute>)service.ImplementationInstance!).Select(route => route.Verb).ToHashSet();

        Assert.Contains(ShareRoutes.Post, verbs);
        Assert.All(InlineVerbs.All, verb => Assert.Contains(verb, verbs));
    }

    [Fact]
    public void A_forms_button_is_told_from_a_cards_button_when_it_comes_back()
    {
        Assert.NotEqual(PromptCards.ShareVerb, DialogEngine.FormVerb);
        var card = FormCards.Card(FormCardsTests.Form(new FormAction("next", "Next")), CardPlace.Message, refused: null);
        var data = Json(card, CardPlace.Message)["actions"]![0]!["data"]!.AsObject();
        data["title"] = "Typed";
        data["count"] = 3;
        data["agree"] = true;
        data["nothing"] = null;
        data["msteams"] = new JsonObject { ["type"] = "task/fetch" };

        var read = CardData.Read(System.Text.Json.JsonDocument.Parse(data.ToJsonString()).RootElement)!;

        Assert.Equal(("next", "the.token"), (read.FormAction, read.Token));
        Assert.Equal(new Dictionary<string, string> { ["title"] = "Typed", ["count"] = "3", ["agree"] = "true" }, read.Inputs);
    }

    private static AdaptiveCard Chart => new() { Body = [new HorizontalBarChart { Title = "t", Data = [new BarDatum("a", 1)], Fallback = new TextBlock("a: 1") }] };

    private static ExecuteAction Button(string verb) => new() { Title = verb, Verb = verb, Style = verb == PromptCards.ShareVerb ? "positive" : null, Data = new ActionData($"token of {verb}") };

    private static JsonObject Json(AdaptiveCard card, CardPlace place) => JsonNode.Parse(TeamsCards.Write(card, place).Span)!.AsObject();
}
