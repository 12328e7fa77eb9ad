using AdvocacyBot.Core.Chat;
using AdvocacyBot.Tests.Web.Support;
using AdvocacyBot.Web.Chat;

namespace AdvocacyBot.Tests.Web;

public sealed class TypedTests
{
    private static readonly string[] Names = ["AdvocacyBot", "Our Voice"];

    [Theory]
    [InlineData("/advocate", "", "")]
    [InlineData("  /ADVOCATE\tCampaign  one  two", "campaign", "one  two")]
    [InlineData("/advocate\nsuggest https://example.com", "suggest", "https://example.com")]
    [InlineData("/Help me", "help", "me")]
    [InlineData("/advocateX", "advocatex", "")]
    public void A_slash_begins_a_command(string text, string name, string arguments) =>
        Assert.Equal(new Typed.Command(name, arguments), Read(text));

    [Theory]
    [InlineData("Hello all")]
    [InlineData("mail me at a@advocacybots.example")]
    [InlineData("help")]
    public void Words_in_a_channel_are_not_for_the_bot(string text) => Assert.Equal(new Typed.Message(null), Read(text));

    [Theory]
    [InlineData("@AdvocacyBot thanks", "thanks")]
    [InlineData("thanks @advocacybot", "thanks")]
    [InlineData("well, @our voice: thanks", "well, thanks")]
    public void A_mention_is_taken_out_of_the_words(string text, string words) =>
        Assert.Equal(new Typed.Message(new Typed.Words(words)), Read(text));

    [Fact]
    public void A_mention_with_a_commands_name_is_that_command() =>
        Assert.Equal(new Typed.Message(new Typed.Command("content", "please")), Read("@AdvocacyBot Content please"));

    [Fact]
    public void A_personal_chat_needs_no_mention() =>
        Assert.Equal(new Typed.Message(new Typed.Command("content", "")), Typed.Read("content", Names, personal: true, FakeProgramme.Routes));

    private static Typed Read(string text) => Typed.Read(text, Names, personal: false, FakeProgramme.Routes);
}
