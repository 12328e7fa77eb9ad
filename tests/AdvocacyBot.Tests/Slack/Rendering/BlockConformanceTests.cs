using System.Text.Json.Nodes;
using AdvocacyBot.Tests.Infrastructure;

namespace AdvocacyBot.Tests.Slack.Rendering;

/// <summary>The checker itself: what it lets pass, and that each of its rules catches its fault.</summary>
public sealed class BlockConformanceTests
{
    private const string Text = """{"type":"plain_text","text":"x","emoji":false}""";

    private static readonly (string Payload, string Problem)[] Faults =
    [
        (Message("""{"type":"no_such_block"}"""), "types: blocks[0]"),
        (Message("""{"type":"header","text":{"type":"mrkdwn","text":"x"}}"""), "types: blocks[0]"),
        (Message($$"""{"type":"header","text":{{Text}},"colour":"red"}"""), "types: blocks[0]"),
        (Message($$"""{"type":"header","text":{{Plain(151)}}}"""), "151 characters, at most 150"),
        (Message($$"""{"type":"actions","elements":[{"type":"button","text":{{Plain(76)}},"action_id":"a","value":"v"}]}"""), "76 characters, at most 75"),
        (Message($$"""{"type":"actions","elements":[{"type":"button","text":{{Text}},"action_id":"a","value":"{{new string('v', 2001)}}"}]}"""), "2001 characters, at most 2000"),
        (Message($$"""{"type":"actions","elements":[{"type":"button","text":{{Text}},"action_id":"a"}]}"""), "a button that does nothing"),
        (Message($$"""{"type":"actions","elements":[{{string.Join(',', Enumerable.Range(0, 26).Select(i => $$"""{"type":"button","text":{{Text}},"action_id":"a{{i}}","value":"v"}"""))}}]}"""), "26 items, 1 to 25"),
        (Message($$"""{"type":"actions","elements":[{"type":"button","text":{{Text}},"action_id":"a","value":"v"},{"type":"button","text":{{Text}},"action_id":"a","value":"v"}]}"""), "action_id \"a\" twice"),
        (Message("""{"type":"divider","block_id":"b"}""", """{"type":"divider","block_id":"b"}"""), "block_id \"b\" twice"),
        (Message("""{"type":"rich_text","elements":[]}"""), "0 items, 1 to Infinity"),
        (Message("""{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":""}]}]}"""), "empty"),
        (Message("""{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"user","user_id":"U1"}]}]}"""), "user"),
        (Message("""{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"\u2067open"}]}]}"""), "leaves a direction open"),
        (Message("""{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"<!here>"}]}]}"""), "the beginning of a mention"),
        (Message("""{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"link","url":"javascript:x","text":"x"}]}]}"""), "a link to javascript"),
        (Message("""{"type":"section","text":{"type":"mrkdwn","text":"x"}}"""), "mrkdwn"),
        (Message("""{"type":"image","image_url":"data:x","alt_text":"x"}"""), "no web address"),
        (Message("""{"type":"image","image_url":"https://example.com/a.png"}"""), "types: blocks[0]"),
        (Message([.. Enumerable.Repeat("""{"type":"divider"}""", 51)]), "51 blocks, at most 50"),
        (Message(Field("""{"type":"plain_text_input","action_id":"a"}""")), "a field in a message"),
        (Message([.. Enumerable.Range(0, 5).Select(_ => $$"""{"type":"context","elements":[{{Plain(2900)}}]}""")]), "refused from about 13200"),
        ("""{"text":"a <b","blocks":[{"type":"divider"}]}""", "a bare <"),
        ("""{"text":"a & b","blocks":[{"type":"divider"}]}""", "a bare &"),
        ("""{"blocks":[{"type":"divider"}]}""", "no text"),
        (Modal(Field($$"""{"type":"static_select","action_id":"a","options":[{{Option("a")}},{{Option("a")}}]}""")), "two options have the same value"),
        (Modal(Field($$"""{"type":"static_select","action_id":"a","options":[{{Option("a")}}],"initial_option":{{Option("b")}} }""")), "not among the options"),
        (Modal(Field($$"""{"type":"checkboxes","action_id":"a","options":[{{string.Join(',', Enumerable.Range(0, 11).Select(i => Option($"o{i}")))}}]}""")), "11 items, 1 to 10"),
        (Modal(Field($$"""{"type":"static_select","action_id":"a","options":[{{Option(new string('v', 76))}}]}""")), "76 characters, at most 75"),
        (Modal(Field($$"""{"type":"datepicker","action_id":"a","initial_date":"3 May"}""")), "initial_date"),
        ($$"""{"type":"modal","title":{{Text}},"blocks":[{{Field("""{"type":"plain_text_input","action_id":"a"}""")}}]}""", "no submit button"),
        ($$"""{"type":"modal","title":{{Plain(25)}},"blocks":[{"type":"divider"}]}""", "25 characters, at most 24"),
        ("""{"type":"modal","blocks":[{"type":"divider"}]}""", "a modal without a title"),
        ($$"""{"type":"home","title":{{Text}},"blocks":[{"type":"divider"}]}""", "has no title"),
        ($$"""{"type":"home","private_metadata":"{{new string('m', 3001)}}","blocks":[{"type":"divider"}]}""", "3001 characters, at most 3000"),
        ("null", "no JSON"),
    ];

    private static readonly Lazy<Task<ToolResult>> Report = new(static () => BlockConformance.CheckAsync([.. Faults.Select(fault => fault.Payload), Message("""{"type":"divider"}""")]));

    [Fact]
    public async Task Every_fault_is_named()
    {
        var output = (await Report.Value).Output.Split('\n');
        Assert.All(Enumerable.Range(0, Faults.Length), i =>
        {
            var verdict = output.SkipWhile(line => line != $"FAIL line {i + 1}").Skip(1).TakeWhile(line => line.StartsWith(' ')).ToList();
            Assert.Contains(verdict, line => line.Contains(Faults[i].Problem, StringComparison.Ordinal));
        });
    }

    [Fact]
    public async Task Good_ones_pass_among_bad_ones_which_fail_the_run()
    {
        var result = await Report.Value;
        Assert.Equal(1, result.ExitCode);
        Assert.EndsWith($"\n1 passed, {Faults.Length} failed\n", result.Output, StringComparison.Ordinal);
    }

    private static string Plain(int length) => $$"""{"type":"plain_text","text":"{{new string('x', length)}}","emoji":false}""";

    private static string Option(string value) => $$"""{"text":{{Text}},"value":"{{value}}"}""";

    private static string Field(string element) => $$"""{"type":"input","label":{{Text}},"element":{{element}} }""";

    private static string Message(params string[] blocks) => JsonNode.Parse($$"""{"text":"x","blocks":[{{string.Join(',', blocks)}}]}""")!.ToJsonString();

    private static string Modal(string block) => $$"""{"type":"modal","title":{{Text}},"submit":{{Text}},"blocks":[{{block}}]}""";
}
