using System.Security.Cryptography;
using AdvocacyBot.Core.Programme;
using AdvocacyBot.Tests.Infrastructure;
using FsCheck;
using FsCheck.Fluent;

namespace AdvocacyBot.Tests.Programme;

public sealed class ActionTokensTests
{
    private readonly ManualTimeProvider clock = new();
    private readonly ActionTokens tokens;

    public ActionTokensTests() => tokens = new ActionTokens(RandomNumberGenerator.GetBytes(32), clock);

    [Fact]
    public void What_is_protected_reads_back() => Check.QuickThrowOnFailure(Prop.ForAll(Tokens(), token =>
        tokens.Read(tokens.Protect(token), out var read) == TokenVerdict.Valid && read == token));

    [Fact]
    public void Any_change_of_one_character_is_forged() => Check.QuickThrowOnFailure(Prop.ForAll(
        Tokens(), Gen.Choose(0, 1000).ToArbitrary(), ArbMap.Default.ArbFor<char>(), (token, at, put) =>
        {
            var good = tokens.Protect(token);
            at %= good.Length;
            var rest = good[(at + 1)..];
            string[] changed = [good[..at] + put + rest, good[..at] + rest, good[..at] + put + good[at..], good + put, put + good, good + "="];
            Assert.All(changed.Where(text => text != good), text => Assert.Equal(TokenVerdict.Forged, tokens.Read(text, out _)));
        }));

    [Fact]
    public void Each_spelling_of_the_signatures_last_character_is_told_apart()
    {
        var good = tokens.Protect(Token(""));

        // 16 bytes leave four spare bits in the last character.
        Assert.All("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".Where(c => c != good[^1]), c =>
            Assert.Equal(TokenVerdict.Forged, tokens.Read(good[..^1] + c, out _)));
    }

    [Fact]
    public void A_token_of_another_key_is_forged() => Check.QuickThrowOnFailure(Prop.ForAll(Tokens(), token =>
        new ActionTokens(RandomNumberGenerator.GetBytes(32), clock).Read(tokens.Protect(token), out var read) == TokenVerdict.Forged && read is null));

    [Theory]
    [InlineData(0, TokenVerdict.Valid)]
    [InlineData(1, TokenVerdict.Expired)]
    public void A_token_is_good_up_to_its_last_second(int later, TokenVerdict expected)
    {
        var text = tokens.Protect(Token("") with { ExpiresAt = clock.GetUtcNow().AddHours(1) });

        clock.Advance(TimeSpan.FromHours(1) + TimeSpan.FromSeconds(later));

        Assert.Equal(expected, tokens.Read(text, out var read));
        Assert.Equal("share", read?.Verb);
    }

    [Theory]
    [InlineData("x\u001F9\u001F9\u001F9")]
    [InlineData("\u001F")]
    [InlineData("\0")]
    [InlineData("שלום 😀 . = %")]
    public void A_text_cannot_become_another_field(string text)
    {
        var token = Token(text);

        Assert.Equal(TokenVerdict.Valid, tokens.Read(tokens.Protect(token), out var read));
        Assert.Equal(token, read);
    }

    [Fact]
    public void What_would_not_read_back_is_refused()
    {
        Assert.Throws<ArgumentException>(() => tokens.Protect(Token("") with { Verb = "share\u001F7" }));
        Assert.ThrowsAny<ArgumentException>(() => tokens.Protect(Token("\uD83D")));
    }

    [Fact]
    public void Anything_at_all_can_be_read() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.OneOf(
            ArbMap.Default.GeneratorFor<string>(),
            Gen.Elements("A", "-", "_", ".", "=", " ", "\n", "\uD83D", "\0", "ש", "AAAA", new string('A', 900)).ListOf().Select(string.Concat)).ToArbitrary(),
        text => tokens.Read(text, out var read) == TokenVerdict.Forged && read is null));

    private static ActionToken Token(string text) => new("share", 1, 2, 3, 4, text, new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));

    private Arbitrary<ActionToken> Tokens()
    {
        var id = Gen.Elements(0L, 1L, -1L, 42L, long.MaxValue, long.MinValue);
        var text = Gen.Elements("", "a", "\u001F", "\u001F1\u001F", "שלום", "😀", ".", "1", "\n", "Kq3_x-9").ListOf().Select(string.Concat);
        return (from person in id
                from subject in id
                from context in id
                from generation in Gen.Elements(0, 1, -1, int.MaxValue)
                from verb in Gen.Elements("share", "share.said", "form", "")
                from extra in text
                from seconds in Gen.Choose(0, 100_000_000)
                select new ActionToken(verb, person, subject, context, generation, extra, clock.GetUtcNow().AddSeconds(seconds))).ToArbitrary();
    }
}
