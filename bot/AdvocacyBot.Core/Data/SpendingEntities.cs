using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdvocacyBot.Core.Data;

/// <summary>Money that was spent on the programme or on one of its campaigns, rewards aside; never deleted, only taken back.</summary>
public sealed class Spending
{
    public long Id { get; init; }

    public long WorkspaceId { get; init; }

    public long BudgetId { get; init; }

    /// <summary>Null: the programme as a whole.</summary>
    public long? CampaignId { get; init; }

    /// <summary>What for, e.g. "photographer".</summary>
    public required string What { get; init; }

    /// <summary>ISO 4217; the budget's.</summary>
    public required string Currency { get; init; }

    /// <summary>In the currency's smallest unit.</summary>
    public long Amount { get; init; }

    /// <summary>On the day it was spent, by the workspace's clock: within the budget's days.</summary>
    public DateTimeOffset SpentAt { get; init; }

    public DateTimeOffset RecordedAt { get; init; }

    /// <summary>0 once the person was erased.</summary>
    public long RecordedById { get; set; }

    public DateTimeOffset? ReversedAt { get; set; }

    /// <summary>0 once the person was erased.</summary>
    public long? ReversedById { get; set; }

    public string? ReversedReason { get; set; }
}

/// <summary>No foreign keys, as with rewards: what was spent stays spent, whoever or whatever goes.</summary>
internal sealed class SpendingTable : IEntityTypeConfiguration<Spending>
{
    public void Configure(EntityTypeBuilder<Spending> builder)
    {
        builder.ToTable("spending");
        builder.HasIndex(x => new { x.WorkspaceId, x.SpentAt });
        builder.HasIndex(x => x.BudgetId);
        builder.HasIndex(x => x.CampaignId);
    }
}
