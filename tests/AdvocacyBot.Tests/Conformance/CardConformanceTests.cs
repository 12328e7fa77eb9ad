using AdvocacyBot.Core.Cards;
using AdvocacyBot.Tests.Infrastructure;

namespace AdvocacyBot.Tests.Conformance;

/// <summary>The checker itself: what it lets pass, and that each of its rules catches its fault.</summary>
public sealed class CardConformanceTests
{
    private static readonly (string Card, string Problem)[] Faults =
    [
        (InBody("""{"type":"TextBlock","text":"x","size":"Huge"}"""), "InvalidPropertyValue"),
        (InBody("""{"type":"NoSuchElement"}"""), "UnknownElementType"),
        (InBody("""{"type":"Carousel","pages":[]}"""), "UnknownElementType"),
        (InBody("""{"type":"Chart.Donut","title":"t","data":[]}"""), "Chart.Donut has no fallback element"),
        (InBody("""{"type":"Chart.Donut","title":"t","data":[],"fallback":"drop"}"""), "Chart.Donut has no fallback element"),
        (InBody("""{"type":"Chart.Donut","title":"t","data":[],"fallback":{"type":"NoSuchElement"}}"""), "UnknownElementType"),
        (InBody("""{"type":"Input.Text","label":"Name"}"""), "Input.Text has no id"),
        (InBody("""{"type":"Input.Text","id":"name"}"""), "Input.Text has no label"),
        (InBody("""{"type":"Input.ChoiceSet","id":"a","label":"A","choices":[{"title":"only"}]}"""), "PropertyCantBeNull"),
        (InBody("""{"type":"Container","items":[{"type":"TextBlock","id":"a","text":"x"},{"type":"TextBlock","id":"a","text":"y"}]}"""), "id \"a\" is already used"),
        (InBody("""{"type":"Image","url":"https://example.com/a.png"}"""), "Image has no altText"),
        (InBody("""{"type":"ActionSet","actions":[{"type":"Action.OpenUrl","url":"https://example.com"}]}"""), "Action.OpenUrl has no title"),
        (InBody("""{"type":"ActionSet","actions":[{"type":"Action.Vanish","title":"x"}]}"""), "UnknownActionType"),
        (InBody("""{"type":"ActionSet","actions":[{"type":"Action.Execute","title":"x","verb":"v","data":{"t":"1","person":"2"}}]}"""), "data holds [t,person]"),
        (InBody("""{"type":"ActionSet","actions":[{"type":"Action.Execute","title":"x","verb":"v"}]}"""), "data holds []"),
        (InBody("""{"type":"Container","rtl":true,"items":[{"type":"TextBlock","text":"English"}]}"""), "Container has rtl true"),
        ("""{"type":"AdaptiveCard","version":"1.6","lang":"en","body":[]}""", "version is \"1.6\""),
        ("""{"type":"Card","version":"1.5","lang":"en","body":[]}""", "type is \"Card\""),
        ("""{"type":"AdaptiveCard","version":"1.5","body":[]}""", "no lang"),
        ("""{"type":"AdaptiveCard","version":"1.5","lang":"he","body":[]}""", "rtl is undefined"),
        ("""{"type":"AdaptiveCard","version":"1.5","lang":"he","rtl":false,"body":[]}""", "rtl is false"),
        ("""{"type":"AdaptiveCard","version":"1.5","lang":"he-IL","rtl":true,"body":[]}""", "InvalidPropertyValue: Invalid value \"he-IL\""),
        ("""{"type":"AdaptiveCard","version":"1.5","lang":"en","rtl":true,"body":[]}""", "rtl is true"),
        ("""{"type":"AdaptiveCard","version":"1.5","lang":"he","rtl":true,"body":[{"type":"Container","rtl":false,"items":[{"type":"TextBlock","text":"שלום"}]}]}""", "Container has rtl false"),
        ("null", "TypeError"),
        ("""{"type":"AdaptiveCard","version":"1.5","lang":"he","rtl":true,"body":[{"type":"ColumnSet","columns":[{"type":"Column","rtl":false,"items":[{"type":"TextBlock","text":"1. שלום"}]}]}]}""", "Column has rtl false"),
    ];

    // One run of the checker for all, since starting it takes longer than judging.
    private static readonly Lazy<Task<ToolResult>> Report = new(static () => CardConformance.CheckAsync(Array.ConvertAll(Faults, fault => fault.Card)));

    public static TheoryData<int, string> FaultsByLine()
    {
        var data = new TheoryData<int, string>();
        for (var i = 0; i < Faults.Length; i++)
        {
            data.Add(i + 1, Faults[i].Problem);
        }

        return data;
    }

    [Fact]
    public async Task A_card_with_every_element_passes_in_both_directions() =>
        await CardConformance.AssertValidAsync(CardJson.Serialize(Sample("en", rtl: null)), CardJson.Serialize(Sample("he", rtl: true)));

    [Theory]
    [MemberData(nameof(FaultsByLine))]
    public async Task A_fault_is_named(int line, string problem)
    {
        var result = await Report.Value;
        var verdict = result.Output.Split('\n').SkipWhile(text => text != $"FAIL line {line}").Skip(1).TakeWhile(text => text.StartsWith(' '));
        Assert.Contains(verdict, text => text.Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_faulty_card_is_counted() =>
        Assert.EndsWith($"\n0 passed, {Faults.Length} failed\n", (await Report.Value).Output, StringComparison.Ordinal);

    [Fact]
    public async Task A_card_that_Teams_would_refuse_for_its_size_is_named()
    {
        var result = await CardConformance.CheckAsync(CardJson.Serialize(Sample("en", rtl: null) with { Speak = new string('x', 28 * 1024) }));
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("bytes, more than", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_bad_card_among_good_ones_fails_the_run()
    {
        var good = CardJson.Serialize(Sample("en", rtl: null));
        var result = await CardConformance.CheckAsync(good, """{"type":"AdaptiveCard"}""", good);
        Assert.Equal(1, result.ExitCode);
        Assert.EndsWith("2 passed, 1 failed\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_card_at_all_is_no_success() => Assert.Equal(1, (await CardConformance.CheckAsync()).ExitCode);

    private static string InBody(string element) => $$"""{"type":"AdaptiveCard","version":"1.5","lang":"en","body":[{{element}}]}""";

    private static AdaptiveCard Sample(string language, bool? rtl) => new()
    {
        Lang = language,
        Rtl = rtl,
        FallbackText = rtl is true ? "שתפו את הסיפור" : "Share the story",
        Body =
        [
            new TextBlock(rtl is true ? "שתפו את הסיפור" : "Share the story") { Style = "heading", Size = "Large", Weight = "Bolder" },
            new Image("https://example.com/day.png", rtl is true ? "שני אנשים" : "Two people") { Size = "Stretch" },
            new Container { Rtl = false, Items = [new TextBlock("An English post, 100%")] },
            new Container { Rtl = true, Items = [new TextBlock("פוסט בעברית")] },
            new ColumnSet { Columns = [new Column { Width = "auto", Rtl = rtl, Items = [new TextBlock("12")] }] },
            new FactSet { Facts = [new Fact("LinkedIn", "3")] },
            new DonutChart
            {
                Id = "chart",
                Title = "Clicks",
                Data = [new DonutDatum("LinkedIn", 3)],
                Fallback = new FactSet { Id = "chart", Facts = [new Fact("LinkedIn", "3")] },
            },
            new HorizontalBarChart { Title = "Clicks", Data = [new BarDatum("X", 3)], Fallback = new TextBlock("X: 3") },
            new InputText { Id = "text", Label = "Text", IsMultiline = true, MaxLength = 3000 },
            new InputNumber { Id = "number", Label = "Number", Min = 0 },
            new InputDate { Id = "date", Label = "Date", Value = "2026-11-22" },
            new InputTime { Id = "time", Label = "Time", Value = "09:00" },
            new InputToggle { Id = "toggle", Label = "Names", Title = "Show my name", Value = "false" },
            new InputChoiceSet { Id = "networks", Label = "Networks", IsMultiSelect = true, Style = "expanded", Choices = [new Choice("LinkedIn", "linkedin")] },
            new ActionSet { Actions = [new OpenUrlAction { Title = "Open", Url = "https://example.com/" }] },
        ],
        Actions = [new ExecuteAction { Title = "Share", Verb = "share", Data = new ActionData("token"), Style = "positive" }],
    };
}
