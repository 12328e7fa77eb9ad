using System.Net;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Ledger;
using AdvocacyBot.Core.People;
using AdvocacyBot.Core.Programme;
using AdvocacyBot.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Tests.Web.Support;

/// <summary>The Web channel over the real router, database and group commit, with <see cref="FakeProgramme"/> behind them.</summary>
public sealed class WebHost : IAsyncDisposable
{
    private readonly bool ownsFile;

    private WebHost(WebApplication app, string file, bool ownsFile)
    {
        App = app;
        DatabaseFile = file;
        this.ownsFile = ownsFile;
    }

    public WebApplication App { get; }

    public string DatabaseFile { get; }

    public FakeProgramme Programme => App.Services.GetRequiredService<FakeProgramme>();

    public IChatSender Sender => App.Services.GetRequiredService<IChatSender>();

    /// <param name="server">Chooses the server: test server or Kestrel.</param>
    /// <param name="clock">Null: the system's.</param>
    /// <param name="databaseFile">An existing database to share; null: a new one that goes with the host.</param>
    /// <param name="settings">Configuration beside the defaults.</param>
    public static async Task<WebHost> StartAsync(
        Action<IWebHostBuilder> server, TimeProvider? clock = null, string? databaseFile = null, params (string Key, string Value)[] settings)
    {
        var file = databaseFile ?? Path.Combine(Path.GetTempPath(), $"advocacybot-web-{Guid.NewGuid():N}.db");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create<string, string?>(s.Key, s.Value)));
        builder.Logging.ClearProviders();
        builder.Logging.AddConsole().SetMinimumLevel(LogLevel.Warning);
        server(builder.WebHost);
        Add(builder.Services, clock ?? TimeProvider.System, $"Data Source={file}");
        builder.Services.AddWebChannel(builder.Configuration);

        var app = builder.Build();
        app.MapWebChannel();
        var host = new WebHost(app, file, databaseFile is null);
        await using (var db = await app.Services.GetRequiredService<IDbContextFactory<AdvocacyDb>>().CreateDbContextAsync())
        {
            await db.Database.EnsureCreatedAsync();
        }

        await app.Services.PrepareWebChannelAsync(CancellationToken.None);
        await app.StartAsync();
        return host;
    }

    /// <param name="port">0: any free one.</param>
    public static Action<IWebHostBuilder> Kestrel(int port = 0) =>
        builder => builder.UseKestrelCore().ConfigureKestrel(options => options.Listen(IPAddress.Loopback, port));

    public async ValueTask DisposeAsync()
    {
        await App.StopAsync();
        await App.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        if (ownsFile)
        {
            foreach (var suffix in new[] { "", "-wal", "-shm" })
            {
                File.Delete(DatabaseFile + suffix);
            }
        }
    }

    private static void Add(IServiceCollection services, TimeProvider clock, string connectionString)
    {
        services.AddSingleton(clock);
        services.AddSingleton(Options.Create(new DatabaseOptions { ConnectionString = connectionString }));
        services.AddSingleton<Database>();
        services.AddPooledDbContextFactory<AdvocacyDb>((provider, options) =>
            provider.GetRequiredService<Database>().Configure(options, "AdvocacyBot.Core", "__migrations"));
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<AdvocacyDb>>().CreateDbContext());
        services.AddSingleton<GroupCommitter>();
        services.AddHostedService(provider => provider.GetRequiredService<GroupCommitter>());
        services.AddSingleton<QuickReads>().AddSingleton<PeopleDirectory>().AddSingleton<LedgerWriter>().AddSingleton<InteractionRouter>();
        services.AddSingleton(provider => new ErasedBook(provider.GetRequiredService<QuickReads>(), new byte[32]));
        services.AddSingleton(new ActionTokens(new byte[32], clock));
        services.AddSingleton(FakeProgramme.Routes).AddSingleton<FakeProgramme>();
        services.AddScoped<Explanations>().AddScoped<AfterCommit>().AddScoped<DialogEngine>();
        services.AddSingleton(new DialogSet(
        [
            new WaterfallDialog(FakeProgramme.FormDialog, FakeProgramme.AskAsync, FakeProgramme.ThankAsync),
            new FormPrompt(FakeProgramme.FormPromptId, FakeProgramme.JudgeAsync),
        ]));
        services.AddScoped<HelpCommand>().AddScoped<ContentCommand>().AddScoped<BroadcastCommand>().AddScoped<FormCommand>();
        services.AddScoped<CountAction>().AddScoped<FormAction>().AddScoped<TellAction>();
        services.AddScoped<IInteractionHandler<MessageReceived>, Listener>().AddScoped<IInteractionHandler<ReactionChanged>, Listener>();
    }
}
