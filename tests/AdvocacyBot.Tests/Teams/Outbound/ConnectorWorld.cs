using AdvocacyBot.Teams;
using AdvocacyBot.Teams.Outbound;
using AdvocacyBot.Teams.Protocol;
using AdvocacyBot.Tests.Teams.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Tests.Teams.Outbound;

/// <summary>The connector client between the fake login and the fake connector.</summary>
internal sealed class ConnectorWorld : IAsyncDisposable
{
    public const string Channel = "19:news@thread.tacv2";
    public const string Group = "19:friends@thread.v2";
    public const string Dana = "29:dana+x/1";

    private readonly BotTokens tokens;
    private readonly ConnectorHttp http;

    private ConnectorWorld(FakeLogin login, FakeConnector connector, TimeProvider clock, TeamsOptions options)
    {
        Login = login;
        Connector = connector;
        var set = Options.Create(options);
        tokens = new BotTokens(set, clock);
        http = new ConnectorHttp(clock);
        Client = new ConnectorClient(new ConnectorCalls(new ServiceHosts(set), http, tokens, new SendLanes(clock), clock, NullLogger<ConnectorCalls>.Instance), set);
        Personal = new ConversationAddress(FakeConnector.Tenant, connector.ServiceUrl, connector.AddPersonal(Dana));
        connector.AddChannel(Channel, Dana);
        connector.AddGroup(Group, Dana);
    }

    public FakeLogin Login { get; }

    public FakeConnector Connector { get; }

    public ConnectorClient Client { get; }

    public BotTokens Tokens => tokens;

    public ConversationAddress Personal { get; }

    public static OutboundActivity Card { get; } = OutboundActivity.OfCard("""{"type":"AdaptiveCard","version":"1.5","body":[{"type":"TextBlock","text":"שלום"}]}"""u8.ToArray());

    public static OutboundActivity Text { get; } = OutboundActivity.OfText("hello");

    public static async Task<ConnectorWorld> StartAsync(TimeProvider? clock = null, Action<TeamsOptions>? change = null)
    {
        var login = await FakeLogin.StartAsync(clock);
        var options = new TeamsOptions
        {
            AppId = FakeLogin.AppId,
            ClientSecret = FakeLogin.Secret,
            TenantId = FakeConnector.Tenant,
            TokenEndpoint = login.TokenEndpoint,
            AllowedServiceHosts = { "127.0.0.1" },
        };
        change?.Invoke(options);
        return new ConnectorWorld(login, await FakeConnector.StartAsync(login, clock), clock ?? TimeProvider.System, options);
    }

    public ConversationAddress At(string conversation) => Personal with { ConversationId = conversation };

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        tokens.Dispose();
        await Connector.DisposeAsync();
        await Login.DisposeAsync();
        Connector.AssertExpected();
        Login.AssertExpected();
    }
}
