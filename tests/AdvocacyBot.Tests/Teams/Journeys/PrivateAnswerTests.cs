using System.Text.Json.Nodes;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Tests.Teams.Support;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Tests.Teams.Journeys;

/// <summary>What is for one person alone is never shown to others, whatever of Teams is available.</summary>
public sealed class PrivateAnswerTests
{
    private const string Group = "19:group@thread.v2";
    private static readonly TeamsPlace Place = new(Group, "groupChat");
    private static readonly Texts T = Texts.In(Language.English);

    [Fact]
    public async Task In_a_group_chat_it_is_a_targeted_message()
    {
        await using var host = await StartAsync();
        await new TeamsUser(host, "alex").SayAsync(Place, "me");

        var message = Assert.Single(host.Connector.Messages);
        Assert.Equal((Group, "29:alex"), (message.Conversation, message.VisibleTo));
    }

    [Fact]
    public async Task In_a_channels_thread_it_stands_in_the_thread()
    {
        await using var host = await StartAsync();
        host.Connector.AddChannel("19:c@thread.tacv2", "29:alex");
        var thread = new TeamsPlace("19:c@thread.tacv2", "channel", "19:c@thread.tacv2").Thread("1795325000999");
        await new TeamsUser(host, "alex").SayAsync(thread, "me");

        Assert.Equal((thread.Id, "29:alex"), (Assert.Single(host.Connector.Messages).Conversation, host.Connector.Messages[0].VisibleTo));
        Assert.Equal(["19:c@thread.tacv2"], await host.Folder.QueryAsync(db => db.Conversations.Where(c => c.ExternalId.StartsWith("19:c")).Select(c => c.ExternalId).ToListAsync()));
    }

    [Fact]
    public async Task Where_Teams_takes_no_targeted_message_it_goes_to_the_personal_chat_and_the_next_goes_there_at_once()
    {
        await using var host = await StartAsync();
        var alex = new TeamsUser(host, "alex");
        var personal = host.Connector.AddPersonal(alex.Id);
        await alex.InstallAsync(Place);
        await host.SeesAsync(async () => await host.Folder.QueryAsync(db => db.Memberships.AnyAsync()), "the members");
        host.Connector.Next.Enqueue(new FakeFault(FakeAnswer.Error(400, "BadArgument"), Method: "POST"));

        await alex.SayAsync(Place, "me");
        var writes = host.Connector.Writes;
        await alex.SayAsync(Place, "me");

        Assert.Equal(2, host.Connector.In(personal).Count);
        Assert.DoesNotContain(host.Connector.Messages, message => message.VisibleTo is not null);
        Assert.Equal(writes + 1, host.Connector.Writes);
    }

    [Fact]
    public async Task Who_cannot_be_reached_privately_is_told_what_to_do_and_nobody_reads_the_answer()
    {
        await using var host = await StartAsync();
        var alex = new TeamsUser(host, "alex");
        await alex.InstallAsync(Place);
        await host.SeesAsync(async () => await host.Folder.QueryAsync(db => db.Memberships.AnyAsync()), "the members");
        host.Connector.Next.Enqueue(new FakeFault(FakeAnswer.Error(400, "BadArgument"), Method: "POST"));

        await alex.SayAsync(Place, "me");

        Assert.Equal(T["TeamsChat.Unreachable"], host.Connector.Messages[^1].Text);
    }

    [Fact]
    public async Task What_may_have_arrived_is_not_sent_again_elsewhere()
    {
        await using var host = await StartAsync();
        var alex = new TeamsUser(host, "alex");
        host.Connector.AddPersonal(alex.Id);
        await alex.InstallAsync(Place);
        await host.SeesAsync(async () => await host.Folder.QueryAsync(db => db.Memberships.AnyAsync()), "the members");
        host.Connector.Next.Enqueue(new FakeFault(new FakeAnswer(0, null), AfterTaking: true, Method: "POST"));

        await alex.SayAsync(Place, "me");

        Assert.Equal(["29:alex"], host.Connector.Messages.Skip(1).Select(message => message.VisibleTo));
    }

    [Fact]
    public async Task The_answer_to_a_slash_command_quotes_it()
    {
        await using var host = await StartAsync();
        await new TeamsUser(host, "alex").SlashAsync(Place, "me");

        var message = Assert.Single(host.Connector.Messages);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""[{"type":"targetedMessageInfo","messageId":"alex-1"}]"""), message.Json["entities"]));
    }

    [Fact]
    public async Task A_message_that_does_not_mention_the_bot_is_none_of_its_business()
    {
        await using var host = await StartAsync();
        var alex = new TeamsUser(host, "alex");
        var message = alex.Activity("message", Place);
        message["text"] = "campaign";
        await alex.AcceptedAsync(message);

        Assert.Empty(host.Connector.Messages);
    }

    [Fact]
    public async Task A_form_in_a_targeted_message_goes_on_in_it()
    {
        await using var host = await StartAsync();
        var alex = new TeamsUser(host, "alex");
        await alex.InstallAsync(Place);
        await alex.SayAsync(Place, "campaign");
        var shown = alex.SeeOwn(Place);

        await shown.PressAsync(alex, T["Campaigns.Next"], ("link", "https://example.com/a"), ("title", "News"));

        var message = host.Connector.Messages.Single(message => message.Id == shown.MessageId);
        Assert.Equal(("29:alex", 1), (message.VisibleTo, message.Updates));
        Assert.Equal(alex.See(Place, message).Text, alex.SeeOwn(Place).Text);
        Assert.Contains(T["Campaigns.TextsHint"], alex.SeeOwn(Place).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_card_that_arrives_as_a_message_is_a_press_too()
    {
        // As Agents Playground and old clients send a button that should open a dialog.
        await using var host = await StartAsync();
        var alex = new TeamsUser(host, "alex");
        host.Connector.AddPersonal(alex.Id);
        await alex.InstallAsync(alex.Personal);
        await alex.SayAsync(alex.Personal, "me");
        var settings = Titled(alex.SeeOwn(alex.Personal).Json, T["People.ChangeSettings"]).Single();
        var press = alex.Activity("message", alex.Personal);
        press["value"] = settings["data"]!.DeepClone();
        press["replyToId"] = host.Connector.Messages[^1].Id;

        await alex.AcceptedAsync(press);
        var form = alex.SeeOwn(alex.Personal);
        var saved = (await form.PressAsync(alex, T["Dialogs.Save"], ("language", "he"))).Card;

        Assert.Equal(Texts.In(Language.Hebrew)["People.Saved"], saved.Text);
        Assert.Equal("he", await host.Folder.QueryAsync(db => db.People.Where(p => p.ExternalId == alex.Id).Select(p => p.Language).SingleAsync()));
    }

    [Theory]
    [InlineData("adaptiveCard/action", """{"action":{"type":"Action.Execute","verb":"share","data":{"t":"forged"}}}""")]
    [InlineData("task/fetch", """{"data":{"t":"forged"}}""")]
    [InlineData("task/submit", """{"data":{"t":"form:next:forged"}}""")]
    public async Task A_forged_button_is_explained(string invoke, string value)
    {
        await using var host = await StartAsync();
        var answer = await new TeamsUser(host, "alex").InvokeAsync(Place, invoke, JsonNode.Parse(value)!.AsObject());
        Assert.Contains(T["Chat.ButtonForged"].AsSaid(), (answer.Line ?? answer.Card.Text).AsSaid(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("adaptiveCard/action", """{"action":{"type":"Action.Execute","verb":"share","data":{"ticket":42}}}""")]
    [InlineData("adaptiveCard/action", """{"action":7}""")]
    [InlineData("adaptiveCard/action", "{}")]
    [InlineData("task/fetch", """{"data":"dlg"}""")]
    [InlineData("task/submit", """{"data":{"ok":1}}""")]
    public async Task A_button_of_somebody_elses_card_is_refused_in_words(string invoke, string value)
    {
        await using var host = await StartAsync();
        var answer = await new TeamsUser(host, "alex").InvokeAsync(Place, invoke, JsonNode.Parse(value)!.AsObject());
        Assert.Equal(T["TeamsChat.NotOurs"], answer.Line ?? (string?)answer.Body!["value"]!["message"]);
    }

    private static async Task<TeamsHost> StartAsync()
    {
        var host = await TeamsHost.StartAsync();
        host.Connector.AddGroup(Group, "29:alex", "29:bea");
        return host;
    }

    /// <summary>Actions of a card with a title, wherever they stand.</summary>
    private static IEnumerable<JsonObject> Titled(JsonNode? card, string title) => card switch
    {
        JsonObject item when (string?)item["type"] is { } type && type.StartsWith("Action.", StringComparison.Ordinal) && (string?)item["title"] == title => [item],
        JsonObject item => item.SelectMany(property => Titled(property.Value, title)),
        JsonArray list => list.SelectMany(item => Titled(item, title)),
        _ => [],
    };
}
