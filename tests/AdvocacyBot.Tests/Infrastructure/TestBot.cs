using AdvocacyBot.Core;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Links;
using AdvocacyBot.Core.People;
using AdvocacyBot.Core.Programme;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AdvocacyBot.Tests.Infrastructure;

/// <summary>
/// The programme behind the adapters' door: interactions in, replies and rows out, on a database file of its own. <see cref="RestartAsync"/> throws
/// everything in memory away, as a killed host does.
/// </summary>
internal sealed class TestBot : IAsyncDisposable
{
    public const string General = "general";
    public const string Hebrew = "hadashot";
    private static readonly WorkspaceRef Workspace = new(Platforms.Web, "test");
    private readonly string folder = Directory.CreateTempSubdirectory("advocacy").FullName;
    private readonly Action<IServiceCollection>? configure;
    private ServiceProvider services = null!;
    private int interactions;

    private TestBot(Action<IServiceCollection>? configure) => this.configure = configure;

    public ManualTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero));

    public RecordingSender Sender { get; } = new();

    public FakePages Pages { get; } = new();

    public ProgrammeOptions Programme { get; } = new() { Name = "Ambassadors" };

    public IServiceProvider Services => services;

    /// <summary>Two channels and people: olivia (owner), carmen (comms), dana (comms, Hebrew), e1..e6 (employees), h1..h3 (employees, Hebrew).</summary>
    public static async Task<TestBot> StartAsync(Action<IServiceCollection>? configure = null)
    {
        var bot = new TestBot(configure);
        await bot.BuildAsync();
        await bot.SeedAsync();
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
            DedupKey = $"i{++interactions}",
            At = Clock.GetUtcNow(),
        };
    }

    public Task<Reply> CommandAsync(string person, string text, string channel = General) => DispatchAsync(Command(person, text, channel));

    public Task<Reply> DispatchAsync(Interaction interaction) =>
        services.GetRequiredService<InteractionRouter>().DispatchAsync(interaction, CancellationToken.None);

    public ActionPressed Press(string person, AdaptiveCard card, string verb, string channel = General) => new()
    {
        Token = CardReader.Action(card, verb).Data.Token,
        Workspace = Workspace,
        Conversation = new ConversationRef(channel),
        Person = new PersonRef(person),
        DedupKey = $"i{++interactions}",
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
            DedupKey = $"i{++interactions}",
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
        DedupKey = $"i{++interactions}",
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
        Directory.Delete(folder, recursive: true);
    }

    private async Task BuildAsync()
    {
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddSingleton<TimeProvider>(Clock);
        collection.AddOptions();
        collection.Configure<DatabaseOptions>(o => o.ConnectionString = $"Data Source={Path.Combine(folder, "test.db")};Pooling=False");
        collection.AddSingleton(Microsoft.Extensions.Options.Options.Create(Programme));
        collection.AddAdvocacyCore();
        collection.AddSingleton<IChatSender>(Sender).AddSingleton<ILinkPreview>(Pages);
        configure?.Invoke(collection);
        services = collection.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true });
        services.GetRequiredService<PublicAddress>().Root = new Uri("https://go.example.com/");
        await QueryAsync(async db =>
        {
            await db.Database.MigrateAsync();
            return 0;
        });
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

    private Task<int> SeedAsync() => QueryAsync(async db =>
    {
        var now = Clock.GetUtcNow().AddDays(-30);
        var workspace = new Workspace { Platform = Workspace.Platform, ExternalId = Workspace.Id, Name = "Test", Language = "en", TimeZone = "Europe/London", CreatedAt = now };
        db.Add(workspace);
        await db.SaveChangesAsync();
        var channels = new[]
        {
            new Conversation { WorkspaceId = workspace.Id, ExternalId = General, Name = "general", TimeZone = "Europe/London", CreatedAt = now },
            new Conversation { WorkspaceId = workspace.Id, ExternalId = Hebrew, Name = "חדשות", Language = "he", TimeZone = "Asia/Jerusalem", CreatedAt = now },
        };
        db.AddRange(channels);
        var people = new List<Person>();
        Add("olivia", "Olivia Owens", "en", Roles.Owner);
        Add("carmen", "Carmen Cole", "en", Roles.Comms);
        Add("dana", "דנה כהן", "he", Roles.Comms);
        for (var i = 1; i <= 6; i++)
        {
            Add($"e{i}", $"Employee {i}", "en", Roles.None);
        }

        for (var i = 1; i <= 3; i++)
        {
            Add($"h{i}", $"עובדת {i}", "he", Roles.None);
        }

        db.AddRange(people);
        await db.SaveChangesAsync();
        foreach (var channel in channels)
        {
            foreach (var person in people)
            {
                db.Add(new Membership { ConversationId = channel.Id, PersonId = person.Id, JoinedAt = now });
            }
        }

        return await db.SaveChangesAsync();

        void Add(string id, string name, string language, Roles roles) => people.Add(new Person
        {
            WorkspaceId = workspace.Id,
            ExternalId = id,
            Name = name,
            Language = language,
            Roles = roles,
            CreatedAt = now,
        });
    });
}

/// <summary>A chat platform that keeps what it is sent, and says "gone" to an update of a message it does not have.</summary>
internal sealed class RecordingSender : IChatSender
{
    public List<(OutboundMessage Message, string Id)> Sent { get; } = [];

    public List<(OutboundMessage Message, string Id)> Updated { get; } = [];

    /// <summary>Answers the next sends instead of taking them, in order.</summary>
    public Queue<SendResult> Next { get; } = new();

    /// <summary>Takes the message and then loses the connection.</summary>
    public bool BreakAfterTaking { get; set; }

    public bool CanFind { get; set; } = true;

    public string Platform => Platforms.Web;

    public Task<SendResult> SendAsync(OutboundMessage message, CancellationToken cancellationToken)
    {
        Assert.DoesNotContain(Sent, sent => sent.Message.DeliveryId == message.DeliveryId);
        if (Next.TryDequeue(out var answer))
        {
            return Task.FromResult(answer);
        }

        var id = $"m{Sent.Count + 1}";
        Sent.Add((message, id));
        return BreakAfterTaking ? throw new IOException("connection lost") : Task.FromResult<SendResult>(new SendResult.Sent(id));
    }

    public Task<SendResult> UpdateAsync(OutboundMessage message, string messageId, CancellationToken cancellationToken)
    {
        if (!Sent.Exists(sent => sent.Id == messageId))
        {
            return Task.FromResult<SendResult>(new SendResult.Gone("message_gone"));
        }

        Updated.Add((message, messageId));
        return Task.FromResult<SendResult>(new SendResult.Sent(messageId));
    }

    public Task<Reconciled> FindAsync(WorkspaceRef workspace, ConversationRef conversation, Guid deliveryId, CancellationToken cancellationToken)
    {
        if (!CanFind)
        {
            return Task.FromResult<Reconciled>(new Reconciled.CannotTell());
        }

        var found = Sent.Find(sent => sent.Message.DeliveryId == deliveryId);
        return Task.FromResult<Reconciled>(found.Id is null ? new Reconciled.NotThere() : new Reconciled.Found(found.Id));
    }
}

/// <summary>Pages that can be previewed; every other address cannot be fetched.</summary>
internal sealed class FakePages : ILinkPreview
{
    public Dictionary<string, LinkPreview> Known { get; } = [];

    public Task<LinkPreviewResult> FetchAsync(Uri link, CancellationToken cancellationToken) =>
        Task.FromResult<LinkPreviewResult>(Known.TryGetValue(link.AbsoluteUri, out var page)
            ? new LinkPreviewResult.Found(page)
            : new LinkPreviewResult.NotFetched(LinkPreviewFailure.Unreachable, null));
}
