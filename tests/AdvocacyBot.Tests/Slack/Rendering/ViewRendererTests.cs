using System.Text.Json;
using System.Text.Json.Nodes;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Slack.Rendering;
using AdvocacyBot.Slack.Rendering.Blocks;

namespace AdvocacyBot.Tests.Slack.Rendering;

public sealed class ViewRendererTests
{
    [Fact]
    public void A_form_submits_its_first_action_closes_with_cancel_and_has_the_others_as_buttons()
    {
        var view = ViewRenderer.Modal(Form(new InputText { Id = "title", Label = "Title", IsRequired = true }), "metadata");

        Assert.Equal(("Compose", "Next", "Cancel", "metadata"), (view.Title!.Text, view.Submit!.Text, view.Close!.Text, view.PrivateMetadata));
        Assert.Equal("next", ActionIds.FormAction(view.CallbackId));
        Assert.True(view.NotifyOnClose);
        var back = Assert.Single(BlockReader.Buttons(view.Blocks));
        Assert.Equal(("Back", "back", "back"), (back.Text.Text, ActionIds.FormAction(back.ActionId), back.Value));
        Assert.Null(Assert.Single(view.Blocks.OfType<InputBlock>()).Optional);
    }

    [Fact]
    public void Every_input_becomes_a_field_that_holds_its_value()
    {
        var view = ViewRenderer.Modal(
            Form(
                new InputText { Id = "text", Label = "Text", Value = "line\nline", IsMultiline = true, MaxLength = 500, Placeholder = "Write" },
                new InputNumber { Id = "minutes", Label = "Minutes", Value = 5, Min = 1, Max = 60 },
                new InputDate { Id = "date", Label = "Date", Value = "2027-01-03" },
                new InputTime { Id = "time", Label = "Time", Value = "09:30" },
                new InputToggle { Id = "agree", Label = "Policy", Title = "I agree", Value = "true" },
                new InputChoiceSet { Id = "one", Label = "One", Value = "b", Choices = Choices(3) },
                new InputChoiceSet { Id = "seen", Label = "Seen", Value = "v1", Style = "expanded", Choices = Choices(3) },
                new InputChoiceSet { Id = "boxes", Label = "Boxes", Value = "v0,v2", IsMultiSelect = true, Style = "expanded", Choices = Choices(10) },
                new InputChoiceSet { Id = "menu", Label = "Menu", Value = "v10", IsMultiSelect = true, Style = "expanded", Choices = Choices(11) }),
            "");

        var fields = view.Blocks.OfType<InputBlock>().Select(block => block.Element).ToList();
        Assert.Equal(
            [typeof(PlainTextInput), typeof(NumberInput), typeof(DatePicker), typeof(TimePicker), typeof(Checkboxes), typeof(StaticSelect), typeof(RadioButtons), typeof(Checkboxes), typeof(MultiStaticSelect)],
            fields.Select(field => field.GetType()));
        Assert.Equal(("line\nline", true, 500, "Write"), fields[0] is PlainTextInput text ? (text.InitialValue, text.Multiline, text.MaxLength, text.Placeholder!.Text) : default);
        Assert.Equal(new NumberInput(false) { ActionId = "in.minutes", InitialValue = "5", MinValue = "1", MaxValue = "60" }, fields[1]);
        Assert.Equal(["v0", "v2"], ((Checkboxes)fields[7]).InitialOptions!.Select(option => option.Value));
        Assert.Equal("v10", Assert.Single(((MultiStaticSelect)fields[8]).InitialOptions!).Value);
        Assert.Null(((StaticSelect)fields[5]).InitialOption);
    }

    [Fact]
    public void Hundreds_of_choices_stand_in_groups_and_long_ones_go_on_below()
    {
        var view = ViewRenderer.Modal(
            Form(new InputChoiceSet { Id = "many", Label = "Many", IsMultiSelect = true, Value = "v249", Choices = [new Choice(new string('a', 60) + " " + new string('b', 40), "long"), .. Choices(250)] }), "");

        var select = Assert.IsType<MultiStaticSelect>(Assert.Single(view.Blocks.OfType<InputBlock>()).Element);
        Assert.Null(select.Options);
        Assert.Equal([100, 100, 51], select.OptionGroups!.Select(group => group.Options.Count));
        Assert.Equal("101 to 200", select.OptionGroups![1].Label.Text);
        Assert.Equal((new string('a', 60) + " …", "…" + new string('b', 40)), (select.OptionGroups[0].Options[0].Text.Text, select.OptionGroups[0].Options[0].Description!.Text));
        Assert.Equal("v249", Assert.Single(select.InitialOptions!).Value);
    }

    [Fact]
    public void A_choice_of_nothing_says_so() =>
        Assert.Equal("Channels: There is nothing to choose from.", BlockReader.Text(ViewRenderer.Modal(Form(new InputChoiceSet { Id = "c", Label = "Channels", Choices = [] }), "").Blocks.Take(1)));

    [Fact]
    public void Block_ids_are_new_on_every_render_and_name_the_input()
    {
        var form = Form(new InputText { Id = "a.b", Label = "A" });
        var ids = Enumerable.Range(0, 50).Select(_ => Assert.Single(ViewRenderer.Modal(form, "").Blocks.OfType<InputBlock>()).BlockId).ToList();

        Assert.Equal(50, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Equal("a.b", ActionIds.InputOfBlock(id)));
    }

    [Fact]
    public void What_was_typed_comes_back_by_input_id()
    {
        var view = ViewRenderer.Modal(
            Form(
                new InputText { Id = "text", Label = "Text" },
                new InputToggle { Id = "yes", Label = "Yes", Title = "Yes" },
                new InputToggle { Id = "no", Label = "No", Title = "No" },
                new InputChoiceSet { Id = "many", Label = "Many", IsMultiSelect = true, Choices = Choices(3) }),
            "");
        var values = new JsonObject();
        foreach (var block in view.Blocks.OfType<InputBlock>())
        {
            values[block.BlockId!] = new JsonObject
            {
                [block.Element.ActionId] = ActionIds.Input(block.Element.ActionId) switch
                {
                    "text" => new JsonObject { ["type"] = "plain_text_input", ["value"] = "a & b < c" },
                    "yes" => Chosen("true"),
                    "no" => Chosen(),
                    _ => Chosen("v0", "v2"),
                },
            };
        }

        using var payload = JsonDocument.Parse(new JsonObject { ["state"] = new JsonObject { ["values"] = values } }.ToJsonString());
        var inputs = StateReader.Inputs(payload.RootElement);

        Assert.Equal(new Dictionary<string, string> { ["text"] = "a & b < c", ["yes"] = "true", ["no"] = "false", ["many"] = "v0,v2" }, inputs);
        Assert.Equal(inputs, StateReader.Inputs(payload.RootElement.GetProperty("state")));
        Assert.Equal(inputs, StateReader.Inputs(payload.RootElement.GetProperty("state").GetProperty("values")));

        static JsonObject Chosen(params string[] options) => new()
        {
            ["type"] = "checkboxes",
            ["selected_options"] = new JsonArray([.. options.Select(option => new JsonObject { ["text"] = new JsonObject(), ["value"] = option })]),
        };
    }

    [Theory]
    [InlineData("""{"b":{"in.x":{"type":"number_input","value":"7"}}}""", "7")]
    [InlineData("""{"b":{"in.x":{"type":"number_input","value":null}}}""", "")]
    [InlineData("""{"b":{"in.x":{"type":"number_input"}}}""", "")]
    [InlineData("""{"b":{"in.x":{"type":"datepicker","selected_date":"2027-01-03"}}}""", "2027-01-03")]
    [InlineData("""{"b":{"in.x":{"type":"timepicker","selected_time":"09:30"}}}""", "09:30")]
    [InlineData("""{"b":{"in.x":{"type":"static_select","selected_option":{"value":"he"}}}}""", "he")]
    [InlineData("""{"b":{"in.x":{"type":"static_select","selected_option":null}}}""", "")]
    [InlineData("""{"b":{"in.x":{"type":"checkboxes","selected_options":["a",{"value":5},{"value":"c"},null]}}}""", "c")]
    [InlineData("""{"b":{"toggle.x":{"type":"checkboxes"}}}""", "false")]
    public void Each_kind_of_field_is_read(string values, string expected) => Assert.Equal(expected, StateReader.Inputs(JsonDocument.Parse(values).RootElement)["x"]);

    [Theory]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("[]")]
    [InlineData("""{"state":null}""")]
    [InlineData("""{"state":{"values":[1]}}""")]
    [InlineData("""{"b":7,"c":{"in.x":7,"d":{"value":"y"}}}""")]
    [InlineData("""{"b":{"in.x":{"value":"\ud83d"}}}""")]
    [InlineData("""{"b":{"in.\ud83d":{"value":"y"}}}""")]
    public void Anything_odd_is_passed_over(string odd) => Assert.Empty(StateReader.Inputs(JsonDocument.Parse(odd).RootElement));

    [Fact]
    public void Errors_stand_at_their_field_and_others_are_told_apart()
    {
        var view = ViewRenderer.Modal(Form(new InputText { Id = "title", Label = "Title" }), "");
        var errors = new Dictionary<string, string> { ["title"] = "Give it a title.", [""] = "The campaign is gone.", ["other"] = "Odd." };

        var mapped = FieldErrors.Map(errors, JsonDocument.Parse(BlockJson.Serialize(view)).RootElement);

        Assert.Equal("Give it a title.", mapped.ByBlock[Assert.Single(view.Blocks.OfType<InputBlock>()).BlockId!]);
        Assert.Single(mapped.ByBlock);
        Assert.Equal("The campaign is gone.\nOdd.", mapped.Whole);
        Assert.Equal(mapped.ByBlock, FieldErrors.Map(errors, view).ByBlock);
        Assert.Null(FieldErrors.Map(new Dictionary<string, string> { ["title"] = "x" }, view).Whole);
    }

    [Fact]
    public void Errors_inside_the_view_leave_its_fields_as_they_are_and_replace_earlier_ones()
    {
        var shown = ViewRenderer.Modal(Form(new TextBlock("R&D"), new InputText { Id = "title", Label = "R&D title" }), "metadata");
        var echoed = Assert.IsType<View>(ViewReader.Read(Echo(shown)));

        var once = ViewRenderer.WithErrors(echoed, new Dictionary<string, string> { ["title"] = "חסרה כותרת.", [""] = "All of it." });
        var twice = ViewRenderer.WithErrors(Assert.IsType<View>(ViewReader.Read(Echo(once))), new Dictionary<string, string> { [""] = "Still." });

        Assert.Equal("⚠️ All of it.\nR&D\n⚠️ חסרה כותרת.\nR&amp;D title\nBack", BlockReader.Text(once.Blocks));
        Assert.Equal("⚠️ Still.\nR&D\nR&amp;D title\nBack", BlockReader.Text(twice.Blocks));
        Assert.Equal(shown.Blocks.OfType<InputBlock>().Single().BlockId, twice.Blocks.OfType<InputBlock>().Single().BlockId);
        Assert.Equal((shown.PrivateMetadata, shown.CallbackId, shown.NotifyOnClose), (twice.PrivateMetadata, twice.CallbackId, twice.NotifyOnClose));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"type":"modal","blocks":[{"type":"carousel"}]}""")]
    [InlineData("""{"type":"modal","blocks":7}""")]
    public void A_view_that_is_not_ours_is_not_read(string view) => Assert.Null(ViewReader.Read(JsonDocument.Parse(view).RootElement));

    [Fact]
    public void Loading_and_notice_have_no_submit_button()
    {
        Assert.All(Language.All, language => Assert.Null(ViewRenderer.Loading(language).Submit));
        var notice = ViewRenderer.Notice(
            new AdaptiveCard { Lang = "he", Rtl = true, Body = [new TextBlock("תודה")], Actions = [new ExecuteAction { Title = "ביטול", Verb = "v", Data = new ActionData("t") }] }, "כותרת ארוכה מאוד שאין לה מקום בחלון", "m");
        Assert.Null(notice.Submit);
        Assert.Equal("סגירה", notice.Close!.Text);
        Assert.InRange(notice.Title!.Text.Length, 1, 24);
        Assert.Single(BlockReader.Buttons(notice.Blocks));
    }

    [Fact]
    public void A_view_with_too_much_text_keeps_every_field_and_button()
    {
        var view = ViewRenderer.Modal(
            Form([.. Enumerable.Range(0, 150).Select(i => new TextBlock(new string('ש', 2800) + i)), .. Enumerable.Range(0, 20).Select(i => new InputText { Id = $"i{i}", Label = "x" })]), "");

        Assert.InRange(view.Blocks.Count, 22, 100);
        Assert.Equal(20, view.Blocks.OfType<InputBlock>().Count());
        Assert.Single(BlockReader.Buttons(view.Blocks));
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(BlockJson.Serialize(view)), 1, 250_000);
        Assert.Contains("There was more than fits here.", BlockReader.Texts(view.Blocks));
    }

    private static JsonElement Echo(View view)
    {
        // As Slack sends it back: plain texts escaped, ids and a state added, type not first.
        var echo = JsonNode.Parse(BlockJson.Serialize(view).Replace("R&D title", "R&amp;D title", StringComparison.Ordinal).Replace("R\\u0026D title", "R\\u0026amp;D title", StringComparison.Ordinal))!.AsObject();
        echo["id"] = "V1";
        echo["state"] = new JsonObject { ["values"] = new JsonObject() };
        foreach (var block in echo["blocks"]!.AsArray().OfType<JsonObject>())
        {
            block["block_id"] ??= "made-by-slack";
            var type = block["type"]!.DeepClone();
            block.Remove("type");
            block["type"] = type;
        }

        return JsonDocument.Parse(echo.ToJsonString()).RootElement;
    }

    private static IReadOnlyList<Choice> Choices(int count) => [.. Enumerable.Range(0, count).Select(i => new Choice($"Choice {i}", $"v{i}"))];

    private static Form Form(params CardElement[] body) => new()
    {
        Token = "token",
        Title = "Compose",
        Card = new AdaptiveCard { Lang = "en", Body = body },
        Actions = [new FormAction("next", "Next"), new FormAction("back", "Back", Validates: false), new FormAction("cancel", "Cancel", Validates: false)],
    };
}
