using FsCheck;
using FsCheck.Fluent;

namespace AdvocacyBot.Tests.Slack.Rendering;

/// <summary>Texts made of what means something to Slack, to Markdown, to JSON or to the order of letters.</summary>
internal static class AnyText
{
    private static readonly string[] Pieces =
    [
        "<!here>", "<!channel>", "<!everyone>", "<@U012ABC>", "<#C012ABC|general>", "<!subteam^S012>", "<!date^1392734382^{date}|x>", "<https://example.com|press>", "<mailto:a@b.c>", "@here", "#general",
        "<", ">", "&", "!", "@", "#", "&lt;", "&gt;", "&amp;", "&lt;!here&gt;", "|", "*", "_", "~", "`", "```", "**", "__", "[x](https://example.com)", "[x](javascript:alert(1))", "![x](y)", "\\", "\\<", "- ", "1. ", "# ", "> ",
        ":tada:", "/advocate", "\n", "\r\n", "\t", "\0", "\u0007", "\u2028", " ", "word", "שלום", "דנה", "مرحبا", "😀", "👩‍👩‍👧", "é", "e\u0301", "\uD83D", "\uDE00", "\u2066", "\u2067", "\u2068", "\u2069", "\u202A", "\u202E", "\u202C", "\u200E", "\u200F",
        "\"", "{", "}", "7", "42", "https://example.com/?a=1&b=2",
    ];

    public static readonly Gen<string> Short = Gen.Elements(Pieces).ListOf().Select(string.Concat);

    public static readonly Gen<string> Long = Gen.Elements(Pieces).ListOf(900).Select(string.Concat);

    public static readonly Arbitrary<string> Arbitrary = Gen.Frequency((6, Short), (1, Long)).ToArbitrary();
}
