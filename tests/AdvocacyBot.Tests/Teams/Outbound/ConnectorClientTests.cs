using System.Text;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Teams.Outbound;
using AdvocacyBot.Teams.Protocol;
using AdvocacyBot.Tests.Teams.Support;

namespace AdvocacyBot.Tests.Teams.Outbound;

/// <summary>Every operation, as the strict connector takes it.</summary>
public sealed class ConnectorClientTests
{
    [Fact]
    public async Task Sends_answers_replaces_and_deletes()
    {
        await using var world = await ConnectorWorld.StartAsync();
        var sent = Assert.IsType<SendResult.Sent>(await world.Client.SendAsync(world.Personal, ConnectorWorld.Card with { Summary = "News" }, CancellationToken.None));
        var answered = Assert.IsType<SendResult.Sent>(await world.Client.ReplyAsync(world.Personal, sent.MessageId, ConnectorWorld.Text, CancellationToken.None));
        var updated = Assert.IsType<SendResult.Sent>(await world.Client.UpdateAsync(world.Personal, sent.MessageId, ConnectorWorld.Text, CancellationToken.None));
        Assert.IsType<SendResult.Sent>(await world.Client.DeleteAsync(world.Personal, answered.MessageId, CancellationToken.None));

        var left = Assert.Single(world.Connector.Messages);
        Assert.Equal((sent.MessageId, updated.MessageId, 1, "hello"), (left.Id, left.Id, left.Updates, left.Text));
    }

    [Fact]
    public async Task A_card_arrives_as_it_was_written_with_its_summary()
    {
        await using var world = await ConnectorWorld.StartAsync();

        await world.Client.SendAsync(world.Personal, ConnectorWorld.Card with { Summary = "News" }, CancellationToken.None);

        var message = Assert.Single(world.Connector.Messages);
        Assert.Equal(("News", "שלום"), ((string?)message.Json["summary"], (string?)message.Card!["body"]![0]!["text"]));
    }

    [Fact]
    public async Task A_mention_stands_in_text_and_entities()
    {
        await using var world = await ConnectorWorld.StartAsync();
        var activity = OutboundActivity.OfText("Thanks <at>Dana &amp; Co</at>!") with { Mentions = [(new ChannelAccount(ConnectorWorld.Dana, "Dana & Co"), "<at>Dana &amp; Co</at>")] };

        Assert.IsType<SendResult.Sent>(await world.Client.SendAsync(world.At(ConnectorWorld.Group), activity, CancellationToken.None));
    }

    [Fact]
    public async Task A_channel_gets_a_post_and_its_thread_answers()
    {
        await using var world = await ConnectorWorld.StartAsync();
        var post = Assert.IsType<SendResult.Sent>(await world.Client.CreateChannelPostAsync(world.At(ConnectorWorld.Channel), ConnectorWorld.Card, CancellationToken.None));
        var thread = ConversationIds.InThread(ConnectorWorld.Channel, post.MessageId);
        Assert.IsType<SendResult.Sent>(await world.Client.SendAsync(world.At(thread), ConnectorWorld.Text, CancellationToken.None));
        Assert.IsType<SendResult.Sent>(await world.Client.UpdateAsync(world.At(ConnectorWorld.Channel), post.MessageId, ConnectorWorld.Text, CancellationToken.None));

        Assert.Equal([thread, thread], world.Connector.Messages.Select(message => message.Conversation));
        Assert.Equal(1, world.Connector.Messages[0].Updates);
    }

    [Fact]
    public async Task The_chat_with_a_person_is_the_same_each_time()
    {
        await using var world = await ConnectorWorld.StartAsync();
        var first = await world.Client.CreatePersonalConversationAsync(FakeConnector.Tenant, world.Connector.ServiceUrl, ConnectorWorld.Dana, CancellationToken.None);
        var second = await world.Client.CreatePersonalConversationAsync(FakeConnector.Tenant, world.Connector.ServiceUrl, ConnectorWorld.Dana, CancellationToken.None);
        var stranger = await world.Client.CreatePersonalConversationAsync(FakeConnector.Tenant, world.Connector.ServiceUrl, "29:stranger", CancellationToken.None);

        Assert.Equal((world.Personal.ConversationId, world.Personal.ConversationId), (first.Value?.Id, second.Value?.Id));
        Assert.Equal(TeamsReason.NotInstalled, Assert.IsType<SendResult.Gone>(stranger.Failure).Reason);
    }

    [Fact]
    public async Task One_member_alone_sees_a_targeted_message()
    {
        await using var world = await ConnectorWorld.StartAsync();
        var group = world.At(ConnectorWorld.Group);
        var sent = Assert.IsType<SendResult.Sent>(await world.Client.SendTargetedAsync(
            group, ConnectorWorld.Dana, ConnectorWorld.Text with { TargetedMessageId = "17" }, CancellationToken.None));
        Assert.IsType<SendResult.Sent>(await world.Client.UpdateTargetedAsync(group, sent.MessageId, ConnectorWorld.Card, CancellationToken.None));

        Assert.Equal(ConnectorWorld.Dana, Assert.Single(world.Connector.Messages).VisibleTo);
        Assert.IsType<SendResult.Gone>(await world.Client.UpdateAsync(group, sent.MessageId, ConnectorWorld.Card, CancellationToken.None));
        Assert.IsType<SendResult.Sent>(await world.Client.DeleteTargetedAsync(group, sent.MessageId, CancellationToken.None));
        Assert.IsType<SendResult.Rejected>(await world.Client.SendTargetedAsync(world.Personal, ConnectorWorld.Dana, ConnectorWorld.Text, CancellationToken.None));
    }

    [Fact]
    public async Task Members_are_read_page_by_page()
    {
        await using var world = await ConnectorWorld.StartAsync();
        world.Connector.MostMembersInPage = 3;
        world.Connector.AddChannel("19:many@thread.tacv2", [.. Enumerable.Range(0, 8).Select(i => $"29:p{i}")]);

        var members = await world.Client.MembersAsync(world.At("19:many@thread.tacv2;messageid=1"), CancellationToken.None);

        Assert.Equal(Enumerable.Range(0, 8).Select(i => $"29:p{i}"), members.Value!.Select(member => member.Id));
        Assert.Equal(3, world.Connector.Calls);
        Assert.IsType<SendResult.Gone>((await world.Client.MembersAsync(world.At("19:gone@thread.v2"), CancellationToken.None)).Failure);
    }

    [Fact]
    public async Task A_teams_channels_can_be_listed()
    {
        await using var world = await ConnectorWorld.StartAsync();
        world.Connector.AddChannel("19:second@thread.tacv2").Name = "Second";

        var channels = await world.Client.ChannelsAsync(world.At(ConnectorWorld.Channel), CancellationToken.None);

        Assert.Equal([null, "Second"], channels.Value!.OrderBy(channel => channel.Name, StringComparer.Ordinal).Select(channel => channel.Name));
    }

    [Theory]
    [InlineData(49_000, true)]
    [InlineData(51_000, false)]
    public async Task A_message_has_a_hundred_thousand_bytes_as_Teams_counts_them(int characters, bool taken)
    {
        await using var world = await ConnectorWorld.StartAsync();

        var result = await world.Client.SendAsync(world.Personal, OutboundActivity.OfText(new string('ש', characters)), CancellationToken.None);

        Assert.Equal(taken ? typeof(SendResult.Sent) : typeof(SendResult.Rejected), result.GetType());
        Assert.Equal(taken ? 1 : 0, world.Connector.Calls);
    }

    [Fact]
    public void What_is_counted_is_UTF_16() => Assert.Equal(
        Encoding.Unicode.GetByteCount("aש🦊"), MessageSize.Of(Encoding.UTF8.GetBytes("aש🦊")));
}
