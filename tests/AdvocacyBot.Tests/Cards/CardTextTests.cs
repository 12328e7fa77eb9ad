using System.Text.Json;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Tests.Infrastructure;
using FsCheck;
using FsCheck.Fluent;

namespace AdvocacyBot.Tests.Cards;

/// <summary>Escaped text, read with the Markdown processor that the browser chat gives to the official renderer.</summary>
public sealed class CardTextTests
{
    // What means something in Markdown at some place, so that random texts meet it often.
    private static readonly string[] Pieces =
    [
        "*", "_", "**", "__", "~", "~~", "~~~", "`", "```", "#", "##", "# ", "-", "- ", "---", "- - -", "--|--", "+", "+ ", "=", "===", ">", "> ", "|", "| a | b |", "|---|---|", ":--", ":-:|",
        "1.", "1. ", "1) ", "12.", "[", "]", "(", ")", "[x](https://example.com)", "![x](y.png)", "[x]: https://example.com", "<", "<b>", "</b>", "<https://example.com>", "<!-- -->", "https://example.com",
        "&", "&amp;", "&#65;", "&#x41;", "&nbsp;", ";", "\\", "\\\\", "{{DATE(2026-11-22T09:00:00Z, SHORT)}}", "{{TIME(2026-11-22T09:00:00Z)}}", "{", "}", "!", ".",
        " ", "  ", "    ", "\t", "\n", "\n\n", "\r\n", "\r", "a", "word", "snake_case", "שלום", "😀", "é", "\u2068", "\u2069", "\u200F", "\u00A0", "\u2028", "\0", "0", "7", "C++", "R&D", "'", "\"",
    ];

    private static readonly string[] Examples =
    [
        "", "Plain words.", "1) one\n2) two", "1. one", "+ plus", "- dash", "---", "Title\n===", "Title\n---", "    code", "\tcode", "> quotation", "&amp; &lt;b&gt;", "<https://example.com>",
        @"C:\temp\*", "| a | b |\n|---|---|\n| 1 | 2 |", "a|b\n-|-", "# Heading", "* item", "*em* **strong** `code` ~~gone~~", "![alt](https://example.com/a.png)", "line\\", "line  \nbreak",
        "~~~\ncode\n~~~", "<script>alert(1)</script>", "{{DATE(2026-11-22T09:00:00Z)}}", "a\n    b", "- - -", "_ _ _", "[a]: b\n\n[a]",
    ];

    [Theory]
    [InlineData("#ThisIsUs and #that", "#ThisIsUs and #that")]
    [InlineData("-5 degrees, 1.5 million, R&D, a > b, 2 + 2 = 4", "-5 degrees, 1.5 million, R&D, a > b, 2 + 2 = 4")]
    [InlineData("2026. A year", @"2026\. A year")]
    [InlineData("https://example.com/?a=1&b=2", "https://example.com/?a=1&b=2")]
    [InlineData("- item", @"\- item")]
    [InlineData("My *words*", @"My \*words\*")]
    public void Only_what_would_mean_something_is_escaped(string text, string escaped) => Assert.Equal(escaped, CardText.Escape(text));

    [Fact]
    public async Task What_people_write_is_read_as_they_wrote_it()
    {
        var random = Gen.Elements(Pieces).ListOf().Select(string.Concat).Sample(4000, 20);
        var texts = Examples.Concat(random).ToList();

        var read = await ReadAsync(texts.ConvertAll(CardText.Escape));

        Assert.All(texts.Zip(read), pair =>
        {
            Assert.Empty(pair.Second.Tags);
            Assert.Equal(Words(pair.First.Replace("\0", "", StringComparison.Ordinal)), Words(pair.Second.Text));
        });
    }

    [Fact]
    public async Task The_reader_sees_what_is_not_escaped()
    {
        var read = await ReadAsync(["*a*", "**a**", "- a", "# a", "a\n---", "---", "`a`", "    a", "> a", "[a](https://example.com)", "<https://example.com>", "![a](b)", "a|b\n-|-", "1) a", "~~a~~", "{{TIME(2026-11-22T09:00:00Z)}}"]);

        Assert.All(read, text => Assert.NotEmpty(text.Tags));
    }

    // Markdown joins and trims blanks.
    private static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static async Task<List<ReadText>> ReadAsync(List<string> texts)
    {
        var result = await NodeTools.RunAsync(
            Repository.Folder("tests", "conformance"), "read-markdown.mjs", string.Join('\n', texts.Select(text => JsonSerializer.Serialize(text))));
        Assert.True(result.ExitCode == 0, result.Output);
        var read = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<ReadText>(line, JsonSerializerOptions.Web)!).ToList();
        Assert.Equal(texts.Count, read.Count);
        return read;
    }

    private sealed record ReadText(string Text, string[] Tags);
}
