using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Slack.Outbound;
using AdvocacyBot.Tests.Infrastructure;
using AdvocacyBot.Tests.Slack.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Tests.Slack;

/// <summary>What becomes of messages that Slack does not simply take.</summary>
public sealed class SlackSendingTests
{
    private static readonly Texts T = Texts.In(Language.English);
    private static readonly WorkspaceRef Workspace = new(Platforms.Slack, FakeSlack.Team);

    [Fact]
    public async Task A_wait_that_Slack_asks_for_is_kept_for_that_method_and_the_others_go_on()
    {
        await using var world = await SlackWorld.StartAsync();
        world.Slack.Channels[FakeSlack.General].Members.Add(FakeSlack.Bot);
        var sender = Sender(world);
        Instead(world, "chat.postMessage", http =>
        {
            http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            http.Response.Headers.RetryAfter = "30";
            return Task.CompletedTask;
        });

        var first = Assert.IsType<SendResult.RetryAfter>(await sender.SendAsync(Message("one"), CancellationToken.None));
        var second = Assert.IsType<SendResult.RetryAfter>(await sender.SendAsync(Message("two"), CancellationToken.None));

        Assert.Equal(TimeSpan.FromSeconds(30), first.After);
        Assert.InRange(second.After, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
        Assert.Equal(1, world.Slack.Calls.Count(call => call == "chat.postMessage"));
        Assert.IsType<SendResult.Gone>(await sender.UpdateAsync(Message("three"), "1.1", CancellationToken.None));
    }

    [Fact]
    public async Task A_message_whose_answer_is_lost_is_found_by_its_delivery()
    {
        await using var world = await SlackWorld.StartAsync();
        world.Slack.Channels[FakeSlack.General].Members.Add(FakeSlack.Bot);
        var message = Message("one");
        Assert.IsType<SendResult.Sent>(await Sender(world).SendAsync(message, CancellationToken.None));
        Instead(world, "chat.postMessage", http =>
        {
            http.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return Task.CompletedTask;
        });

        var again = Assert.IsType<SendResult.Sent>(await Sender(world).SendAsync(message, CancellationToken.None));

        Assert.Equal(world.Slack.Messages.Single().Ts, again.MessageId);
        Assert.IsType<Reconciled.Found>(await Sender(world).FindAsync(Workspace, message.Conversation, recipient: null, message.DeliveryId, CancellationToken.None));
        Assert.IsType<Reconciled.NotThere>(await Sender(world).FindAsync(Workspace, message.Conversation, recipient: null, Guid.NewGuid(), CancellationToken.None));
        world.Slack.Scopes.Remove("channels:history");
        Assert.IsType<Reconciled.CannotTell>(await Sender(world).FindAsync(Workspace, message.Conversation, recipient: null, message.DeliveryId, CancellationToken.None));
    }

    [Fact]
    public async Task A_message_that_never_arrived_is_looked_for_and_then_sent()
    {
        await using var world = await SlackWorld.StartAsync();
        world.Slack.Channels[FakeSlack.General].Members.Add(FakeSlack.Bot);
        var message = Message("one");
        Instead(world, "chat.postMessage", http =>
        {
            http.Abort();
            return Task.CompletedTask;
        });

        Assert.IsType<SendResult.RetryAfter>(await Sender(world).SendAsync(message, CancellationToken.None));
        Assert.Empty(world.Slack.Messages);
        Assert.IsType<SendResult.Sent>(await Sender(world).SendAsync(message, CancellationToken.None));
        Assert.Single(world.Slack.Messages);
        Assert.Equal(2, world.Slack.Calls.Count(call => call == "conversations.history"));
    }

    [Fact]
    public async Task A_picture_that_Slack_cannot_fetch_becomes_a_link()
    {
        await using var world = await SlackWorld.StartAsync();
        world.Slack.Channels[FakeSlack.General].Members.Add(FakeSlack.Bot);
        Instead(world, "chat.postMessage", http => FakeSlack.AnswerAsync(http, FakeSlack.Error("invalid_blocks")));
        var card = Notice.For(T, [new TextBlock("Look"), new Image("https://www.example.com/gone.png", "Our office")]);

        Assert.IsType<SendResult.Sent>(await Sender(world).SendAsync(Message("one") with { Card = card }, CancellationToken.None));

        var posted = world.Slack.Messages.Single();
        Assert.DoesNotContain(posted.Blocks, block => (string?)block!["type"] == "image");
        Assert.Contains("https://www.example.com/gone.png", posted.Blocks.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_gets_a_message_in_their_own_conversation()
    {
        await using var world = await SlackWorld.StartAsync();
        var sender = Sender(world);

        Assert.IsType<SendResult.Sent>(await sender.SendAsync(Message("one") with { Recipient = new PersonRef("U0ALICE") }, CancellationToken.None));
        world.Slack.Users["U0BEN"].Deleted = true;
        Assert.Equal(new SendResult.Gone(SendErrors.PersonGone), await sender.SendAsync(Message("two") with { Recipient = new PersonRef("U0BEN") }, CancellationToken.None));

        Assert.Equal(FakeSlack.Direct("U0ALICE"), world.Slack.Messages.Single().Channel);
    }

    [Fact]
    public async Task A_card_that_cannot_be_posted_is_told_to_its_author_with_what_helps()
    {
        await using var world = await SlackWorld.StartAsync();
        var carmen = world.Person("U0CARMEN");
        await world.InviteAsync(carmen, FakeSlack.General, Language.English);
        world.Slack.With(s => s.Channels[FakeSlack.General].Members.Remove(FakeSlack.Bot));

        await carmen.CommandAsync("campaign");
        var form = await carmen.FormAsync(T["Campaigns.ContentTitle"]);
        await carmen.SubmitAsync(form, ("link", "https://www.example.com/news"), ("title", "Lost"), ("summary", "Words"));
        await carmen.SubmitAsync(form, ("text1", "Words"));
        await carmen.SubmitAsync(form);
        await carmen.SubmitAsync(form);

        await world.Slack.AwaitAsync(
            s => s.Messages.Find(m => m.Channel == FakeSlack.Direct("U0CARMEN") && SlackReader.Says(SlackReader.Text(m), T[$"Slack.Reason_{SendErrors.NotInChannel}"])), "explanation");
        await Eventually.SeeAsync(
            () => world.Folder.QueryAsync(db => db.Deliveries.AnyAsync(d => d.Kind == DeliveryKind.Prompt && d.State == DeliveryState.Failed && d.Reason == SendErrors.NotInChannel)), "a failed delivery");
    }

    private static IChatSender Sender(SlackWorld world) => world.Host.Services.GetServices<IChatSender>().Single(sender => sender.Platform == Platforms.Slack);

    private static void Instead(SlackWorld world, string method, Func<HttpContext, Task> answer) => world.Slack.Next.GetOrAdd(method, _ => new()).Enqueue(answer);

    private static OutboundMessage Message(string words) => new()
    {
        DeliveryId = Guid.NewGuid(),
        Workspace = Workspace,
        Conversation = new ConversationRef(FakeSlack.General),
        Card = Notice.Card(T, words),
        Summary = words,
    };
}
