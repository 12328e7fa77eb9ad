using AdvocacyBot.Slack.Inbound;

namespace AdvocacyBot.Tests.Slack.Inbound;

public sealed class IncomingTextTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("broadcast https://example.com/?a=1&amp;b=2", "broadcast https://example.com/?a=1&b=2")]
    [InlineData("suggest <https://example.com/a|example.com/a>", "suggest https://example.com/a")]
    [InlineData("ask <@U123|olivia> in <#C1|general>", "ask @olivia in #general")]
    [InlineData("<!here> and <!subteam^S1|@comms>", "@here and @comms")]
    [InlineData("<mailto:a@b.example|a@b.example>", "a@b.example")]
    [InlineData("1 &lt; 2 &amp;&amp; 3 &gt; 2", "1 < 2 && 3 > 2")]
    [InlineData("&amp;lt;", "&lt;")]
    [InlineData("שיתוף <https://example.com/he>", "שיתוף https://example.com/he")]
    [InlineData("a\0b", "ab")]
    [InlineData("< not a reference", "< not a reference")]
    public void Slacks_escapes_become_what_was_written(string? text, string plain) => Assert.Equal(plain, IncomingText.Plain(text));

    [Theory]
    [InlineData("<@U0BOT> help", "U0BOT", "help")]
    [InlineData("please <@U0BOT> help", "U0BOT", "please  help")]
    [InlineData("<@U0BOT>", "U0BOT", "")]
    [InlineData("<@UNKNOWN> help", "", "help")]
    public void The_bots_own_name_is_left_out(string text, string bot, string said) => Assert.Equal(said, IncomingText.WithoutMention(text, bot));

    [Theory]
    [InlineData("1764000000.123456", 1764000000123)]
    [InlineData("1764000000", 1764000000000)]
    public void Timestamps_are_read(string ts, long milliseconds) => Assert.Equal(milliseconds, SlackTime.Read(ts)!.Value.ToUnixTimeMilliseconds());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("-5")]
    [InlineData("0")]
    [InlineData("1e9")]
    [InlineData("99999999999999999999999999999999999999999")]
    public void What_is_no_timestamp_is_none(string? ts) => Assert.Null(SlackTime.Read(ts));
}
