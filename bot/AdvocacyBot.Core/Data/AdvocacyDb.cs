using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace AdvocacyBot.Core.Data;

/// <summary>The programme's data, the same model on SQLite and PostgreSQL. Instants are stored as UTC milliseconds since 1970.</summary>
public sealed class AdvocacyDb(DbContextOptions<AdvocacyDb> options) : DbContext(options)
{
    public DbSet<Workspace> Workspaces => Set<Workspace>();

    public DbSet<Conversation> Conversations => Set<Conversation>();

    public DbSet<Person> People => Set<Person>();

    public DbSet<Membership> Memberships => Set<Membership>();

    public DbSet<Campaign> Campaigns => Set<Campaign>();

    public DbSet<CampaignText> CampaignTexts => Set<CampaignText>();

    public DbSet<Prompt> Prompts => Set<Prompt>();

    public DbSet<Share> Shares => Set<Share>();

    public DbSet<LedgerEvent> Ledger => Set<LedgerEvent>();

    public DbSet<PromptReaction> PromptReactions => Set<PromptReaction>();

    public DbSet<Click> Clicks => Set<Click>();

    public DbSet<UserAgent> UserAgents => Set<UserAgent>();

    public DbSet<Delivery> Deliveries => Set<Delivery>();

    public DbSet<DialogState> DialogStates => Set<DialogState>();

    public DbSet<SeenInteraction> SeenInteractions => Set<SeenInteraction>();

    public DbSet<Secret> Secrets => Set<Secret>();

    public DbSet<Suggestion> Suggestions => Set<Suggestion>();

    public DbSet<SuggestionCredit> SuggestionCredits => Set<SuggestionCredit>();

    public DbSet<AuditEntry> Audit => Set<AuditEntry>();

    public DbSet<RecognitionSettings> RecognitionSettings => Set<RecognitionSettings>();

    public DbSet<RecognitionChoice> RecognitionChoices => Set<RecognitionChoice>();

    public DbSet<BadgeTrace> BadgeTraces => Set<BadgeTrace>();

    public DbSet<Rest> Rests => Set<Rest>();

    public DbSet<Thanks> Thanks => Set<Thanks>();

    public DbSet<RewardBudget> RewardBudgets => Set<RewardBudget>();

    public DbSet<Reward> Rewards => Set<Reward>();

    public DbSet<Spending> Spending => Set<Spending>();

    public DbSet<HelpRequest> HelpRequests => Set<HelpRequest>();

    public DbSet<ApprovedAnswer> ApprovedAnswers => Set<ApprovedAnswer>();

    public DbSet<PersonProfile> PersonProfiles => Set<PersonProfile>();

    public DbSet<DirectoryEntry> Directory => Set<DirectoryEntry>();

    public DbSet<AccountCode> AccountCodes => Set<AccountCode>();

    public DbSet<CodeAttempts> CodeAttempts => Set<CodeAttempts>();

    public DbSet<BroadcastProgress> BroadcastProgress => Set<BroadcastProgress>();
    public DbSet<Feed> Feeds => Set<Feed>();

    public DbSet<FeedItem> FeedItems => Set<FeedItem>();

    public DbSet<Recurrence> Recurrences => Set<Recurrence>();

    public DbSet<Kickoff> Kickoffs => Set<Kickoff>();

    public DbSet<OwnTemplate> OwnTemplates => Set<OwnTemplate>();

    public DbSet<Disclosure> Disclosures => Set<Disclosure>();

    public DbSet<PersonPreferences> Preferences => Set<PersonPreferences>();

    public DbSet<PersonNetwork> PersonNetworks => Set<PersonNetwork>();

    public DbSet<FewerLikeThis> FewerLikeThis => Set<FewerLikeThis>();

    public DbSet<PolicyVersion> PolicyVersions => Set<PolicyVersion>();

    public DbSet<ExportLink> ExportLinks => Set<ExportLink>();

    public DbSet<Goal> Goals => Set<Goal>();

    public DbSet<ClickCost> ClickCosts => Set<ClickCost>();

    public DbSet<Conversion> Conversions => Set<Conversion>();

    public DbSet<ConversionKey> ConversionKeys => Set<ConversionKey>();
    public DbSet<ErasedPerson> ErasedPeople => Set<ErasedPerson>();
    public DbSet<ReportLink> ReportLinks => Set<ReportLink>();

    public DbSet<ReportSession> ReportSessions => Set<ReportSession>();

    public DbSet<ReportDay> ReportDays => Set<ReportDay>();

    public DbSet<ReportCalendar> ReportCalendars => Set<ReportCalendar>();

    public DbSet<ReportProgress> ReportProgress => Set<ReportProgress>();

    public DbSet<ReportStale> ReportStale => Set<ReportStale>();

    public DbSet<ReportProfiles> ReportProfiles => Set<ReportProfiles>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        ArgumentNullException.ThrowIfNull(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMillisecondsConverter>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);

        // Tables of a feature of its own stand beside its entities, each in an IEntityTypeConfiguration.
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(AdvocacyDb).Assembly);
        modelBuilder.Entity<Workspace>(e =>
        {
            e.ToTable("workspaces");
            e.HasIndex(x => new { x.Platform, x.ExternalId }).IsUnique();
            e.Ignore(x => x.Ref);
        });
        modelBuilder.Entity<Conversation>(e =>
        {
            e.ToTable("conversations");
            e.HasIndex(x => new { x.WorkspaceId, x.ExternalId }).IsUnique();
            e.HasOne<Workspace>().WithMany().HasForeignKey(x => x.WorkspaceId);
            e.Ignore(x => x.Ref);
        });
        modelBuilder.Entity<Person>(e =>
        {
            e.ToTable("people");
            e.HasIndex(x => new { x.WorkspaceId, x.ExternalId }).IsUnique();
            e.HasOne<Workspace>().WithMany().HasForeignKey(x => x.WorkspaceId);
            e.Ignore(x => x.Ref);
            e.Ignore(x => x.ChosenLanguage);
        });
        modelBuilder.Entity<Membership>(e =>
        {
            e.ToTable("memberships");
            e.HasIndex(x => new { x.ConversationId, x.PersonId, x.JoinedAt }).IsUnique();
            e.HasIndex(x => x.PersonId);
            e.HasOne<Conversation>().WithMany().HasForeignKey(x => x.ConversationId);
            e.HasOne<Person>().WithMany().HasForeignKey(x => x.PersonId);
        });
        modelBuilder.Entity<Campaign>(e =>
        {
            e.ToTable("campaigns");
            e.HasIndex(x => x.Code).IsUnique();
            e.HasIndex(x => new { x.WorkspaceId, x.State });
            e.HasIndex(x => x.AuthorId);
            e.Property(x => x.Version).IsConcurrencyToken();
            e.HasOne<Workspace>().WithMany().HasForeignKey(x => x.WorkspaceId);
            e.HasOne<Person>().WithMany().HasForeignKey(x => x.AuthorId);
            e.HasMany(x => x.Texts).WithOne().HasForeignKey(x => x.CampaignId);
            e.HasMany(x => x.Prompts).WithOne().HasForeignKey(x => x.CampaignId);
            e.Ignore(x => x.NetworkKeys);
            e.Ignore(x => x.Writers);
            e.Ignore(x => x.ShowsSponsor);
        });
        modelBuilder.Entity<CampaignText>(e =>
        {
            e.ToTable("campaign_texts");
            e.HasIndex(x => x.CampaignId);
        });
        modelBuilder.Entity<Prompt>(e =>
        {
            e.ToTable("prompts");
            e.HasIndex(x => new { x.CampaignId, x.ConversationId }).IsUnique();
            e.HasIndex(x => new { x.ConversationId, x.MessageId });
            e.Property(x => x.Direct).HasDefaultValue(false);
            e.HasIndex(x => x.Direct).HasFilter("\"Direct\"");
            e.HasOne<Conversation>().WithMany().HasForeignKey(x => x.ConversationId);
        });
        modelBuilder.Entity<Share>(e =>
        {
            e.ToTable("shares");
            e.HasIndex(x => new { x.CampaignId, x.PersonId }).IsUnique();
            e.HasIndex(x => x.Code).IsUnique();
            e.HasIndex(x => x.PrivateCode).IsUnique();
            e.HasIndex(x => x.PersonId);
            e.HasOne<Campaign>().WithMany().HasForeignKey(x => x.CampaignId);
            e.HasOne<Person>().WithMany().HasForeignKey(x => x.PersonId);
        });
        modelBuilder.Entity<LedgerEvent>(e =>
        {
            // No foreign keys: the ledger outlives what it speaks of, and is written in bulk.
            e.ToTable("ledger");
            e.HasIndex(x => x.Key).IsUnique();
            e.HasIndex(x => new { x.ConversationId, x.At, x.Kind, x.PersonId, x.Amount, x.CampaignId });
            e.HasIndex(x => new { x.CampaignId, x.Kind, x.PersonId, x.Amount });
        });
        modelBuilder.Entity<PromptReaction>(e =>
        {
            e.ToTable("prompt_reactions");
            e.HasKey(x => new { x.PromptId, x.PersonId, x.Reaction });
            e.Property(x => x.Changes).IsConcurrencyToken();
            e.Property(x => x.ChangedAt).IsConcurrencyToken();
        });
        modelBuilder.Entity<Click>(e =>
        {
            e.ToTable("clicks");
            e.HasIndex(x => new { x.ConversationId, x.At, x.Class, x.CampaignId });
        });
        modelBuilder.Entity<UserAgent>(e =>
        {
            e.ToTable("user_agents");
            e.HasIndex(x => x.Text).IsUnique();
        });
        modelBuilder.Entity<Delivery>(e =>
        {
            e.ToTable("deliveries");
            e.Ignore(x => x.BuiltVersion);
            e.HasIndex(x => x.Key).IsUnique();
            e.HasIndex(x => x.PublicId).IsUnique();
            e.Property(x => x.Priority).HasDefaultValue(0);
            e.HasIndex(x => new { x.WorkspaceId, x.State, x.Priority, x.NotBefore });
            e.HasIndex(x => new { x.PromptId, x.Kind, x.State });
            e.HasIndex(x => new { x.PersonId, x.Kind, x.State });
        });
        modelBuilder.Entity<DialogState>(e =>
        {
            e.ToTable("dialog_states");
            e.HasKey(x => new { x.ConversationId, x.PersonId });
            e.Property(x => x.Version).IsConcurrencyToken();
        });
        modelBuilder.Entity<SeenInteraction>(e =>
        {
            e.ToTable("seen_interactions");
            e.HasKey(x => x.Key);
            e.HasIndex(x => x.At);
        });
        modelBuilder.Entity<Secret>(e =>
        {
            e.ToTable("secrets");
            e.HasKey(x => x.Name);
        });
        modelBuilder.Entity<Suggestion>(e =>
        {
            e.ToTable("suggestions");
            e.HasIndex(x => x.OpenKey).IsUnique();
            e.HasIndex(x => new { x.WorkspaceId, x.State, x.CreatedAt });
            e.Property(x => x.Version).IsConcurrencyToken();
            e.HasOne<Workspace>().WithMany().HasForeignKey(x => x.WorkspaceId);
        });
        modelBuilder.Entity<SuggestionCredit>(e =>
        {
            e.ToTable("suggestion_credits");
            e.HasKey(x => new { x.SuggestionId, x.PersonId });
            e.HasIndex(x => x.PersonId);
            e.HasOne<Suggestion>().WithMany().HasForeignKey(x => x.SuggestionId);
            e.HasOne<Person>().WithMany().HasForeignKey(x => x.PersonId);
        });
        modelBuilder.Entity<HelpRequest>(e =>
        {
            e.ToTable("help_requests");
            e.HasIndex(x => new { x.WorkspaceId, x.State, x.CreatedAt });
            e.HasIndex(x => x.PersonId);
            e.Property(x => x.Version).IsConcurrencyToken();
            e.HasOne<Workspace>().WithMany().HasForeignKey(x => x.WorkspaceId);
            e.HasOne<Person>().WithMany().HasForeignKey(x => x.PersonId);
        });
        modelBuilder.Entity<ApprovedAnswer>(e =>
        {
            e.ToTable("approved_answers");
            e.HasIndex(x => x.WorkspaceId);
            e.HasOne<Workspace>().WithMany().HasForeignKey(x => x.WorkspaceId);
        });
        modelBuilder.Entity<AuditEntry>(e =>
        {
            // No foreign keys: it outlives what it speaks of.
            e.ToTable("audit");
            e.HasIndex(x => new { x.WorkspaceId, x.At });
        });
    }
}

/// <summary>SQLite has no type for instants that it can compare; whole milliseconds compare alike on both databases.</summary>
internal sealed class UnixMillisecondsConverter() : ValueConverter<DateTimeOffset, long>(
    value => value.ToUnixTimeMilliseconds(),
    value => DateTimeOffset.FromUnixTimeMilliseconds(value));
