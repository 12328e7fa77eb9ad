using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdvocacyBot.Core.Data;

/// <summary>What a goal counts; the numbers are stored. How each is defined: <c>docs/goals.md</c>.</summary>
public enum GoalKind
{
    /// <summary>Percent, 0 to 100: people who acted, of the people who could see a prompt.</summary>
    ParticipationRate = 0,

    /// <summary>Distinct people who shared, reacted or suggested.</summary>
    PeopleActive = 1,

    /// <summary>Shares whose composer was opened: one person taking up one campaign counts once.</summary>
    Opened = 2,

    /// <summary>Shares that people say they made.</summary>
    Said = 3,

    /// <summary>Visits of people through personal links.</summary>
    HumanClicks = 4,

    /// <summary>Applicants tied to a personal link.</summary>
    Applicants = 5,

    /// <summary>Leads tied to a personal link.</summary>
    Leads = 6,

    /// <summary>Visits times the company's own cost per click, in one currency.</summary>
    EarnedMediaValue = 7,
}

/// <summary>A target with a date, for the programme or for one campaign.</summary>
public sealed class Goal
{
    public long Id { get; init; }

    public long WorkspaceId { get; init; }

    /// <summary>Null: the whole programme.</summary>
    public long? CampaignId { get; set; }

    public GoalKind Kind { get; set; }

    /// <summary>In the kind's own unit: percent, people, shares, visits, money. Above 0.</summary>
    public decimal Target { get; set; }

    /// <summary>ISO 4217, for <see cref="GoalKind.EarnedMediaValue"/> alone.</summary>
    public string? Currency { get; set; }

    /// <summary>First day that counts, <c>yyyy-MM-dd</c>, by the workspace's clock.</summary>
    public required string StartsOn { get; set; }

    /// <summary>Last day that counts, as <see cref="StartsOn"/>.</summary>
    public required string EndsOn { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Counts edits; optimistic concurrency.</summary>
    public int Version { get; set; }
}

/// <summary>What the company pays for a click on a network: what a visit is worth in earned media value.</summary>
public sealed class ClickCost
{
    /// <summary>Stands for every network that has no row of its own.</summary>
    public const string AnyNetwork = "*";

    public long WorkspaceId { get; init; }

    /// <summary>ISO 4217.</summary>
    public required string Currency { get; init; }

    /// <summary>Key of the network catalogue, or <see cref="AnyNetwork"/>.</summary>
    public required string Network { get; init; }

    /// <summary>For one click.</summary>
    public decimal Cost { get; set; }

    /// <summary>Whether an opened composer is worth as much as a click; the same in all rows of a currency.</summary>
    public bool CountsOpened { get; set; }
}

internal sealed class GoalTables : IEntityTypeConfiguration<Goal>, IEntityTypeConfiguration<ClickCost>
{
    public void Configure(EntityTypeBuilder<Goal> builder)
    {
        builder.ToTable("goals");
        builder.HasIndex(x => x.WorkspaceId);
        builder.HasIndex(x => x.CampaignId);
        builder.Property(x => x.Target).HasConversion<MicrosConverter>();
        builder.Property(x => x.Version).IsConcurrencyToken();
        builder.HasOne<Workspace>().WithMany().HasForeignKey(x => x.WorkspaceId);
        builder.HasOne<Campaign>().WithMany().HasForeignKey(x => x.CampaignId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<ClickCost> builder)
    {
        builder.ToTable("click_costs");
        builder.HasKey(x => new { x.WorkspaceId, x.Currency, x.Network });
        builder.Property(x => x.Cost).HasConversion<MicrosConverter>();
        builder.HasOne<Workspace>().WithMany().HasForeignKey(x => x.WorkspaceId);
    }
}
