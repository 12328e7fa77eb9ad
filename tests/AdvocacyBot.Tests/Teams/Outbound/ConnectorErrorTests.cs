using System.Text.Json.Nodes;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Teams.Outbound;
using AdvocacyBot.Tests.Infrastructure;
using AdvocacyBot.Tests.Teams.Support;

namespace AdvocacyBot.Tests.Teams.Outbound;

/// <summary>What each of Teams' errors becomes, and which are tried again.</summary>
public sealed class ConnectorErrorTests
{
    /// <summary>Status, code, what becomes of it, how many calls it takes.</summary>
    public static TheoryData<int, string, string, string> Final() => new()
    {
        { 400, "BadArgument", nameof(SendResult.Rejected), TeamsReason.BadRequest },
        { 400, "BadSyntax", nameof(SendResult.Rejected), TeamsReason.BadRequest },
        { 403, "BotNotInConversationRoster", nameof(SendResult.Gone), TeamsReason.NotInstalled },
        { 403, "BotDisabledByAdmin", nameof(SendResult.Gone), TeamsReason.DisabledByAdmin },
        { 403, "ConversationBlockedByUser", nameof(SendResult.Gone), TeamsReason.Blocked },
        { 403, "NotEnoughPermissions", nameof(SendResult.Rejected), TeamsReason.NotPermitted },
        { 403, "SomethingNew", nameof(SendResult.Rejected), TeamsReason.NotPermitted },
        { 404, "ConversationNotFound", nameof(SendResult.Gone), TeamsReason.NotFound },
        { 404, "ActivityNotFoundInConversation", nameof(SendResult.Gone), TeamsReason.NotFound },
        { 404, "BotNotInConversationRoster", nameof(SendResult.Gone), TeamsReason.NotInstalled },
        { 413, "MessageSizeTooBig", nameof(SendResult.Rejected), TeamsReason.TooLarge },
        { 418, "Teapot", nameof(SendResult.Rejected), TeamsReason.Unexpected },
        { 500, "ServiceError", nameof(SendResult.Unknown), TeamsReason.Unexpected },
    };

    [Theory]
    [MemberData(nameof(Final))]
    public async Task What_trying_again_does_not_help_is_said_at_once(int status, string code, string outcome, string reason)
    {
        await using var world = await ConnectorWorld.StartAsync();
        world.Connector.Next.Enqueue(new(FakeAnswer.Error(status, code)));

        var result = await world.Client.SendAsync(world.Personal, ConnectorWorld.Card, CancellationToken.None);

        Assert.Equal((outcome, reason, 1), (result.GetType().Name, Reason(result), world.Connector.Calls));
    }

    [Fact]
    public async Task The_older_way_of_saying_blocked_is_understood()
    {
        await using var world = await ConnectorWorld.StartAsync();
        world.Connector.Conversation(world.Personal.ConversationId).Block();

        Assert.Equal(new SendResult.Gone(TeamsReason.Blocked), await world.Client.SendAsync(world.Personal, ConnectorWorld.Card, CancellationToken.None));
    }

    [Theory]
    [InlineData(412, "PreconditionFailed", null)]
    [InlineData(429, "Throttled", null)]
    [InlineData(429, "Throttled", 2)]
    [InlineData(502, "BadGateway", null)]
    [InlineData(503, "ServiceUnavailable", 1)]
    [InlineData(504, "GatewayTimeout", null)]
    public async Task What_passes_is_tried_again(int status, string code, int? retryAfter)
    {
        var clock = new ManualTimeProvider();
        await using var world = await ConnectorWorld.StartAsync(clock);
        world.Connector.Next.Enqueue(new(FakeAnswer.Error(status, code, retryAfter)));
        world.Connector.Next.Enqueue(new(FakeAnswer.Error(status, code, retryAfter)));

        var result = await RunAsync(clock, world.Client.SendAsync(world.Personal, ConnectorWorld.Card, CancellationToken.None));

        Assert.IsType<SendResult.Sent>(result);
        Assert.Equal(3, world.Connector.Calls);
        Assert.Single(world.Connector.Messages);
    }

    [Theory]
    [InlineData(412, nameof(SendResult.RetryAfter))]
    [InlineData(429, nameof(SendResult.RetryAfter))]
    [InlineData(503, nameof(SendResult.RetryAfter))]
    [InlineData(502, nameof(SendResult.Unknown))]
    [InlineData(504, nameof(SendResult.Unknown))]
    public async Task What_does_not_pass_is_handed_back_after_four_calls(int status, string outcome)
    {
        var clock = new ManualTimeProvider();
        await using var world = await ConnectorWorld.StartAsync(clock);
        for (var i = 0; i < 8; i++)
        {
            world.Connector.Next.Enqueue(new(FakeAnswer.Error(status, "Again")));
        }

        var result = await RunAsync(clock, world.Client.SendAsync(world.Personal, ConnectorWorld.Card, CancellationToken.None));

        Assert.Equal((outcome, 4), (result.GetType().Name, world.Connector.Calls));
    }

    [Fact]
    public async Task A_long_wait_is_handed_back_at_once_and_holds_for_the_conversation_alone()
    {
        var clock = new ManualTimeProvider();
        await using var world = await ConnectorWorld.StartAsync(clock);
        world.Connector.Next.Enqueue(new(FakeAnswer.Error(429, "Throttled", retryAfter: 30)));

        var first = await world.Client.SendAsync(world.Personal, ConnectorWorld.Card, CancellationToken.None);
        var second = await world.Client.SendAsync(world.Personal, ConnectorWorld.Card, CancellationToken.None);
        var elsewhere = await world.Client.SendAsync(world.At(ConnectorWorld.Group), ConnectorWorld.Card, CancellationToken.None);
        clock.Advance(TimeSpan.FromSeconds(30));
        var later = await world.Client.SendAsync(world.Personal, ConnectorWorld.Card, CancellationToken.None);

        Assert.Equal(new SendResult.RetryAfter(TimeSpan.FromSeconds(30), "conversation"), first);
        Assert.Equal(new SendResult.RetryAfter(TimeSpan.FromSeconds(30), "conversation"), second);
        Assert.IsType<SendResult.Sent>(elsewhere);
        Assert.IsType<SendResult.Sent>(later);
        Assert.Equal(3, world.Connector.Calls);
    }

    [Fact]
    public async Task A_connection_that_breaks_after_the_request_leaves_the_outcome_open()
    {
        await using var world = await ConnectorWorld.StartAsync();
        world.Connector.Next.Enqueue(new(new FakeAnswer(0, null), AfterTaking: true));

        Assert.Equal(new SendResult.Unknown(TeamsReason.Interrupted), await world.Client.SendAsync(world.Personal, ConnectorWorld.Card, CancellationToken.None));
        Assert.Equal((1, 1), (world.Connector.Calls, world.Connector.Messages.Count));
    }

    [Fact]
    public async Task Where_nobody_listens_nothing_was_sent()
    {
        var clock = new ManualTimeProvider();
        await using var world = await ConnectorWorld.StartAsync(clock);

        // Port 1 is tcpmux's, which nobody runs.
        var result = await RunAsync(clock, world.Client.SendAsync(world.Personal with { ServiceUrl = "http://127.0.0.1:1/" }, ConnectorWorld.Card, CancellationToken.None));

        Assert.Equal("service", Assert.IsType<SendResult.RetryAfter>(result).Scope);
    }

    [Theory]
    [InlineData("https://smba.trafficmanager.net.evil.example/")]
    [InlineData("http://smba.trafficmanager.net/")]
    [InlineData("https://smba.trafficmanager.net:8443/")]
    [InlineData("https://smba.trafficmanager.net@evil.example/")]
    [InlineData("https://evil.example/smba.trafficmanager.net")]
    [InlineData("https://teams.microsoft.com/")]
    [InlineData("ftp://127.0.0.1/")]
    [InlineData("not an address")]
    [InlineData("")]
    public async Task No_token_leaves_for_an_address_that_is_not_on_the_list(string serviceUrl)
    {
        await using var world = await ConnectorWorld.StartAsync();

        var result = await world.Client.SendAsync(world.Personal with { ServiceUrl = serviceUrl }, ConnectorWorld.Card, CancellationToken.None);

        Assert.Equal(new SendResult.Rejected(TeamsReason.UntrustedHost), result);
        Assert.Equal(0, world.Login.TokenRequests);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var world = await ConnectorWorld.StartAsync();
        await using var thief = await LoopbackServer.StartAsync(_ => throw new InvalidOperationException("The token was carried on."));
        world.Connector.Next.Enqueue(new(new FakeAnswer(307, null, Location: thief.Address.AbsoluteUri)));

        Assert.Equal(new SendResult.Rejected(TeamsReason.Unexpected), await world.Client.SendAsync(world.Personal, ConnectorWorld.Card, CancellationToken.None));
        Assert.Equal(1, world.Connector.Calls);
    }

    [Fact]
    public async Task Simultaneous_messages_to_one_conversation_queue_up()
    {
        await using var world = await ConnectorWorld.StartAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 7).Select(_ => world.Client.SendAsync(world.Personal, ConnectorWorld.Text, CancellationToken.None)));

        Assert.All(results, result => Assert.IsType<SendResult.Sent>(result));
        Assert.Equal(7, world.Connector.Calls);
    }

    [Fact]
    public async Task Giving_up_in_the_queue_sends_nothing()
    {
        await using var world = await ConnectorWorld.StartAsync();
        var hold = new TaskCompletionSource();
        world.Connector.Hold = hold.Task;
        var first = world.Client.SendAsync(world.Personal, ConnectorWorld.Text, CancellationToken.None);
        using var giveUp = new CancellationTokenSource();
        var second = world.Client.SendAsync(world.Personal, ConnectorWorld.Text, giveUp.Token);

        await giveUp.CancelAsync();

        Assert.IsType<SendResult.RetryAfter>(await second);
        hold.SetResult();
        Assert.IsType<SendResult.Sent>(await first);
        Assert.Single(world.Connector.Messages);
    }

    private static string? Reason(SendResult result) => result switch
    {
        SendResult.Gone gone => gone.Reason,
        SendResult.Rejected rejected => rejected.Reason,
        SendResult.Unknown unknown => unknown.Reason,
        _ => null,
    };

    /// <summary>Moves the clock until it is done.</summary>
    private static async Task<SendResult> RunAsync(ManualTimeProvider clock, Task<SendResult> sending)
    {
        while (!sending.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        return await sending;
    }
}
