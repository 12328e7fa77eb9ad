using AdvocacyBot.Core.Links;
using FsCheck;
using FsCheck.Fluent;

namespace AdvocacyBot.Tests.Links;

public sealed class LinkKeyTests
{
    private static readonly Gen<string> Codes =
        Gen.Elements(LinkCode.Alphabet.ToCharArray()).ArrayOf(LinkCode.Length).Select(characters => new string(characters));

    [Fact]
    public void Every_code_has_a_key_of_its_own() =>
        Check.QuickThrowOnFailure(Prop.ForAll(
            Codes.Two().ToArbitrary(), codes => (codes.Item1 == codes.Item2) == (LinkKey.Of(codes.Item1) == LinkKey.Of(codes.Item2))));

    [Fact]
    public void Codes_that_differ_in_one_character_have_different_keys()
    {
        var code = LinkCode.New();
        var changed = Enumerable.Range(0, LinkCode.Length).SelectMany(at => LinkCode.Alphabet.Select(c => code[..at] + c + code[(at + 1)..])).ToHashSet();

        Assert.Equal(changed.Count, changed.Select(other => LinkKey.Of(other)).Distinct().Count());
    }

    [Fact]
    public void The_last_code_still_fits() =>
        Assert.Equal((ulong)Math.Pow(LinkCode.Alphabet.Length, 2) - 1, LinkKey.Of(new string(LinkCode.Alphabet[^1], 2)));
}
