using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace AdvocacyBot.Slack.Data;

/// <summary>The Slack channel's own tables, in the programme's database.</summary>
internal sealed class SlackDb(DbContextOptions<SlackDb> options) : DbContext(options)
{
    public const string HistoryTable = "__slack_migrations";

    public DbSet<SlackInstallation> Installations => Set<SlackInstallation>();

    public DbSet<SlackPerson> People => Set<SlackPerson>();

    public DbSet<SlackChannelState> Channels => Set<SlackChannelState>();

    public DbSet<SlackKey> Keys => Set<SlackKey>();

    public DbSet<SlackEvent> Events => Set<SlackEvent>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<Milliseconds>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<SlackInstallation>(e =>
        {
            e.ToTable("slack_installations");
            e.Property(x => x.Version).IsConcurrencyToken();
        });
        modelBuilder.Entity<SlackPerson>(e =>
        {
            e.ToTable("slack_people");
            e.HasKey(x => new { x.InstallationId, x.UserId });
        });
        modelBuilder.Entity<SlackChannelState>(e =>
        {
            e.ToTable("slack_channels");
            e.HasKey(x => new { x.InstallationId, x.ChannelId });
        });
        modelBuilder.Entity<SlackKey>(e => e.ToTable("slack_keys"));
        modelBuilder.Entity<SlackEvent>(e =>
        {
            e.ToTable("slack_events");
            e.HasKey(x => x.Key);
            e.HasIndex(x => x.DueAt);
        });
    }

    private sealed class Milliseconds() : ValueConverter<DateTimeOffset, long>(
        value => value.ToUnixTimeMilliseconds(),
        value => DateTimeOffset.FromUnixTimeMilliseconds(value));
}
