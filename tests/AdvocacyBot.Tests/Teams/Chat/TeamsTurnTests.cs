using System.Text.Json;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Teams.Chat;
using AdvocacyBot.Teams.Protocol;
using AdvocacyBot.Tests.Infrastructure;

namespace AdvocacyBot.Tests.Teams.Chat;

public sealed class TeamsTurnTests
{
    private static readonly ManualTimeProvider Clock = new();

    [Fact]
    public void A_thread_of_a_channel_is_the_channel_with_the_thread_beside_it()
    {
        var turn = Turn("""
            {"type":"message","id":"m1","conversation":{"id":"19:c@thread.tacv2;messageid=17","conversationType":"channel","tenantId":"t"},"from":{"id":"29:dana","name":"Dana","aadObjectId":"a"},
             "serviceUrl":"https://smba.trafficmanager.net/emea/","channelData":{"team":{"id":"19:g@thread.tacv2"}},"locale":"he-IL","timestamp":"2026-11-22T08:59:00Z",
             "entities":[{"type":"clientInfo","locale":"en-GB","timezone":"Asia/Jerusalem"}]}
            """)!;

        Assert.Equal(new ConversationRef("19:c@thread.tacv2", ConversationKind.Channel, null, "17", "https://smba.trafficmanager.net/emea/"), turn.Conversation);
        Assert.Equal(new PersonRef("29:dana", "Dana", "Asia/Jerusalem"), turn.Person);
        Assert.Equal(new WorkspaceRef(Platforms.Teams, "t"), turn.Workspace);
        Assert.Equal(("he-IL", "19:g@thread.tacv2"), (turn.Locale, turn.TeamId));
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 8, 59, 0, TimeSpan.Zero), turn.At);
    }

    [Theory]
    [InlineData("a:1x", "personal", null, ConversationKind.Personal)]
    [InlineData("19:g@thread.v2", "groupChat", null, ConversationKind.GroupChat)]
    [InlineData("19:c@thread.tacv2", "channel", null, ConversationKind.Channel)]
    [InlineData("19:meeting_x@thread.v2", null, null, ConversationKind.GroupChat)]
    [InlineData("19:c@thread.tacv2", null, true, ConversationKind.Channel)]
    [InlineData("19:c@thread.skype", null, null, ConversationKind.Channel)]
    [InlineData("a:1x", null, null, ConversationKind.Personal)]
    [InlineData("something", "brandNew", true, ConversationKind.GroupChat)]
    public void The_kind_is_what_Teams_says_or_what_the_id_shows(string id, string? type, bool? isGroup, ConversationKind kind) =>
        Assert.Equal(kind, ConversationKinds.Of(new ConversationAccount(id, ConversationType: type, IsGroup: isGroup)));

    [Theory]
    [InlineData("""{"type":"message","conversation":{"id":"a:1","tenantId":"t"}}""")]
    [InlineData("""{"type":"message","conversation":{"id":"a:1","tenantId":"t"},"from":{"id":""}}""")]
    [InlineData("""{"type":"message","from":{"id":"29:x"},"channelData":{"tenant":{"id":"t"}}}""")]
    [InlineData("""{"type":"message","conversation":{"id":"a:1"},"from":{"id":"29:x"}}""")]
    public void Without_person_place_or_tenant_there_is_no_turn(string activity) => Assert.Null(Turn(activity));

    [Fact]
    public void Two_deliveries_of_the_same_have_the_same_key_and_of_different_things_different_ones()
    {
        const string Activity = """{"type":"invoke","name":"NAME","id":"ID","conversation":{"id":"a:1","tenantId":"t"},"from":{"id":"29:x"}}""";
        string Key(string name, string id) => Turn(Activity.Replace("NAME", name, StringComparison.Ordinal).Replace("ID", id, StringComparison.Ordinal))!.DedupKey;

        Assert.Equal(Key("task/fetch", "1"), Key("task/fetch", "1"));
        Assert.NotEqual(Key("task/fetch", "1"), Key("task/submit", "1"));
        Assert.NotEqual(Key("task/fetch", "1"), Key("task/fetch", "2"));
        Assert.True(Key("task/fetch", new string('x', 5000)).Length <= 400);
    }

    [Fact]
    public void Without_an_id_nothing_is_taken_for_a_repetition()
    {
        const string Activity = """{"type":"typing","conversation":{"id":"a:1","tenantId":"t"},"from":{"id":"29:x"}}""";
        Assert.NotEqual(Turn(Activity)!.DedupKey, Turn(Activity)!.DedupKey);
    }

    [Fact]
    public void What_cannot_be_stored_is_left_out_and_what_cannot_be_true_is_not_believed()
    {
        var turn = Turn("""
            {"type":"message","id":"1\u00002","conversation":{"id":"a:\u00001","tenantId":"t\u0000"},"from":{"id":"29:\u0000x","name":"D\u0000ana"},"timestamp":"2099-01-01T00:00:00Z",
             "localTimezone":"Mars/Olympus"}
            """)!;

        Assert.DoesNotContain('\0', turn.DedupKey + turn.Conversation.Id + turn.Workspace.Id + turn.Person.Id + turn.Person.Name);
        Assert.Equal(Clock.GetUtcNow(), turn.At);
        Assert.Null(turn.Person.TimeZone);
    }

    private static TeamsTurn? Turn(string json) => TeamsTurn.From(JsonSerializer.Deserialize(json, ActivityJson.Default.Activity)!, Clock);
}
