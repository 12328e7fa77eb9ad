using System.Text.Json;
using AdvocacyBot.Teams.Chat;

namespace AdvocacyBot.Tests.Teams.Chat;

public sealed class SharedMessageTests
{
    [Theory]
    [InlineData("html", "<div>Look: <a href=\\\"https://example.com/a?b=1&amp;c=2\\\" title=\\\"x\\\">here</a></div>", "Look: here https://example.com/a?b=1&c=2")]
    [InlineData("html", "<p>See https://example.com/x now</p>", "See https://example.com/x now")]
    [InlineData("html", "<div><div><at id=\\\"0\\\">Dana</at> &amp; I won&nbsp;a prize</div>\\n</div>", "Dana & I won a prize")]
    [InlineData("text", "We <b>won</b>: https://example.com/y", "We <b>won</b>: https://example.com/y")]
    [InlineData("text", "1 < 2", "1 < 2")]
    [InlineData("html", "<a href=\\\"javascript:alert(1)\\\">no link</a>", "no link")]
    [InlineData("html", "<a href='https://example.com/z'>https://example.com/z</a>", "https://example.com/z")]
    [InlineData("html", "", "")]
    public void A_message_is_suggested_with_its_words_and_its_link(string type, string content, string suggestion) =>
        Assert.Equal(suggestion, SharedMessage.Suggestion(Json($$"""{"body":{"contentType":"{{type}}","content":"{{content}}"} }""")));

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"body":"x"}""")]
    [InlineData("""{"body":{"content":5}}""")]
    public void Other_payloads_suggest_nothing(string payload) => Assert.Equal("", SharedMessage.Suggestion(Json(payload)));

    private static JsonElement Json(string json) => JsonDocument.Parse(json).RootElement;
}
