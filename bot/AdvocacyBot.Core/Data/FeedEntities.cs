using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdvocacyBot.Core.Data;

/// <summary>An RSS or Atom feed whose new items go into the queue of suggestions.</summary>
public sealed class Feed
{
    public long Id { get; init; }

    public long WorkspaceId { get; init; }

    /// <summary>Where its first look was asked for; notes about the queue count as coming from here.</summary>
    public long ConversationId { get; init; }

    /// <summary>http or https; follows permanent redirects.</summary>
    public required string Address { get; set; }

    /// <summary>Unique: workspace and canonical address.</summary>
    public required string Key { get; set; }

    /// <summary>As the feed names itself.</summary>
    public required string Title { get; set; }

    public DateTimeOffset? PausedAt { get; set; }

    /// <summary>What the server gave the last time, to be asked whether anything changed since.</summary>
    public string? ETag { get; set; }

    /// <summary>As <see cref="ETag"/>: the header's own text.</summary>
    public string? LastModified { get; set; }

    /// <summary>Not to be looked at before.</summary>
    public DateTimeOffset NextAt { get; set; }

    public DateTimeOffset? LookedAt { get; set; }

    /// <summary>Name of a <see cref="Feeds.FeedFailure"/>; null: the last look went well.</summary>
    public string? Problem { get; set; }

    /// <summary>A word beside <see cref="Problem"/>, e.g. a status.</summary>
    public string? ProblemDetail { get; set; }

    /// <summary>Looks in a row that failed.</summary>
    public int Failures { get; set; }

    /// <summary>Items that became suggestions, or joined one.</summary>
    public int Brought { get; set; }

    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>An item of a feed that has been dealt with.</summary>
public sealed class FeedItem
{
    public long FeedId { get; init; }

    /// <summary>Canonical link in fixed length.</summary>
    public required string Key { get; init; }

    public DateTimeOffset At { get; init; }
}

internal sealed class FeedTable : IEntityTypeConfiguration<Feed>
{
    public void Configure(EntityTypeBuilder<Feed> builder)
    {
        builder.ToTable("feeds");
        builder.HasIndex(x => x.Key).IsUnique();
        builder.HasIndex(x => x.NextAt);
        builder.HasOne<Workspace>().WithMany().HasForeignKey(x => x.WorkspaceId);
        builder.HasIndex(x => x.WorkspaceId);
    }
}

internal sealed class FeedItemTable : IEntityTypeConfiguration<FeedItem>
{
    public void Configure(EntityTypeBuilder<FeedItem> builder)
    {
        builder.ToTable("feed_items");
        builder.HasKey(x => new { x.FeedId, x.Key });
        builder.HasOne<Feed>().WithMany().HasForeignKey(x => x.FeedId);
    }
}
