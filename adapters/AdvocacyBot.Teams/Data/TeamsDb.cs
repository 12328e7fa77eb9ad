using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Teams.Data;

/// <summary>The channel's own table, in the programme's database.</summary>
internal sealed class TeamsDb(DbContextOptions<TeamsDb> options) : DbContext(options)
{
    public const string HistoryTable = "__teams_migrations";

    public DbSet<TeamsConversation> Conversations => Set<TeamsConversation>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<TeamsConversation>(e =>
    {
        e.ToTable("teams_conversations");
        e.HasKey(x => new { x.TenantId, x.Id });
        e.HasIndex(x => new { x.TenantId, x.UserId });
    });
}

/// <summary>A <see cref="ConversationReference"/> as it is stored.</summary>
internal sealed class TeamsConversation
{
    public required string TenantId { get; init; }

    public required string Id { get; init; }

    public required int Kind { get; init; }

    public required string ServiceUrl { get; init; }

    public string? UserId { get; init; }

    public string? TeamId { get; init; }

    public string? Blocked { get; init; }

    /// <summary>Unix milliseconds.</summary>
    public required long UpdatedAt { get; init; }
}
