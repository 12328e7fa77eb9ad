using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Programme;

namespace AdvocacyBot.Tests.Programme;

public sealed class FourEyesRuleTests
{
    [Theory]
    [InlineData("types=;channels=", ContentType.News, true)]
    [InlineData("types=Job,Opinion;channels=", ContentType.Job, true)]
    [InlineData("types=Job,Opinion;channels=", ContentType.News, false)]
    [InlineData("types=;channels=2,9", ContentType.News, true)]
    [InlineData("types=;channels=9", ContentType.News, false)]
    [InlineData("types=News;channels=9", ContentType.News, false)]
    [InlineData("", ContentType.News, true)]
    [InlineData("types=Gossip;channels=x", ContentType.News, true)]
    public void A_rule_says_what_it_is_for(string stored, ContentType type, bool applies) =>
        Assert.Equal(applies, FourEyesRule.Parse(stored)!.AppliesTo(type, [1L, 2L]));

    [Fact]
    public void A_rule_reads_back_as_it_was_and_none_is_none()
    {
        var rule = new FourEyesRule([ContentType.Job, ContentType.News], [3, 12]);

        Assert.Equal(rule.ToString(), FourEyesRule.Parse(rule.ToString())!.ToString());
        Assert.Null(FourEyesRule.Parse(null));
    }
}
