using System.Net.Http.Headers;
using System.Text;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Teams.Protocol;
using AdvocacyBot.Tests.Host.Support;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AdvocacyBot.Tests.Teams.Support;

/// <summary>
/// The real host inside the test's process with Teams switched on, between <see cref="FakeLogin"/> and <see cref="FakeConnector"/>. Its end fails the test where the
/// bot did what Teams does not have.
/// </summary>
internal sealed class TeamsHost : IAsyncDisposable
{
    private readonly HostFolder folder = new();
    private readonly HttpClient http;
    private readonly Factory factory;

    private TeamsHost(FakeLogin login, FakeConnector connector, TimeProvider? clock, ITurnHandler? handler, IReadOnlyList<(string Key, string Value)> settings)
    {
        Login = login;
        Connector = connector;
        factory = new Factory(folder.Path, clock, handler, [.. Defaults(login), .. settings]);
        factory.UseKestrel(0);
        factory.StartServer();
        http = new HttpClient { BaseAddress = factory.ClientOptions.BaseAddress };
    }

    public FakeLogin Login { get; }

    public FakeConnector Connector { get; }

    public HttpClient Http => http;

    public IServiceProvider Services => factory.Services;

    public HostFolder Folder => folder;

    /// <param name="clock">Of the host, of tokens and limits; null: the system's.</param>
    /// <param name="handler">Instead of the product's own; null: the product's.</param>
    /// <param name="settings">Beside those that lead to the fakes.</param>
    public static async Task<TeamsHost> StartAsync(TimeProvider? clock = null, ITurnHandler? handler = null, params (string Key, string Value)[] settings)
    {
        var login = await FakeLogin.StartAsync(clock);
        return new TeamsHost(login, await FakeConnector.StartAsync(login, clock), clock, handler, settings);
    }

    /// <summary>Sends an activity with a good token for it, as Teams does.</summary>
    public Task<HttpResponseMessage> PostAsync(string activity) => PostAsync(activity, Login.Mint(Connector.ServiceUrl));

    /// <param name="activity">JSON.</param>
    /// <param name="token">Without "Bearer"; null: no header.</param>
    public async Task<HttpResponseMessage> PostAsync(string activity, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/messages") { Content = new StringContent(activity, Encoding.UTF8, "application/json") };
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return await http.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await factory.DisposeAsync();
        await Connector.DisposeAsync();
        await Login.DisposeAsync();
        folder.Dispose();
        Connector.AssertExpected();
        Login.AssertExpected();
    }

    private static (string, string)[] Defaults(FakeLogin login) =>
    [
        ("Teams:AppId", FakeLogin.AppId), ("Teams:ClientSecret", FakeLogin.Secret), ("Teams:TenantId", FakeConnector.Tenant),
        ("Teams:AllowedServiceHosts:0", "127.0.0.1"), ("Teams:OpenIdMetadataUrl", login.MetadataUrl.AbsoluteUri), ("Teams:TokenEndpoint", login.TokenEndpoint.AbsoluteUri),
    ];

    private sealed class Factory(string folder, TimeProvider? clock, ITurnHandler? handler, IReadOnlyList<(string Key, string Value)> settings)
        : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment("Development").UseContentRoot(folder);
            foreach (var (key, value) in settings)
            {
                builder.UseSetting(key, value);
            }

            builder.ConfigureTestServices(services =>
            {
                services.Replace(ServiceDescriptor.Singleton<ILinkPreview>(new FakePages()));
                if (clock is not null)
                {
                    services.Replace(ServiceDescriptor.Singleton(clock));
                }

                if (handler is not null)
                {
                    services.Replace(ServiceDescriptor.Singleton(handler));
                }
            });
        }
    }
}
