using AdvocacyBot.Core.Programme;

namespace AdvocacyBot.Tests.Programme;

public sealed class AuditCsvTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("plain", "plain")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("@name,x", "\"'@name,x\"")]
    [InlineData("a;b", "\"a;b\"")]
    [InlineData(" =1+1", "' =1+1")]
    [InlineData("＝1+1", "'＝1+1")]
    public void A_cell_is_quoted_where_it_must_be_and_never_a_formula(string? value, string expected) => Assert.Equal(expected, CsvRow.Cell(value));

    [Theory]
    [InlineData("", 0, 0)]
    [InlineData("campaign", 12, 30)]
    [InlineData("person", AuditFilter.BySettings, 7)]
    public void A_filter_is_read_as_it_was_written(string kind, long actor, int days)
    {
        var filter = new AuditFilter(kind, actor, days);
        Assert.Equal(filter, AuditFilter.Parse(filter.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nothing;x;1000")]
    [InlineData("a;b;c;d")]
    public void What_is_no_filter_filters_nothing(string text) => Assert.Equal(AuditFilter.All, AuditFilter.Parse(text));

    [Fact]
    public void Every_action_says_what_kind_of_thing_it_is_about() => Assert.All(
        AuditActions.All,
        action => Assert.Contains(
            action.Split('.')[0],
            new[] { "person", "conversation", "workspace", "campaign", "suggestion", "thanks", "goal", "key", "feed", "recurrence", "kickoff", "answer", "spending" }));
}
