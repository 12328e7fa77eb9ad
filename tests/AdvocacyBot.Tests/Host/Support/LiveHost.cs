using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AdvocacyBot.Tests.Host.Support;

/// <summary>The real host inside the test's process, on the real server, so that a test can give it a clock and look inside.</summary>
internal sealed class LiveHost : WebApplicationFactory<Program>
{
    private readonly string folder;
    private readonly TimeProvider? clock;

    private LiveHost(string folder, TimeProvider? clock)
    {
        this.folder = folder;
        this.clock = clock;
    }

    public Uri Address => ClientOptions.BaseAddress;

    public static LiveHost Start(HostFolder folder, TimeProvider? clock = null)
    {
        var host = new LiveHost(folder.Path, clock);
        host.UseKestrel(0);
        host.StartServer();
        return host;
    }

    public HttpClient Http() => new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Address };

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Development").UseContentRoot(folder);
        builder.ConfigureTestServices(services =>
        {
            services.Replace(ServiceDescriptor.Singleton<ILinkPreview>(new FakePages()));
            if (clock is not null)
            {
                services.Replace(ServiceDescriptor.Singleton(clock));
            }
        });
    }
}
