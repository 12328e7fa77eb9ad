using System.Text.RegularExpressions;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Slack.Rendering;
using AdvocacyBot.Slack.Rendering.Blocks;
using FsCheck;
using FsCheck.Fluent;

namespace AdvocacyBot.Tests.Slack.Rendering;

public sealed class MessageRendererTests
{
    [Fact]
    public void Each_element_becomes_its_block_in_order()
    {
        var blocks = Render(
            new TextBlock("Title") { Style = "heading", Size = "Large" },
            new TextBlock("small print") { IsSubtle = true },
            new TextBlock("Words in **bold**"),
            new Image("https://example.com/a.png", "Two people"),
            new TextBlock("Second") { Style = "heading", Size = "Medium", Separator = true },
            new Container { Style = "emphasis", Items = [new TextBlock("quoted"), new Container { Style = "accent", Items = [new TextBlock("— Dana") { IsSubtle = true, Separator = true }] }] },
            new ColumnSet { Columns = [new Column { Items = [new TextBlock("12")] }, new Column { Items = [new TextBlock("people")] }] },
            new FactSet { Facts = [new Fact("LinkedIn", "3"), new Fact("X", "1")] },
            new ActionSet { Actions = [new OpenUrlAction { Title = "Open", Url = "https://example.com/" }] });

        Assert.Collection(
            blocks,
            block => Assert.Equal("Title", Assert.IsType<HeaderBlock>(block).Text.Text),
            block => Assert.Equal("small print", Assert.IsType<ContextBlock>(block).Elements[0].Text),
            block => Assert.Equal(RichTextStyle.BoldText, Assert.IsType<RichTextSection>(Assert.Single(Assert.IsType<RichTextBlock>(block).Elements)).Elements[1].Style),
            block => Assert.Equal(new ImageBlock("https://example.com/a.png", "Two people"), block),
            block => Assert.IsType<DividerBlock>(block),
            block => Assert.Equal("Second", BlockReader.Text([block])),
            block => Assert.Equal("quoted\n— Dana", BlockReader.Text(Assert.IsType<RichTextQuote>(Assert.Single(Assert.IsType<RichTextBlock>(block).Elements)).Elements)),
            block => Assert.Equal("12 · people", BlockReader.Text([block])),
            block => Assert.Equal("LinkedIn: 3\nX: 1", BlockReader.Text([block])),
            block => Assert.Equal("https://example.com/", Assert.Single(BlockReader.Buttons([block])).Url));
    }

    [Fact]
    public void Buttons_carry_the_token_and_their_looks()
    {
        var message = MessageRenderer.Render(
            Card([], Execute("Share", "token-1") with { Style = "positive", Tooltip = "Launch day" }, Execute("Leave", "token-2") with { Style = "destructive" }), "Hello");

        var buttons = BlockReader.Buttons(message.Blocks).ToList();
        Assert.Equal(["token-1", "token-2"], buttons.Select(button => button.Value));
        Assert.Equal(["primary", "danger"], buttons.Select(button => button.Style));
        Assert.Equal("Share: Launch day", buttons[0].AccessibilityLabel);
        Assert.All(buttons, button => Assert.True(ActionIds.IsPress(button.ActionId)));
        Assert.Equal(2, buttons.Select(button => button.ActionId).Distinct().Count());
    }

    [Fact]
    public void What_Slack_would_not_take_whole_is_left_out_rather_than_cut()
    {
        var message = MessageRenderer.Render(
            Card(
                [new Image("https://example.com/" + new string('a', 3000), "long"), new Image("data:image/png;base64,AA==", "not fetched"), new TextBlock("words")],
                Execute("Long token", new string('t', 2001)),
                new OpenUrlAction { Title = "Long address", Url = "https://example.com/" + new string('a', 3000) }),
            "Hello");

        Assert.Equal("words", BlockReader.Text(Assert.Single(message.Blocks) is RichTextBlock only ? [only] : []));
    }

    [Fact]
    public void The_text_is_the_summary_else_the_card_read_aloud()
    {
        var card = Card([new TextBlock("Title") { Style = "heading" }, new TextBlock("R&D *are* here"), new FactSet { Facts = [new Fact("Shared", "3")] }]);

        Assert.Equal("One &lt;line&gt;", MessageRenderer.Render(card, "One <line>").Text);
        Assert.Equal("Spoken", MessageRenderer.Render(card with { Speak = "Spoken" }, null).Text);
        Assert.Equal("Title\nR&amp;D are here\nShared: 3", MessageRenderer.Render(card, null).Text);
    }

    [Fact]
    public void Hidden_elements_stay_hidden_and_a_chart_is_drawn_instead_of_its_fallback()
    {
        var blocks = Render(
            new TextBlock("hidden") { IsVisible = false },
            new HorizontalBarChart { Title = "Evidence", Data = [new BarDatum("opened", 10), new BarDatum("said", 5), new BarDatum("clicked", 0)], Fallback = new TextBlock("fallback") });

        Assert.Equal("Evidence\n████████  10  opened\n████░░░░  5  said\n░░░░░░░░  0  clicked", BlockReader.Text(blocks));
    }

    [Fact]
    public void A_donut_says_its_shares() =>
        Assert.Equal(
            "Networks\n██████░░  3 (75%)  LinkedIn\n██░░░░░░  1 (25%)  X",
            BlockReader.Text(Render(new DonutChart { Title = "Networks", Data = [new DonutDatum("LinkedIn", 3), new DonutDatum("X", 1)] })));

    [Fact]
    public void Hebrew_lines_begin_right_to_left_whatever_they_begin_with()
    {
        var card = Card(
        [
            new TextBlock("LinkedIn מחכה לך") { Style = "heading" },
            new TextBlock("\u2066/advocate me\u2069 מציגה") { IsSubtle = true },
            new TextBlock("Dana שיתפה\n3 פעמים"),
            new FactSet { Facts = [new Fact("X", "3"), new Fact("שם", "Employee 1")] },
            new HorizontalBarChart { Title = "ראיות", Data = [new BarDatum("נפתח", 3)] },
        ]) with { Lang = "he", Rtl = true };

        var lines = BlockReader.Texts(MessageRenderer.Render(card, null).Blocks).SelectMany(text => text.Split('\n')).ToList();

        Assert.All(lines, line => Assert.True(Bidi.IsRightToLeft(line), line));
        Assert.Contains("שם: \u2068Employee 1\u2069", lines);
        Assert.Contains("\u200F████████  3  נפתח", lines);
    }

    [Fact]
    public void A_Hebrew_card_stands_at_one_side()
    {
        var card = Card([new TextBlock("כותרת") { Style = "heading", Size = "Large" }, new TextBlock("אותיות קטנות") { IsSubtle = true }, new TextBlock("מילים")]) with { Lang = "he", Rtl = true };

        Assert.All(MessageRenderer.Render(card, null).Blocks, block => Assert.IsType<RichTextBlock>(block));
    }

    [Fact]
    public void A_part_of_the_other_direction_keeps_its_own()
    {
        var card = Card([new Container { Rtl = false, Items = [new TextBlock("An English post"), new TextBlock("שם goes first")] }]) with { Lang = "he", Rtl = true };

        Assert.Equal("An English post\n\u200Eשם goes first", BlockReader.Text(MessageRenderer.Render(card, null).Blocks));
    }

    [Fact]
    public void A_heading_longer_than_its_block_is_shown_whole()
    {
        var title = new string('x', 151);
        Assert.Equal(title, BlockReader.Text([Assert.IsType<RichTextBlock>(Assert.Single(Render(new TextBlock(title) { Style = "heading", Size = "Large" })))]));
    }

    [Fact]
    public void A_long_text_is_spread_over_blocks_and_a_long_card_over_messages_with_nothing_lost()
    {
        var words = string.Join(' ', Enumerable.Range(0, 6000).Select(i => $"w{i}"));
        var message = MessageRenderer.Render(Card([new TextBlock(words), .. Enumerable.Range(0, 60).Select(i => new TextBlock($"line {i}"))], Execute("Share", "token")), "Summary");

        Assert.Equal("token", Assert.Single(BlockReader.Buttons(message.Blocks)).Value);
        Assert.NotEmpty(message.More);
        Assert.Contains("This is longer than one message; the rest follows.", BlockReader.Texts(message.Blocks));
        Assert.All(message.More.Prepend(message), AssertFits);
        var said = string.Join(' ', message.More.Prepend(message).SelectMany(one => BlockReader.Texts(one.Blocks)));
        Assert.All(Enumerable.Range(0, 6000), i => Assert.Contains($"w{i}", said, StringComparison.Ordinal));
        Assert.All(Enumerable.Range(0, 60), i => Assert.Contains($"line {i}", said, StringComparison.Ordinal));
    }

    [Fact]
    public void Whatever_people_write_fits_and_stays_words() => Check.QuickThrowOnFailure(Prop.ForAll(AnyText.Arbitrary, ArbMap.Default.ArbFor<bool>(), (text, hebrew) =>
    {
        var own = CardText.Escape(text);
        var card = Card(
            [
                new TextBlock(own) { Style = "heading" }, new TextBlock(own), new TextBlock(own) { IsSubtle = true }, new TextBlock(text), new FactSet { Facts = [new Fact(own, own), new Fact(text, text)] },
                new Container { Style = "accent", Items = [new TextBlock($"“{own}”")] }, new Image("https://example.com/a.png", text),
                new InputText { Id = "a", Label = text, Value = text }, new HorizontalBarChart { Title = own, Data = [new BarDatum(own, 3)] },
            ],
            Execute(text, "token") with { Tooltip = text }) with { Lang = hebrew ? "he" : "en", Rtl = hebrew };

        var message = MessageRenderer.Render(card, text);

        Assert.All(message.More.Prepend(message), AssertFits);
        Assert.All(message.More.Prepend(message).SelectMany(one => BlockReader.Texts(one.Blocks)), shown =>
        {
            Assert.DoesNotMatch("<[!@#]", shown);
            Assert.NotEmpty(shown);
            Assert.Equal(shown, Bidirectional.Close(shown));
        });
    }));

    [Fact]
    public void A_message_can_be_sent_without_the_picture_that_Slack_cannot_fetch()
    {
        var message = MessageRenderer.Render(Card([new TextBlock("words"), new Image("https://example.com/a.png", "Two people")]), "Summary");

        var without = message.WithoutPictures();

        Assert.NotNull(without);
        Assert.DoesNotContain(without.Blocks, block => block is ImageBlock);
        Assert.Contains("https://example.com/a.png", BlockJson.Serialize(without.Blocks), StringComparison.Ordinal);
        Assert.Null(without.WithoutPictures());
    }

    [Fact]
    public void An_input_in_a_message_shows_what_it_holds() =>
        Assert.Equal(
            "Name: D\\*na\nOn: ☑ Show me\nWhich: B, C".Replace("\\", "", StringComparison.Ordinal),
            BlockReader.Text(Render(
                new InputText { Id = "name", Label = "Name", Value = "D*na" },
                new InputToggle { Id = "on", Label = "On", Title = "Show me", Value = "true" },
                new InputChoiceSet { Id = "which", Label = "Which", Value = "b,c", Choices = [new Choice("A", "a"), new Choice("B", "b"), new Choice("C", "c")] })));

    [Fact]
    public void The_size_of_blocks_is_never_guessed_too_small() => Check.QuickThrowOnFailure(Prop.ForAll(AnyText.Arbitrary, text =>
    {
        var message = MessageRenderer.Render(Card([new TextBlock(CardText.Escape(text)), new TextBlock(text) { Style = "heading" }], Execute(text, "token"), Execute("b", "token") with { Style = "positive" }), "s");
        Assert.All(message.Blocks, block => Assert.InRange(
            Regex.Replace(BlockJson.Serialize([block]), @"\\u[0-9A-F]{4}", "x").Length - 2, 1, BlockSize.Of(block)));
    }));

    private static void AssertFits(SlackMessage message)
    {
        Assert.InRange(message.Blocks.Count, 1, 50);
        Assert.InRange(message.Blocks.Sum(BlockSize.Of), 1, 13_000);
        Assert.InRange(message.Text.Length, 1, 8000);
        Assert.All(message.Blocks, block => Assert.All(block switch
        {
            HeaderBlock header => [(header.Text.Text, 150)],
            ContextBlock context => context.Elements.Select(text => (text.Text, 3000)),
            RichTextBlock rich => rich.Elements.Select(part => (string.Concat(BlockReader.Texts(part)), 3000)),
            ActionsBlock actions => actions.Elements.OfType<Button>().SelectMany(button => new[] { (button.Text.Text, 75), (button.AccessibilityLabel ?? "x", 75) }),
            _ => [],
        }, text => Assert.InRange(text.Item1.Length, 1, text.Item2)));
    }

    private static IReadOnlyList<Block> Render(params CardElement[] body) => MessageRenderer.Render(Card(body), "Summary").Blocks;

    private static AdaptiveCard Card(IReadOnlyList<CardElement> body, params CardAction[] actions) => new() { Lang = "en", Body = body, Actions = actions };

    private static ExecuteAction Execute(string title, string token) => new() { Title = title, Verb = "v", Data = new ActionData(token) };
}
