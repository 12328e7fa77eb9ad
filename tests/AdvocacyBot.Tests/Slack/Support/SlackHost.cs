using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Tests.Host.Support;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AdvocacyBot.Tests.Slack.Support;

/// <summary>The real host with Slack switched on and the fake one for its Slack.</summary>
internal sealed class SlackHost : WebApplicationFactory<Program>
{
    private readonly string folder;
    private readonly IReadOnlyDictionary<string, string?> settings;
    private readonly TimeProvider? clock;

    private SlackHost(string folder, IReadOnlyDictionary<string, string?> settings, TimeProvider? clock)
    {
        this.folder = folder;
        this.settings = settings;
        this.clock = clock;
    }

    public Uri Address => ClientOptions.BaseAddress;

    public SlowPages Previews { get; } = new();

    public static SlackHost Start(HostFolder folder, FakeSlack slack, bool socket = false, TimeProvider? clock = null, params (string Key, string? Value)[] changed)
    {
        var all = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Slack:Enabled"] = "true",
            ["Slack:Mode"] = socket ? "Socket" : "Http",
            ["Slack:SigningSecret"] = FakeSlack.SigningSecret,
            ["Slack:BotToken"] = FakeSlack.BotToken,
            ["Slack:AppToken"] = FakeSlack.AppToken,
            ["Slack:ApiBaseUrl"] = slack.Api.AbsoluteUri,
            ["Slack:AuthorizeUrl"] = new Uri(slack.Root, "authorize").AbsoluteUri,
            ["Web:Enabled"] = "false",
        };
        foreach (var (key, value) in changed)
        {
            all[key] = value;
        }

        var host = new SlackHost(folder.Path, all, clock);
        host.UseKestrel(0);
        host.StartServer();
        return host;
    }

    public HttpClient Http() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Development").UseContentRoot(folder);
        foreach (var (key, value) in settings.Where(setting => setting.Value is not null))
        {
            builder.UseSetting(key, value);
        }

        builder.ConfigureTestServices(services =>
        {
            services.Replace(ServiceDescriptor.Singleton<ILinkPreview>(Previews));
            if (clock is not null)
            {
                services.Replace(ServiceDescriptor.Singleton(clock));
            }
        });
    }
}

/// <summary>No page can be read, or one takes its time.</summary>
internal sealed class SlowPages : ILinkPreview
{
    public Task<LinkPreviewResult>? Slow { get; set; }

    public Task<LinkPreviewResult> FetchAsync(Uri link, CancellationToken cancellationToken) =>
        Slow ?? Task.FromResult<LinkPreviewResult>(new LinkPreviewResult.NotFetched(LinkPreviewFailure.Unreachable, null));
}
