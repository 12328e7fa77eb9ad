using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Core.Digests;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.People;
using AdvocacyBot.Core.Programme;
using AdvocacyBot.Core.Recognition;
using AdvocacyBot.Core.Reports;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Tests.Digests;

/// <summary>A database (a temporary file, or PostgreSQL) with one workspace, and short ways to put a programme into it. The present is Monday 23 November 2026, 09:30 UTC.</summary>
internal sealed class DigestWorld : IAsyncDisposable, IDbContextFactory<AdvocacyDb>
{
    public static readonly DateTimeOffset Monday = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);

    private readonly string file = Path.Combine(Path.GetTempPath(), $"advocacy-{Guid.NewGuid():N}.db");
    private int serial;

    private DigestWorld(string? postgres, DateTimeOffset now)
    {
        Clock = new ManualTimeProvider(now);
        Database = new Database(Options.Create(postgres is null
            ? new DatabaseOptions { ConnectionString = $"Data Source={file}" }
            : new DatabaseOptions { Provider = DatabaseProvider.PostgreSql, ConnectionString = postgres }));
    }

    public Database Database { get; }

    public ManualTimeProvider Clock { get; }

    public DeliverySignal Signal { get; } = new();

    public Workspace Workspace { get; private set; } = null!;

    public ActionTokens Tokens => new(new byte[32], Clock);

    public DigestCards Cards => new(Tokens, Clock);

    public DigestQuery Query => new(Database);

    public HolidayOptions HolidaySettings { get; } = new();

    public ReadDigestExtras Extras(AdvocacyDb db) => new(db, new Holidays(db, Options.Create(HolidaySettings)), new DigestGoals(this, new DayLadders(Database)), new ProgrammeMilestones(new DayLadders(Database)));

    public PlanDigests Plan => new(Database, this, Signal, Clock, NullLogger<PlanDigests>.Instance);

    /// <param name="postgres">Connection string of an empty database; null: SQLite.</param>
    /// <param name="now">Null: Monday, 09:30.</param>
    /// <param name="migrated">Made by the migrations, triggers included, rather than from the model.</param>
    public static async Task<DigestWorld> CreateAsync(string? postgres = null, DateTimeOffset? now = null, bool migrated = false)
    {
        var world = new DigestWorld(postgres, now ?? Monday.AddHours(9.5));
        await using (var db = new AdvocacyDb(TestDatabase.ContextOptions(world.Database)))
        {
            await (migrated ? db.Database.MigrateAsync() : db.Database.EnsureCreatedAsync());
        }

        await world.ChangeWorkspaceAsync();
        return world;
    }

    /// <summary>What is added from now on belongs to a new workspace.</summary>
    public async Task ChangeWorkspaceAsync() => Workspace = await AddAsync(NewWorkspace());

    public void MoveTo(DateTimeOffset time) => Clock.Advance(time - Clock.GetUtcNow());

    public AdvocacyDb CreateDbContext()
    {
        var options = new DbContextOptionsBuilder<AdvocacyDb>();
        Database.Configure(options, "AdvocacyBot.Host", "history");
        return new AdvocacyDb(options.Options);
    }

    public async Task<T> AddAsync<T>(T entity)
        where T : class
    {
        await using var db = CreateDbContext();
        db.Add(entity);
        await db.SaveChangesAsync();
        return entity;
    }

    public async Task ChangeAsync(Func<AdvocacyDb, Task> change)
    {
        await using var db = CreateDbContext();
        await change(db);
        await db.SaveChangesAsync();
    }

    public async Task<List<Core.Data.Delivery>> DeliveriesAsync()
    {
        await using var db = CreateDbContext();
        return await db.Deliveries.AsNoTracking().OrderBy(d => d.Id).ToListAsync();
    }

    public Workspace NewWorkspace() => new()
    {
        Platform = Platforms.Web, ExternalId = $"w{++serial}", Name = "Acme", Language = "en", TimeZone = "Etc/UTC", CreatedAt = Monday.AddYears(-1),
    };

    public Conversation NewChannel(Action<Conversation>? with = null, ConversationKind kind = ConversationKind.Channel, DateTimeOffset? createdAt = null)
    {
        var channel = new Conversation
        {
            WorkspaceId = Workspace.Id, ExternalId = $"c{++serial}", Kind = kind, Name = "general", CreatedAt = createdAt ?? Monday.AddDays(-100),
        };
        with?.Invoke(channel);
        return channel;
    }

    public Person NewPerson(string name, Action<Person>? with = null)
    {
        var person = new Person { WorkspaceId = Workspace.Id, ExternalId = $"p{++serial}", Name = name, CreatedAt = Monday.AddDays(-100) };
        with?.Invoke(person);
        return person;
    }

    public async Task<List<Person>> AddMembersAsync(Conversation channel, int count, DateTimeOffset? joinedAt = null)
    {
        var people = Enumerable.Range(1, count).Select(n => NewPerson($"Person {n}")).ToList();
        await ChangeAsync(async db =>
        {
            db.AddRange(people);
            await db.SaveChangesAsync();
            db.AddRange(people.Select(p => new Membership { ConversationId = channel.Id, PersonId = p.Id, JoinedAt = joinedAt ?? Monday.AddDays(-90) }));
        });
        return people;
    }

    /// <summary>A campaign of the first person there is, with its prompt in a channel.</summary>
    public async Task<Prompt> AddCampaignAsync(
        Conversation channel, string title, DateTimeOffset? postedAt, DateTimeOffset? endedAt = null, CampaignState state = CampaignState.Running, DateTimeOffset? startsAt = null)
    {
        await using var db = CreateDbContext();
        var author = await db.People.OrderBy(p => p.Id).FirstOrDefaultAsync() ?? NewPerson("Author");
        db.Update(author);
        await db.SaveChangesAsync();
        var campaign = new Campaign
        {
            WorkspaceId = Workspace.Id, AuthorId = author.Id, Code = $"k{++serial}", State = state, Title = title, Link = "https://example.com", Language = "en",
        };
        db.Add(campaign);
        await db.SaveChangesAsync();
        var prompt = new Prompt
        {
            CampaignId = campaign.Id, ConversationId = channel.Id, StartsAt = startsAt ?? postedAt ?? Monday, PostedAt = postedAt, EndedAt = endedAt,
        };
        db.Add(prompt);
        await db.SaveChangesAsync();
        return prompt;
    }

    public LedgerEvent Event(Prompt prompt, Person person, LedgerKind kind, DateTimeOffset at, int amount = 1) => new()
    {
        Key = $"e{++serial}", WorkspaceId = Workspace.Id, ConversationId = prompt.ConversationId, CampaignId = prompt.CampaignId, PersonId = person.Id, Kind = kind,
        Amount = amount, At = at, RecordedAt = at,
    };

    public TurnContext Turn(Conversation channel, Person person, Language? language = null)
    {
        var workspace = WorkspaceInfo.From(Workspace);
        return new TurnContext
        {
            Workspace = workspace, Conversation = ConversationInfo.From(channel, workspace), Person = PersonInfo.From(person),
            Language = language ?? Language.English, Now = Clock.GetUtcNow(),
        };
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        foreach (var left in Directory.GetFiles(Path.GetTempPath(), Path.GetFileName(file) + "*"))
        {
            File.Delete(left);
        }
    }
}
