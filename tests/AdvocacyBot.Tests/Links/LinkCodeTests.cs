using AdvocacyBot.Core.Links;
using FsCheck;
using FsCheck.Fluent;

namespace AdvocacyBot.Tests.Links;

public sealed class LinkCodeTests
{
    [Fact]
    public void Codes_are_ten_characters_that_cannot_be_mistaken()
    {
        var codes = Enumerable.Range(0, 1000).Select(_ => LinkCode.New()).ToList();

        Assert.All(codes, code => Assert.Matches("^[2-9A-HJ-NP-Za-km-np-z]{10}$", code));
        Assert.Equal(codes.Count, codes.Distinct().Count());
        Assert.Equal(56, LinkCode.Alphabet.Distinct().Count());
        Assert.DoesNotContain(LinkCode.Alphabet, "0Oo1lI".Contains);
    }

    [Fact]
    public void A_code_comes_back_from_whatever_is_glued_to_it()
    {
        var glued = Gen.Elements(
            "", ".", ",", ")", "!", "?", ":", ";", "'", "\"", ">", "]", "…", "\u2069", "\u200F", "*", "_", "’", "”", "»", "...", ").", "/", "%", "\uD83D", "😀", "שלום", ".Then");
        var letter = Gen.Elements(("\0" + LinkCode.Alphabet + "0Oo1lI").ToCharArray());
        Check.QuickThrowOnFailure(Prop.ForAll(Gen.Zip(glued, letter).ToArbitrary(), pair =>
        {
            var (tail, network) = pair;
            var code = LinkCode.New();
            var received = (network == '\0' ? code : LinkCode.For(code, network)) + tail;

            Assert.True(LinkCode.TryParse(received, out var parsed, out var parsedNetwork));
            Assert.Equal(code, parsed.ToString());
            Assert.Equal(network, parsedNetwork);
        }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("abcdefghj")]
    [InlineData("abcdefghj.k")]
    [InlineData("abcdefghjkxy")]
    [InlineData("abcdefghjkxyz.")]
    [InlineData("abcdefgh0k")]
    [InlineData("abcdefghIk")]
    [InlineData("abcde-ghjk")]
    [InlineData(".abcdefghjk")]
    [InlineData("abcdefghjש")]
    [InlineData("favicon.ico")]
    public void Other_things_are_no_codes(string received)
    {
        Assert.False(LinkCode.TryParse(received, out var code, out var network));
        Assert.True(code.IsEmpty);
        Assert.Equal('\0', network);
    }

    [Fact]
    public void Any_input_is_answered()
    {
        Check.QuickThrowOnFailure(Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
            LinkCode.TryParse(text, out var code, out _) == (code.Length == LinkCode.Length)));
    }

    [Fact]
    public void Reading_allocates_nothing()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var found = 0;
        for (var i = 0; i < 1000; i++)
        {
            found += LinkCode.TryParse("abcdefghjkx).", out _, out _) ? 1 : 0;
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(1000, found);
    }
}
