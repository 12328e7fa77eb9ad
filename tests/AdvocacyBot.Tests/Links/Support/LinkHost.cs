using System.Globalization;
using System.Net;
using AdvocacyBot.Core;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Links;
using AdvocacyBot.Host.Links;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AdvocacyBot.Tests.Links.Support;

/// <summary>Tracked links and private pages behind their real routes, on a database file of their own.</summary>
internal sealed class LinkHost : IAsyncDisposable
{
    public const string Browser = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36";
    public const string Crawler = "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)";
    public const string Home = "203.0.113.7";

    private const string AddressHeader = "X-Test-Address";

    private readonly string folder = Directory.CreateTempSubdirectory("advocacy-links-").FullName;
    private readonly Dictionary<string, string?> settings;
    private WebApplication app = null!;
    private long people;

    private LinkHost(Dictionary<string, string?> settings) => this.settings = settings;

    public ManualTimeProvider Clock { get; } = new();

    public IServiceProvider Services => app.Services;

    public ClickWriter Clicks => Services.GetRequiredService<ClickWriter>();

    public static async Task<LinkHost> StartAsync(params (string Key, string Value)[] settings)
    {
        var host = new LinkHost(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value));
        await host.BuildAsync();
        return host;
    }

    public async Task RestartAsync()
    {
        await app.DisposeAsync();
        await BuildAsync();
    }

    /// <summary>A share in a running campaign of its own, written as another host would: nobody here is told.</summary>
    public async Task<(Share Share, Campaign Campaign)> AddShareAsync(
        string link = "https://example.com/jobs", Action<Campaign>? campaign = null, string text = "Come and work with us", string language = "en", string networks = "linkedin,x,copy")
    {
        await using var db = Open();
        var workspace = await db.Workspaces.FirstOrDefaultAsync() ?? Added(db, new Workspace { Platform = "web", ExternalId = "w", Name = "W", Language = "en", TimeZone = "UTC" });
        await db.SaveChangesAsync();
        var conversation = await db.Conversations.FirstOrDefaultAsync() ?? Added(db, new Conversation { WorkspaceId = workspace.Id, ExternalId = "c", Name = "C" });
        var person = Added(db, new Person { WorkspaceId = workspace.Id, ExternalId = (++people).ToString(CultureInfo.InvariantCulture), Name = "P" });
        await db.SaveChangesAsync();
        var made = new Campaign
        {
            WorkspaceId = workspace.Id,
            AuthorId = person.Id,
            Code = $"camp{person.Id}",
            Title = "Two jobs",
            Link = link,
            Language = language,
            Networks = networks,
            State = CampaignState.Running,
        };
        campaign?.Invoke(made);
        db.Add(made);
        await db.SaveChangesAsync();
        var share = Added(db, new Share
        {
            WorkspaceId = workspace.Id,
            CampaignId = made.Id,
            ConversationId = conversation.Id,
            PersonId = person.Id,
            Text = text,
            Language = language,
            Code = LinkCode.New(),
            PrivateCode = LinkCode.New() + LinkCode.New(),
        });
        await db.SaveChangesAsync();
        return (share, made);
    }

    public Task<HttpResponseMessage> GetAsync(string path, string agent = Browser, string? address = Home, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, path, agent, address, content: null, headers);

    public Task<HttpResponseMessage> PostAsync(string path, IEnumerable<KeyValuePair<string, string>> form, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, path, Browser, Home, new FormUrlEncodedContent(form), headers);

    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, string agent = Browser, string? address = Home, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.TryAddWithoutValidation("User-Agent", agent);
        if (address is not null)
        {
            request.Headers.Add(AddressHeader, address);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await app.GetTestClient().SendAsync(request);
    }

    public async Task<List<Click>> ClicksAsync()
    {
        await using var db = Open();
        return await db.Clicks.AsNoTracking().OrderBy(click => click.Id).ToListAsync();
    }

    public async Task<List<LedgerEvent>> LedgerAsync()
    {
        await using var db = Open();
        return await db.Ledger.AsNoTracking().OrderBy(entry => entry.Id).ToListAsync();
    }

    public AdvocacyDb Open() => Services.GetRequiredService<IDbContextFactory<AdvocacyDb>>().CreateDbContext();

    /// <summary>Everything the database has on the disk.</summary>
    public async Task<byte[]> FilesAsync()
    {
        using var all = new MemoryStream();
        foreach (var file in Directory.GetFiles(folder))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            await stream.CopyToAsync(all);
        }

        return all.ToArray();
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static T Added<T>(AdvocacyDb db, T entity)
        where T : class
    {
        db.Add(entity);
        return entity;
    }

    private async Task BuildAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = folder, EnvironmentName = "Testing" });
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.Configure<DatabaseOptions>(options => options.ConnectionString = $"Data Source={Path.Combine(folder, "test.db")};Pooling=False");
        builder.Services.AddAdvocacyCore();
        builder.Services.AddTrackedLinks(builder.Configuration);
        app = builder.Build();
        Services.GetRequiredService<PublicAddress>().Root = new Uri("https://go.example.com/");
        await using (var db = Open())
        {
            await db.Database.MigrateAsync();
        }

        app.Use((context, next) =>
        {
            context.Connection.RemoteIpAddress = (string?)context.Request.Headers[AddressHeader] is { } address ? IPAddress.Parse(address) : null;
            return next(context);
        });
        app.UseTrackedLinks();
        app.MapPrivatePages();
        await app.StartAsync();
    }
}
