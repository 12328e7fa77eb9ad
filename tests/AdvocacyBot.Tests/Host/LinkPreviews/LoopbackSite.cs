using System.Net;
using System.Text;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Host.LinkPreviews;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AdvocacyBot.Tests.Host.LinkPreviews;

/// <summary>A real web server on a loopback port, and previews that may read it as <c>news.test</c>.</summary>
internal sealed class LoopbackSite : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Dictionary<string, RequestDelegate> pages = [];
    private readonly List<ServiceProvider> providers = [];

    private LoopbackSite()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Run(context => pages.TryGetValue(context.Request.Path.Value ?? "", out var page) ? page(context) : NotFound(context));
    }

    /// <summary>Headers of the requests that arrived, in order.</summary>
    public List<Dictionary<string, string>> Requests { get; } = [];

    public Dictionary<string, IPAddress[]> Names { get; } = new() { ["news.test"] = [IPAddress.Loopback] };

    public List<string> LookedUp { get; } = [];

    public int Port => new Uri(app.Urls.First()).Port;

    public static async Task<LoopbackSite> StartAsync()
    {
        var site = new LoopbackSite();
        await site.app.StartAsync();
        return site;
    }

    public Uri At(string path) => new($"http://news.test:{Port}{path}");

    public LoopbackSite On(string path, RequestDelegate page)
    {
        pages[path] = context =>
        {
            Requests.Add(context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString()));
            return page(context);
        };
        return this;
    }

    public LoopbackSite Page(string path, string html, string contentType = "text/html; charset=utf-8") =>
        Page(path, Encoding.UTF8.GetBytes(html), contentType);

    public LoopbackSite Page(string path, byte[] content, string contentType, string? encoding = null) => On(path, async context =>
    {
        context.Response.ContentType = contentType;
        if (encoding is not null)
        {
            context.Response.Headers.ContentEncoding = encoding;
        }

        await context.Response.Body.WriteAsync(content, context.RequestAborted);
    });

    public LoopbackSite Redirect(string path, string location, int status = 302) => On(path, context =>
    {
        context.Response.StatusCode = status;
        context.Response.Headers.Location = location;
        return Task.CompletedTask;
    });

    /// <summary>The product's own registration; only names and time are the test's.</summary>
    public ILinkPreview Previews(TimeProvider? clock = null, params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Prepend(("AllowedHosts:0", $"news.test:{Port}"))
                .Select(setting => KeyValuePair.Create<string, string?>($"LinkPreview:{setting.Item1}", setting.Item2)))
            .Build();
        var provider = new ServiceCollection()
            .AddLogging()
            .AddSingleton(clock ?? TimeProvider.System)
            .AddSingleton<ResolveHost>(Resolve)
            .AddLinkPreviews(configuration)
            .BuildServiceProvider(validateScopes: true);
        providers.Add(provider);
        return provider.GetRequiredService<ILinkPreview>();
    }

    public Task<LinkPreviewResult> FetchAsync(string path) => Previews().FetchAsync(At(path), CancellationToken.None);

    public async Task<LinkPreview> FoundAsync(string path) =>
        Assert.IsType<LinkPreviewResult.Found>(await FetchAsync(path)).Preview;

    public async Task<LinkPreviewFailure> FailureAsync(string path) =>
        Assert.IsType<LinkPreviewResult.NotFetched>(await FetchAsync(path)).Reason;

    public async ValueTask DisposeAsync()
    {
        foreach (var provider in providers)
        {
            await provider.DisposeAsync();
        }

        await app.DisposeAsync();
    }

    private static Task NotFound(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return context.Response.WriteAsync("<title>Nothing here</title>");
    }

    private Task<IPAddress[]> Resolve(string host, CancellationToken cancellationToken)
    {
        LookedUp.Add(host);
        return Task.FromResult(IPAddress.TryParse(host, out var literal) ? [literal] : Names.GetValueOrDefault(host, []));
    }
}
