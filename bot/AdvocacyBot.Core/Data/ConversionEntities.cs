using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdvocacyBot.Core.Data;

/// <summary>What came of a visit, as another system reports it; the numbers are stored.</summary>
public enum ConversionType
{
    Applicant = 0,
    Lead = 1,
}

/// <summary>
/// One applicant or lead, under the id that the reporting system gave it. Nothing in it says who that is. It is tied to a personal link where
/// <see cref="CampaignId"/> is set.
/// </summary>
public sealed class Conversion
{
    public long Id { get; init; }

    public long WorkspaceId { get; init; }

    /// <summary>The caller's own id, opaque: at most 100 letters, digits and <c>. _ : / -</c>.</summary>
    public required string ExternalId { get; init; }

    /// <summary>Null: only its reversal has come so far.</summary>
    public ConversionType? Type { get; set; }

    /// <summary>The share whose link was touched last; null where none was within the window, and after its person was erased.</summary>
    public long? ShareId { get; set; }

    public long? PersonId { get; set; }

    public long? CampaignId { get; set; }

    public long? ConversationId { get; set; }

    /// <summary>The network the touched link was made for.</summary>
    public string? Network { get; set; }

    /// <summary>When it happened by the caller's clock.</summary>
    public DateTimeOffset At { get; set; }

    public decimal? Amount { get; set; }

    /// <summary>ISO 4217; there where <see cref="Amount"/> is.</summary>
    public string? Currency { get; set; }

    public DateTimeOffset RecordedAt { get; init; }

    /// <summary>Reversed: it counts no more, in the time it had counted in either.</summary>
    public DateTimeOffset? ReversedAt { get; set; }
}

/// <summary>With which another system signs what it reports.</summary>
public sealed class ConversionKey
{
    public long Id { get; init; }

    public long WorkspaceId { get; init; }

    /// <summary>Names the key in requests; no secret.</summary>
    public required string PublicId { get; init; }

    /// <summary>The secret, encrypted; see <see cref="Conversions.ConversionKeys"/>.</summary>
    public required byte[] Secret { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>A rotated key works until then.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    public DateTimeOffset? UsedAt { get; set; }

    public bool WorksAt(DateTimeOffset now) => RevokedAt is null && (ExpiresAt is null || ExpiresAt > now);
}

internal sealed class ConversionTables : IEntityTypeConfiguration<Conversion>, IEntityTypeConfiguration<ConversionKey>
{
    public void Configure(EntityTypeBuilder<Conversion> builder)
    {
        // No foreign keys but one: what was counted stays counted, whatever becomes of the share.
        builder.ToTable("conversions");
        builder.HasIndex(x => new { x.WorkspaceId, x.ExternalId }).IsUnique();
        builder.HasIndex(x => new { x.WorkspaceId, x.At });
        builder.HasIndex(x => x.CampaignId);
        builder.HasIndex(x => x.PersonId);
        builder.Property(x => x.Amount).HasConversion<MicrosConverter>();
        builder.HasOne<Workspace>().WithMany().HasForeignKey(x => x.WorkspaceId);
    }

    public void Configure(EntityTypeBuilder<ConversionKey> builder)
    {
        builder.ToTable("conversion_keys");
        builder.HasIndex(x => x.PublicId).IsUnique();
        builder.HasIndex(x => x.WorkspaceId);
        builder.HasOne<Workspace>().WithMany().HasForeignKey(x => x.WorkspaceId);
    }
}
