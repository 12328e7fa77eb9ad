using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Teams.Outbound;
using AdvocacyBot.Tests.Infrastructure;
using AdvocacyBot.Tests.Teams.Support;

namespace AdvocacyBot.Tests.Teams.Outbound;

/// <summary>MSAL against the fake login.</summary>
public sealed class BotTokensTests
{
    [Fact]
    public async Task One_token_serves_until_shortly_before_its_end()
    {
        var clock = new ManualTimeProvider(TimeProvider.System.GetUtcNow());
        await using var world = await ConnectorWorld.StartAsync(clock);
        for (var i = 0; i < 3; i++)
        {
            Assert.IsType<SendResult.Sent>(await world.Client.SendAsync(world.Personal, ConnectorWorld.Text, CancellationToken.None));
        }

        Assert.Equal(1, world.Login.TokenRequests);
        clock.Advance(TimeSpan.FromMinutes(56));

        Assert.IsType<SendResult.Sent>(await world.Client.SendAsync(world.Personal, ConnectorWorld.Text, CancellationToken.None));
        Assert.Equal(2, world.Login.TokenRequests);
    }

    [Fact]
    public async Task A_token_that_is_refused_is_replaced_once()
    {
        await using var world = await ConnectorWorld.StartAsync();
        await world.Client.SendAsync(world.Personal, ConnectorWorld.Text, CancellationToken.None);
        world.Login.Revoke();

        Assert.IsType<SendResult.Sent>(await world.Client.SendAsync(world.Personal, ConnectorWorld.Text, CancellationToken.None));
        Assert.Equal((2, 3), (world.Login.TokenRequests, world.Connector.Calls));
    }

    [Fact]
    public async Task Refused_twice_the_bot_is_not_registered()
    {
        await using var world = await ConnectorWorld.StartAsync();
        world.Connector.Next.Enqueue(new(FakeAnswer.Error(401, "BotNotRegistered")));
        world.Connector.Next.Enqueue(new(FakeAnswer.Error(401, "BotNotRegistered")));

        Assert.Equal(new SendResult.Rejected(TeamsReason.NotRegistered), await world.Client.SendAsync(world.Personal, ConnectorWorld.Text, CancellationToken.None));
        Assert.Equal(2, world.Connector.Calls);
    }

    [Fact]
    public async Task A_certificate_serves_as_well()
    {
        var file = Path.Combine(Path.GetTempPath(), $"advocacy-{Guid.NewGuid():N}.pfx");
        try
        {
            using var rsa = RSA.Create(2048);
            var from = TimeProvider.System.GetUtcNow();
            using var certificate = new CertificateRequest("CN=bot", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(from.AddDays(-1), from.AddDays(1));
            await File.WriteAllBytesAsync(file, certificate.Export(X509ContentType.Pfx, "password"));
            await using var world = await ConnectorWorld.StartAsync(
                change: options => (options.ClientSecret, options.CertificatePath, options.CertificatePassword) = (null, file, "password"));

            Assert.IsType<SendResult.Sent>(await world.Client.SendAsync(world.Personal, ConnectorWorld.Text, CancellationToken.None));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_managed_identity_serves_as_well()
    {
        await using var identity = await FakeIdentity.StartAsync();
        await using var world = await ConnectorWorld.StartAsync(change: options => (options.ClientSecret, options.ManagedIdentity, options.TokenEndpoint) = (null, true, null));
        identity.Gives(world.Login.Issue());

        Assert.IsType<SendResult.Sent>(await world.Client.SendAsync(world.Personal, ConnectorWorld.Text, CancellationToken.None));
        Assert.IsType<SendResult.Sent>(await world.Client.SendAsync(world.Personal, ConnectorWorld.Text, CancellationToken.None));

        Assert.Equal([("https://api.botframework.com", FakeLogin.AppId)], identity.Asked);
        Assert.Equal(0, world.Login.TokenRequests);
    }

    [Fact]
    public async Task A_wrong_secret_is_said_and_not_tried_again()
    {
        await using var world = await ConnectorWorld.StartAsync(change: options => options.ClientSecret = "another");

        Assert.Equal(new SendResult.Rejected(TeamsReason.NotRegistered), await world.Client.SendAsync(world.Personal, ConnectorWorld.Text, CancellationToken.None));
        Assert.Equal(0, world.Connector.Calls);
        var thrown = await Assert.ThrowsAsync<NoTokenException>(() => world.Tokens.GetAsync(refused: null, CancellationToken.None).AsTask());
        Assert.False(thrown.IsPassing);
        Assert.DoesNotContain("another", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_login_that_is_down_is_asked_again_later()
    {
        await using var world = await ConnectorWorld.StartAsync();
        for (var i = 0; i < 4; i++)
        {
            world.Login.NextTokenStatus.Enqueue(503);
        }

        Assert.Equal("login", Assert.IsType<SendResult.RetryAfter>(await world.Client.SendAsync(world.Personal, ConnectorWorld.Text, CancellationToken.None)).Scope);
        Assert.Equal(0, world.Connector.Calls);
    }
}
