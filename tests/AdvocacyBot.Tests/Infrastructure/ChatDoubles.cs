using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Feeds;

namespace AdvocacyBot.Tests.Infrastructure;

/// <summary>A chat platform that keeps what it is sent, and says "gone" to an update of a message it does not have.</summary>
internal sealed class RecordingSender : IChatSender
{
    public List<(OutboundMessage Message, string Id)> Sent { get; } = [];

    public List<(OutboundMessage Message, string Id)> Updated { get; } = [];

    /// <summary>Answers the next sends instead of taking them, in order.</summary>
    public Queue<SendResult> Next { get; } = new();

    /// <summary>Takes the message and then loses the connection.</summary>
    public bool BreakAfterTaking { get; set; }

    public bool CanFind { get; set; } = true;

    /// <summary>It could tell, but not now.</summary>
    public TimeSpan? FindsLater { get; set; }

    /// <summary>What happens elsewhere while a message is on its way.</summary>
    public Func<Task>? OnSend { get; set; }

    /// <summary>Messages that may be on their way at a time.</summary>
    public int MostAtOnce { get; set; } = int.MaxValue;

    public string Platform => Platforms.Web;

    private int UnderWay { get; set; }

    public SendRoom RoomIn(WorkspaceRef workspace) => new(MostAtOnce - UnderWay, TimeSpan.FromMilliseconds(1));

    public async Task<SendResult> SendAsync(OutboundMessage message, CancellationToken cancellationToken)
    {
        UnderWay++;
        try
        {
            return await TakeAsync(message);
        }
        finally
        {
            UnderWay--;
        }
    }

    private async Task<SendResult> TakeAsync(OutboundMessage message)
    {
        Assert.DoesNotContain(Sent, sent => sent.Message.DeliveryId == message.DeliveryId);
        if (Next.TryDequeue(out var answer))
        {
            return answer;
        }

        var id = $"m{Sent.Count + 1}";
        Sent.Add((message, id));
        await (OnSend?.Invoke() ?? Task.CompletedTask);
        return BreakAfterTaking ? throw new IOException("connection lost") : new SendResult.Sent(id);
    }

    public Task<SendResult> UpdateAsync(OutboundMessage message, string messageId, CancellationToken cancellationToken)
    {
        if (!Sent.Exists(sent => sent.Id == messageId))
        {
            return Task.FromResult<SendResult>(new SendResult.Gone("message_gone"));
        }

        Updated.Add((message, messageId));
        return Task.FromResult<SendResult>(new SendResult.Sent(messageId));
    }

    public Task<Reconciled> FindAsync(WorkspaceRef workspace, ConversationRef conversation, PersonRef? recipient, Guid deliveryId, CancellationToken cancellationToken)
    {
        if (FindsLater is { } later)
        {
            return Task.FromResult<Reconciled>(new Reconciled.AskLater(later));
        }

        if (!CanFind)
        {
            return Task.FromResult<Reconciled>(new Reconciled.CannotTell());
        }

        var found = Sent.Find(sent => sent.Message.DeliveryId == deliveryId);
        return Task.FromResult<Reconciled>(found.Id is null ? new Reconciled.NotThere() : new Reconciled.Found(found.Id));
    }
}

/// <summary>Sites with feeds: the product's parser reads what stands at an address; every other address is not found.</summary>
internal sealed class FakeFeeds : IFeedReader
{
    /// <summary>The feeds' text by address.</summary>
    public Dictionary<string, string> Known { get; } = [];

    /// <summary>What answers instead.</summary>
    public Dictionary<string, FeedLook> Else { get; } = [];

    /// <summary>What was asked for, in order.</summary>
    public List<(string Address, FeedVersion? Known)> Asked { get; } = [];

    public Task<FeedLook> ReadAsync(Uri address, FeedVersion? known, CancellationToken cancellationToken)
    {
        Asked.Add((address.AbsoluteUri, known));
        return Task.FromResult(Else.GetValueOrDefault(address.AbsoluteUri) ?? Read(address));
    }

    private FeedLook Read(Uri address)
    {
        if (!Known.TryGetValue(address.AbsoluteUri, out var text))
        {
            return new FeedLook.NotRead(FeedFailure.HttpError, "404");
        }

        var (document, failure, instead) = FeedParser.Parse(text, address);
        return document is null ? new FeedLook.NotRead(failure ?? FeedFailure.NotAFeed, Instead: instead) : new FeedLook.Found(document, address, new FeedVersion($"\"{text.Length}\"", null));
    }
}

/// <summary>Pages that can be previewed; every other address cannot be fetched.</summary>
internal sealed class FakePages : ILinkPreview
{
    public Dictionary<string, LinkPreview> Known { get; } = [];

    /// <summary>What is at other addresses, as far as a fetch tells.</summary>
    public Dictionary<string, LinkPreviewResult.NotFetched> Else { get; } = [];

    public Task<LinkPreviewResult> FetchAsync(Uri link, CancellationToken cancellationToken) =>
        Task.FromResult<LinkPreviewResult>(Known.TryGetValue(link.AbsoluteUri, out var page)
            ? new LinkPreviewResult.Found(page)
            : Else.GetValueOrDefault(link.AbsoluteUri) ?? new LinkPreviewResult.NotFetched(LinkPreviewFailure.Unreachable, null));
}
