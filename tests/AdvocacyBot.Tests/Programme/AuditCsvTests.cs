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
    public void A_cell_is_quoted_where_it_must_be_and_never_a_formula(string? value, string expected) => Assert.Equal(expected, AuditCsv.Cell(value));

    [Fact]
    public void Every_action_says_what_kind_of_thing_it_is_about() => Assert.All(
        AuditActions.All,
        action => Assert.Contains(
            action.Split('.')[0],
            new[] { "person", "conversation", "workspace", "campaign", "suggestion", "thanks", "goal", "key", "feed", "recurrence", "kickoff", "answer" }));
}
