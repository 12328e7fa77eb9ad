using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace AdvocacyBot.Web.Data;

/// <summary>The browser chat's own tables, in the programme's database.</summary>
internal sealed class WebDb(DbContextOptions<WebDb> options) : DbContext(options)
{
    public const string HistoryTable = "__web_migrations";

    public DbSet<WebMessage> Messages => Set<WebMessage>();

    public DbSet<WebOverlay> Overlays => Set<WebOverlay>();

    public DbSet<WebReaction> Reactions => Set<WebReaction>();

    public DbSet<WebClock> Clock => Set<WebClock>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<Milliseconds>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<WebMessage>(e =>
        {
            e.ToTable("web_messages");
            e.HasIndex(x => new { x.ChannelId, x.Seq, x.VisibleTo });
            e.HasIndex(x => new { x.ChangeSeq, x.VisibleTo });
            e.HasIndex(x => x.DeliveryId).IsUnique();
            e.HasIndex(x => x.DedupKey).IsUnique();
        });
        modelBuilder.Entity<WebOverlay>(e =>
        {
            e.ToTable("web_overlays");
            e.HasKey(x => new { x.MessageId, x.PersonId });
            e.HasIndex(x => new { x.PersonId, x.ChangeSeq });
        });
        modelBuilder.Entity<WebReaction>(e =>
        {
            e.ToTable("web_reactions");
            e.HasKey(x => new { x.MessageId, x.PersonId, x.Reaction });
        });
        modelBuilder.Entity<WebClock>(e =>
        {
            e.ToTable("web_clock");
            e.Property(x => x.Id).ValueGeneratedNever();
            e.HasData(new WebClock { Id = 1, Seq = 0 });
        });
    }

    private sealed class Milliseconds() : ValueConverter<DateTimeOffset, long>(
        value => value.ToUnixTimeMilliseconds(),
        value => DateTimeOffset.FromUnixTimeMilliseconds(value));
}
