using System.Collections.Concurrent;
using AdvocacyBot.Core;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Core.Feeds;
using AdvocacyBot.Core.Links;
using AdvocacyBot.Core.Programme;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AdvocacyBot.Tests.Infrastructure;

/// <summary>
/// The programme behind the adapters' door: interactions in, replies and rows out, on a database of its own. <see cref="RestartAsync"/> throws
/// everything in memory away, as a killed host does.
/// </summary>
internal sealed class TestBot : IAsyncDisposable
{
    public const string General = "general";
    public const string Hebrew = "hadashot";
    private static readonly WorkspaceRef Workspace = TestData.Workspace;
    private readonly TestDatabase database;
    private readonly Action<IServiceCollection>? configure;
    private ServiceProvider services = null!;
    private int interactions;

    private TestBot(TestDatabase database, Action<IServiceCollection>? configure)
    {
        this.database = database;
        this.configure = configure;
    }

    public ManualTimeProvider Clock { get; } = new(TestData.Now);

    public RecordingSender Sender { get; } = new();

    public FakePages Pages { get; } = new();

    public FakeFeeds Feeds { get; } = new();

    /// <summary>Everything that was answered, in no order.</summary>
    public ConcurrentBag<Reply> Replies { get; } = [];

    public ProgrammeOptions Programme { get; } = new() { Name = "Ambassadors" };

    public IServiceProvider Services => services;

    /// <summary>With the channels and people of <see cref="TestData"/>; on SQLite, or where <see cref="TestDatabase"/> says.</summary>
    public static async Task<TestBot> StartAsync(Action<IServiceCollection>? configure = null)
    {
        var bot = new TestBot(await TestDatabase.CreateAsync(), configure);
        await bot.BuildAsync();
        return bot;
    }

    public async Task RestartAsync()
    {
        await StopAsync();
        await BuildAsync();
    }

    public CommandInvoked Command(string person, string text, string channel = General)
    {
        var parts = text.Split(' ', 2);
        return new CommandInvoked
        {
            Name = parts[0],
            Arguments = parts.Length > 1 ? parts[1] : "",
            Workspace = Workspace,
            Conversation = new ConversationRef(channel),
            Person = new PersonRef(person),
            DedupKey = $"i{Interlocked.Increment(ref interactions)}",
            At = Clock.GetUtcNow(),
        };
    }

    public Task<Reply> CommandAsync(string person, string text, string channel = General) => DispatchAsync(Command(person, text, channel));

    public async Task<Reply> DispatchAsync(Interaction interaction)
    {
        var reply = await services.GetRequiredService<InteractionRouter>().DispatchAsync(interaction, CancellationToken.None);
        Replies.Add(reply);
        return reply;
    }

    public ActionPressed Press(string person, AdaptiveCard card, string verb, string channel = General) => new()
    {
        Token = CardReader.Action(card, verb).Data.Token,
        Workspace = Workspace,
        Conversation = new ConversationRef(channel),
        Person = new PersonRef(person),
        DedupKey = $"i{Interlocked.Increment(ref interactions)}",
        At = Clock.GetUtcNow(),
    };

    public Task<Reply> PressAsync(string person, AdaptiveCard card, string verb, string channel = General) =>
        DispatchAsync(Press(person, card, verb, channel));

    public FormSubmitted Answer(string person, Form form, string action, string channel, params (string Id, string Value)[] changed)
    {
        var inputs = CardReader.Inputs(form.Card);
        foreach (var (id, value) in changed)
        {
            Assert.True(inputs.ContainsKey(id), $"The form has no input '{id}'.");
            inputs[id] = value;
        }

        return new FormSubmitted
        {
            Token = form.Token,
            Action = action,
            Inputs = inputs,
            Workspace = Workspace,
            Conversation = new ConversationRef(channel),
            Person = new PersonRef(person),
            DedupKey = $"i{Interlocked.Increment(ref interactions)}",
            At = Clock.GetUtcNow(),
        };
    }

    public Task<Reply> SubmitAsync(string person, Form form, string action, params (string Id, string Value)[] changed) =>
        DispatchAsync(Answer(person, form, action, General, changed));

    public ReactionChanged Reaction(string person, string messageId, string reaction, bool added, DateTimeOffset at, string channel = General) => new()
    {
        Message = new MessageRef(channel, messageId),
        Reaction = reaction,
        Added = added,
        Workspace = Workspace,
        Conversation = new ConversationRef(channel),
        Person = new PersonRef(person),
        DedupKey = $"i{Interlocked.Increment(ref interactions)}",
        At = at,
    };

    public async Task SendOutboxAsync()
    {
        var ids = await QueryAsync(db => db.Workspaces.Select(w => w.Id).ToListAsync());
        foreach (var id in ids)
        {
            await services.GetRequiredService<DeliveryWorker>().RunAsync(id, CancellationToken.None);
        }
    }

    public async Task<T> QueryAsync<T>(Func<AdvocacyDb, Task<T>> query)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<AdvocacyDb>>().CreateDbContextAsync();
        return await query(db);
    }

    public async Task<T> ScopedAsync<TService, T>(Func<TService, Task<T>> use)
        where TService : notnull
    {
        await using var scope = services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        database.Dispose();
    }

    private async Task BuildAsync()
    {
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddSingleton<TimeProvider>(Clock);
        collection.AddOptions();
        collection.Configure<DatabaseOptions>(database.Configure);
        collection.AddSingleton(Microsoft.Extensions.Options.Options.Create(Programme));
        collection.AddAdvocacyCore();

        // Each bot has a data source of its own on PostgreSQL, and EF counts those.
        collection.ConfigureDbContext<AdvocacyDb>(options => options.ConfigureWarnings(warnings => warnings.Ignore(CoreEventId.ManyServiceProvidersCreatedWarning)));
        collection.AddSingleton<IChatSender>(Sender).AddSingleton<ILinkPreview>(Pages).AddSingleton<IFeedReader>(Feeds);
        configure?.Invoke(collection);
        services = collection.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true });
        services.GetRequiredService<PublicAddress>().Root = new Uri("https://go.example.com/");
        await services.GetRequiredService<Keys>().LoadAsync(CancellationToken.None);
        foreach (var hosted in services.GetServices<IHostedService>())
        {
            await hosted.StartAsync(CancellationToken.None);
        }
    }

    private async Task StopAsync()
    {
        foreach (var hosted in services.GetServices<IHostedService>())
        {
            await hosted.StopAsync(CancellationToken.None);
        }

        await services.DisposeAsync();
    }
}
