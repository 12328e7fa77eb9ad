using AdvocacyBot.Core.Chat;
using AdvocacyBot.Tests.Web.Support;

namespace AdvocacyBot.Tests.Web;

public sealed class SenderTests
{
    [Fact]
    public async Task A_sent_message_is_in_the_channel_and_found_by_its_delivery()
    {
        await using var host = await Caller.HostAsync();
        using var alice = new Caller(host, "alice");
        var delivery = Guid.NewGuid();

        var sent = Assert.IsType<SendResult.Sent>(await host.Sender.SendAsync(Outbound.To("general", "Share this", delivery), CancellationToken.None));
        var found = await host.Sender.FindAsync(new WorkspaceRef("web", "demo"), new ConversationRef("general"), recipient: null, delivery, CancellationToken.None);

        var message = Assert.Single(await alice.ReadAsync("general"));
        Assert.Equal(sent.MessageId, (string?)message["id"]);
        Assert.Equal("Share this", (string?)message["summary"]);
        Assert.Null(message["author"]);
        Assert.Equal(new Reconciled.Found(sent.MessageId), found);
    }

    [Fact]
    public async Task A_delivery_sent_again_is_the_same_message()
    {
        await using var host = await Caller.HostAsync();
        using var alice = new Caller(host, "alice");
        var message = Outbound.To("general", "Once");

        var first = await host.Sender.SendAsync(message, CancellationToken.None);
        var second = await host.Sender.SendAsync(message, CancellationToken.None);

        Assert.Equal(first, second);
        Assert.Single(await alice.ReadAsync("general"));
    }

    [Fact]
    public async Task A_direct_message_is_in_the_persons_own_chat()
    {
        await using var host = await Caller.HostAsync();
        using var alice = new Caller(host, "alice");
        using var ben = new Caller(host, "ben");

        await host.Sender.SendAsync(Outbound.To("general", "For you", recipient: "alice"), CancellationToken.None);

        Assert.Single(await alice.ReadAsync("dm-alice"));
        Assert.Empty(await alice.ReadAsync("general"));
        Assert.Empty(await ben.ReadAsync("dm-ben"));
    }

    [Fact]
    public async Task What_is_not_there_is_said_to_be_gone()
    {
        await using var host = await Caller.HostAsync();

        Assert.IsType<SendResult.Gone>(await host.Sender.SendAsync(Outbound.To("nowhere", "x"), CancellationToken.None));
        Assert.IsType<SendResult.Gone>(await host.Sender.SendAsync(Outbound.To("general", "x", recipient: "nobody"), CancellationToken.None));
        Assert.IsType<SendResult.Gone>(await host.Sender.UpdateAsync(Outbound.To("general", "x"), "missing", CancellationToken.None));
        Assert.IsType<Reconciled.NotThere>(
            await host.Sender.FindAsync(new WorkspaceRef("web", "demo"), new ConversationRef("general"), recipient: null, Guid.NewGuid(), CancellationToken.None));
    }
}
