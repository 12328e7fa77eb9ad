using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Teams.Data;
using AdvocacyBot.Teams.Outbound;
using AdvocacyBot.Tests.Teams.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Tests.Teams.Outbound;

/// <summary>The bot's own messages, by way of what is known of the conversations.</summary>
public sealed class TeamsChatSenderTests : IAsyncLifetime
{
    private const string Channel = "19:news@thread.tacv2";
    private const string Dana = "29:dana";

    private TeamsHost host = null!;

    private IChatSender Sender => host.Services.GetServices<IChatSender>().Single(sender => sender.Platform == Platforms.Teams);

    private IConversationReferences References => host.Services.GetRequiredService<IConversationReferences>();

    public async Task InitializeAsync()
    {
        host = await TeamsHost.StartAsync();
        host.Connector.AddChannel(Channel, Dana);
    }

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Fact]
    public async Task A_channel_gets_a_post_that_can_be_replaced()
    {
        await NoteAsync(Channel, ConversationKind.Channel);

        var sent = Assert.IsType<SendResult.Sent>(await Sender.SendAsync(Message(Channel), CancellationToken.None));
        Assert.IsType<SendResult.Sent>(await Sender.UpdateAsync(Message(Channel, text: "new"), sent.MessageId, CancellationToken.None));

        var message = Assert.Single(host.Connector.Messages);
        Assert.Equal(($"{Channel};messageid={sent.MessageId}", "One line", 1), (message.Conversation, (string?)message.Json["summary"], message.Updates));
        Assert.Contains("new", message.Card!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_thread_gets_an_answer()
    {
        await NoteAsync(Channel, ConversationKind.Channel);

        await Sender.SendAsync(Message(Channel) with { Conversation = new ConversationRef(Channel, ThreadId: "17") }, CancellationToken.None);

        Assert.Equal($"{Channel};messageid=17", Assert.Single(host.Connector.Messages).Conversation);
    }

    [Fact]
    public async Task A_persons_chat_is_made_once_and_remembered()
    {
        await NoteAsync(Channel, ConversationKind.Channel);
        var chat = host.Connector.AddPersonal(Dana);
        var message = Message(Channel) with { Recipient = new PersonRef(Dana) };

        Assert.IsType<SendResult.Sent>(await Sender.SendAsync(message, CancellationToken.None));
        Assert.IsType<SendResult.Sent>(await Sender.SendAsync(message, CancellationToken.None));

        Assert.Equal(2, host.Connector.In(chat).Count);
        Assert.Equal(3, host.Connector.Calls);
        Assert.Equal(chat, (await References.FindPersonalAsync(FakeConnector.Tenant, Dana, CancellationToken.None))?.ConversationId);
    }

    [Fact]
    public async Task Where_the_bot_was_never_heard_of_there_is_no_address()
    {
        Assert.Equal(new SendResult.Gone(TeamsReason.NoAddress), await Sender.SendAsync(Message("19:other@thread.tacv2"), CancellationToken.None));
        Assert.Equal(
            new SendResult.Gone(TeamsReason.NoAddress),
            await Sender.SendAsync(Message(Channel) with { Recipient = new PersonRef(Dana) }, CancellationToken.None));
        Assert.Equal(0, host.Connector.Calls);
    }

    [Fact]
    public async Task Where_the_bot_was_removed_it_is_silent_until_somebody_writes_there()
    {
        await NoteAsync(Channel, ConversationKind.Channel);
        host.Connector.Conversation(Channel).RemoveBot();

        Assert.Equal(new SendResult.Gone(TeamsReason.NotInstalled), await Sender.SendAsync(Message(Channel), CancellationToken.None));
        Assert.Equal(new SendResult.Gone(TeamsReason.NotInstalled), await Sender.SendAsync(Message(Channel), CancellationToken.None));
        Assert.Equal(1, host.Connector.Calls);

        host.Connector.Conversation(Channel).Refusal = null;
        await NoteAsync(Channel, ConversationKind.Channel);
        Assert.IsType<SendResult.Sent>(await Sender.SendAsync(Message(Channel), CancellationToken.None));
    }

    [Fact]
    public async Task A_person_who_blocked_the_bot_is_left_alone()
    {
        var chat = host.Connector.AddPersonal(Dana);
        await NoteAsync(chat, ConversationKind.Personal, Dana);
        host.Connector.Conversation(chat).Block();
        var message = Message(Channel) with { Recipient = new PersonRef(Dana) };

        Assert.Equal(new SendResult.Gone(TeamsReason.Blocked), await Sender.SendAsync(message, CancellationToken.None));
        Assert.Equal(new SendResult.Gone(TeamsReason.Blocked), await Sender.SendAsync(message, CancellationToken.None));
        Assert.Equal(1, host.Connector.Calls);
    }

    [Theory]
    [InlineData("en", "Our new office", "The app is not installed there any more.")]
    [InlineData("he", "Our new office", "האפליקציה כבר לא מותקנת שם.")]
    public async Task A_campaigns_card_that_cannot_be_posted_is_told_to_its_author(string language, string title, string reason)
    {
        await NoteAsync(Channel, ConversationKind.Channel);
        host.Connector.Conversation(Channel).RemoveBot();
        var chat = host.Connector.AddPersonal("29:carmen");
        var message = Message(Channel) with { DeliveryId = await PlanAsync(language, title) };

        Assert.Equal(new SendResult.Gone(TeamsReason.NotInstalled), await Sender.SendAsync(message, CancellationToken.None));

        var told = Assert.Single(host.Connector.In(chat)).Card!;
        var texts = told["body"]!.AsArray().Select(element => (string)element!["text"]!).ToList();
        Assert.Contains(title, texts[0], StringComparison.Ordinal);
        Assert.StartsWith(reason, texts[1], StringComparison.Ordinal);
        Assert.Equal(language == "he", (bool)told["rtl"]!);
    }

    [Fact]
    public async Task What_is_in_doubt_after_a_crash_cannot_be_told() => Assert.IsType<Reconciled.CannotTell>(
        await Sender.FindAsync(Message(Channel).Workspace, new ConversationRef(Channel), recipient: null, Guid.NewGuid(), CancellationToken.None));

    [Fact]
    public async Task A_new_service_address_replaces_the_old_one_and_a_known_person_stays_known()
    {
        await NoteAsync("a:1", ConversationKind.Personal, Dana);
        await References.NoteAsync(
            new ConversationReference { TenantId = FakeConnector.Tenant, ConversationId = "a:1", Kind = ConversationKind.Personal, ServiceUrl = "https://smba.trafficmanager.net/in/" },
            CancellationToken.None);

        var reference = await References.FindPersonalAsync(FakeConnector.Tenant, Dana, CancellationToken.None);

        Assert.Equal(("a:1", "https://smba.trafficmanager.net/in/"), (reference?.ConversationId, reference?.ServiceUrl));
        Assert.Null(await References.FindAsync("another tenant", "a:1", CancellationToken.None));
    }

    private async Task<Guid> PlanAsync(string language, string title)
    {
        await using var db = await host.Services.GetRequiredService<IDbContextFactory<AdvocacyDb>>().CreateDbContextAsync();
        var workspace = new Workspace { Platform = Platforms.Teams, ExternalId = FakeConnector.Tenant, Name = "T", Language = "en", TimeZone = "Etc/UTC" };
        db.Add(workspace);
        await db.SaveChangesAsync();
        var author = new Person { WorkspaceId = workspace.Id, ExternalId = "29:carmen", Name = "Carmen", Language = language };
        var channel = new Conversation { WorkspaceId = workspace.Id, ExternalId = Channel, Name = "News" };
        db.AddRange(author, channel);
        await db.SaveChangesAsync();
        var campaign = new Campaign { WorkspaceId = workspace.Id, AuthorId = author.Id, Code = "c", Title = title, Link = "https://example.com/", Language = "en" };
        db.Add(campaign);
        await db.SaveChangesAsync();
        var delivery = new Core.Data.Delivery { PublicId = Guid.NewGuid(), WorkspaceId = workspace.Id, ConversationId = channel.Id, CampaignId = campaign.Id, Key = "prompt:1" };
        db.Add(delivery);
        await db.SaveChangesAsync();
        return delivery.PublicId;
    }

    private static OutboundMessage Message(string conversation, string text = "news") => new()
    {
        DeliveryId = Guid.NewGuid(),
        Workspace = new WorkspaceRef(Platforms.Teams, FakeConnector.Tenant),
        Conversation = new ConversationRef(conversation),
        Card = Notice.Card(Texts.In(Language.English), text),
        Summary = "One line",
    };

    private ValueTask NoteAsync(string conversation, ConversationKind kind, string? user = null) => References.NoteAsync(
        new ConversationReference
        {
            TenantId = FakeConnector.Tenant,
            ConversationId = conversation,
            Kind = kind,
            ServiceUrl = host.Connector.ServiceUrl,
            UserId = user,
        },
        CancellationToken.None);
}
