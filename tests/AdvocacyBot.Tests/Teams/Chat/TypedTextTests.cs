using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.People;
using AdvocacyBot.Teams.Chat;
using AdvocacyBot.Teams.Protocol;

namespace AdvocacyBot.Tests.Teams.Chat;

public sealed class TypedTextTests
{
    private const string Bot = "28:bot";

    private static readonly RouteTable Routes = new([.. PeopleRoutes.Commands, .. CampaignRoutes.Commands], []);

    [Theory]
    [InlineData("campaign", "campaign", "")]
    [InlineData("/campaign", "campaign", "")]
    [InlineData("/advocate campaign", "campaign", "")]
    [InlineData("advocate campaign", "campaign", "")]
    [InlineData("ADVOCATE Campaign", "campaign", "")]
    [InlineData("AdvocacyBot campaign", "campaign", "")]
    [InlineData("/AdvocacyBot campaign", "campaign", "")]
    [InlineData("@AdvocacyBot campaign", "campaign", "")]
    [InlineData("/advocate /campaign", "campaign", "")]
    [InlineData("  broadcast \u00A0 https://example.com/a?b=1&amp;c=2 ", "broadcast", "https://example.com/a?b=1&c=2")]
    [InlineData("broadcast&nbsp;https://example.com", "broadcast", "https://example.com")]
    [InlineData("broadcast\nhttps://example.com", "broadcast", "https://example.com")]
    [InlineData("/advocate", "help", "")]
    [InlineData("/", "help", "")]
    [InlineData("/nonsense at all", "nonsense", "at all")]
    [InlineData("/advocate nonsense", "nonsense", "")]
    public void A_command_is_found_however_it_is_written_in_the_personal_chat(string typed, string name, string arguments) =>
        Assert.Equal(new TypedText.Command(name, arguments), TypedText.Read(Message(typed), personal: true, Routes));

    [Theory]
    [InlineData("hello there", "hello there")]
    [InlineData("campaigning is fun", "campaigning is fun")]
    [InlineData("ביטול", "ביטול")]
    [InlineData("<at>Dana</at> helps", "Dana helps")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void Anything_else_is_words(string? typed, string words) =>
        Assert.Equal(new TypedText.Words(words), TypedText.Read(Message(typed), personal: true, Routes));

    [Theory]
    [InlineData("<at>AdvocacyBot</at> campaign", "campaign", "")]
    [InlineData("<at>AdvocacyBot</at>&nbsp;campaign", "campaign", "")]
    [InlineData("campaign <at>AdvocacyBot</at>", "campaign", "")]
    [InlineData("broadcast <at>AdvocacyBot</at> https://example.com", "broadcast", "https://example.com")]
    [InlineData("<at>AdvocacyBot</at>\u00A0\u00A0/advocate campaign", "campaign", "")]
    [InlineData("<at>AdvocacyBot</at>", "help", "")]
    [InlineData(" <at>AdvocacyBot</at> <at>AdvocacyBot</at> campaign", "campaign", "")]
    public void In_a_channel_the_bots_mention_is_taken_out_wherever_it_stands(string typed, string name, string arguments) =>
        Assert.Equal(new TypedText.Command(name, arguments), TypedText.Read(Message(typed, Mention(Bot, "<at>AdvocacyBot</at>")), personal: false, Routes));

    [Fact]
    public void In_a_channel_only_the_entity_says_who_is_mentioned()
    {
        Assert.Null(TypedText.Read(Message("<at>AdvocacyBot</at> campaign"), personal: false, Routes));
        Assert.Null(TypedText.Read(Message("<at>Dana</at> campaign", Mention("29:dana", "<at>Dana</at>")), personal: false, Routes));
    }

    [Fact]
    public void A_mention_whose_text_is_missing_still_counts() =>
        Assert.Equal(new TypedText.Words("AdvocacyXBot campaign"), TypedText.Read(Message("<at>AdvocacyXBot</at> campaign", Mention(Bot, null)), personal: false, Routes));

    [Theory]
    [InlineData("campaign", "campaign", "")]
    [InlineData("/campaign", "campaign", "")]
    [InlineData("/AdvocacyBot broadcast https://example.com", "broadcast", "https://example.com")]
    [InlineData("unknown words", "unknown", "words")]
    [InlineData("", "help", "")]
    public void A_slash_command_needs_no_mention(string typed, string name, string arguments)
    {
        var message = Message(typed) with { Recipient = new ChannelAccount(Bot, "AdvocacyBot", IsTargeted: true) };
        Assert.Equal(new TypedText.Command(name, arguments), TypedText.Read(message, personal: false, Routes));
    }

    private static Activity Message(string? text, params Entity[] entities) => new()
    {
        Type = "message",
        Text = text,
        Recipient = new ChannelAccount(Bot, "AdvocacyBot"),
        Entities = entities,
    };

    private static Entity Mention(string id, string? text) => new() { Type = Entity.MentionType, Mentioned = new ChannelAccount(id), Text = text };
}
