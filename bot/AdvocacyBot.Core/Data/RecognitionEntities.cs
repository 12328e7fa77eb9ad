using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdvocacyBot.Core.Data;

/// <summary>What a workspace's owner decided about recognition; no row: leaderboards are off and no holidays were named in chat.</summary>
public sealed class RecognitionSettings
{
    public long WorkspaceId { get; init; }

    /// <summary>Off until an owner switches them on.</summary>
    public bool Leaderboards { get; set; }

    /// <summary>Holidays named in chat, one to a line, as <see cref="Recognition.HolidayRange"/> writes them.</summary>
    public string Holidays { get; set; } = "";
}

/// <summary>What a person chose about recognition; no row: nothing of it. Everything is off until chosen.</summary>
public sealed class RecognitionChoice
{
    public long PersonId { get; init; }

    public long WorkspaceId { get; init; }

    /// <summary>Where it was chosen; a note needs a place it came from.</summary>
    public long ConversationId { get; set; }

    /// <summary>Wants the own numbers once a week, in private.</summary>
    public bool WeeklyNote { get; set; }

    /// <summary>When the next weekly note is to be looked at; null: none is wanted.</summary>
    public DateTimeOffset? NextNoteAt { get; set; }

    /// <summary>When the person agreed to stand on leaderboards; null: they do not. Worth nothing before the last consent to the programme.</summary>
    public DateTimeOffset? LeaderboardSince { get; set; }
}

/// <summary>
/// What a person was shown of their badges, append-only: a badge that appeared, or one that went because what earned it was taken back. Badges themselves are
/// computed anew each time; this is the trace, seen by the person alone.
/// </summary>
public sealed class BadgeTrace
{
    public long Id { get; init; }

    public long WorkspaceId { get; init; }

    public long PersonId { get; init; }

    /// <summary>Family and step, e.g. <c>shares.5</c>.</summary>
    public required string Badge { get; init; }

    /// <summary>False: it was taken back.</summary>
    public bool Gained { get; init; }

    public DateTimeOffset At { get; init; }
}

/// <summary>A time in which a person paused: weeks of it break no streak. Kept, because preferences hold only the pause of the moment.</summary>
public sealed class Rest
{
    public long PersonId { get; init; }

    /// <summary><c>yyyy-MM-dd</c>: the day the pause was first seen.</summary>
    public required string FirstDay { get; init; }

    /// <summary><c>yyyy-MM-dd</c>: the day it was to end, not included.</summary>
    public required string Until { get; init; }
}

/// <summary>A person thanks a person; in private, or in a channel where both like it.</summary>
public sealed class Thanks
{
    public long Id { get; init; }

    public long WorkspaceId { get; init; }

    /// <summary>Where it was said.</summary>
    public long ConversationId { get; init; }

    /// <summary>0 once the person was erased.</summary>
    public long FromId { get; set; }

    /// <summary>0 once the person was erased.</summary>
    public long ToId { get; set; }

    public required string Words { get; set; }

    /// <summary>The thanking person would like to say it in the channel.</summary>
    public bool Public { get; init; }

    /// <summary>When the thanked person agreed to this one being shown.</summary>
    public DateTimeOffset? AgreedAt { get; set; }

    /// <summary>When it was taken out of the channel, by either; it is not shown again by itself.</summary>
    public DateTimeOffset? HiddenAt { get; set; }

    /// <summary>When the thanking person took it back.</summary>
    public DateTimeOffset? WithdrawnAt { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The platform's id of the card in the channel.</summary>
    public string? MessageId { get; set; }

    /// <summary>Optimistic concurrency.</summary>
    public int Version { get; set; }
}

/// <summary>Money that the programme may spend on rewards in a time.</summary>
public sealed class RewardBudget
{
    public long Id { get; init; }

    public long WorkspaceId { get; init; }

    /// <summary>ISO 4217, e.g. <c>EUR</c>.</summary>
    public required string Currency { get; init; }

    /// <summary><c>yyyy-MM-dd</c>, by the workspace's clock.</summary>
    public required string FirstDay { get; init; }

    /// <summary><c>yyyy-MM-dd</c>, included.</summary>
    public required string LastDay { get; init; }

    /// <summary>In the currency's smallest unit.</summary>
    public long Amount { get; set; }
}

/// <summary>Something that comms handed out to a person; never deleted, only taken back.</summary>
public sealed class Reward
{
    public long Id { get; init; }

    public long WorkspaceId { get; init; }

    /// <summary>What it was paid from; null: it cost nothing.</summary>
    public long? BudgetId { get; init; }

    /// <summary>0 once the person was erased.</summary>
    public long PersonId { get; set; }

    /// <summary>0 once the person was erased.</summary>
    public long GivenById { get; set; }

    /// <summary>What it is, e.g. "a book".</summary>
    public required string What { get; set; }

    /// <summary>What for.</summary>
    public string Reason { get; set; } = "";

    /// <summary>ISO 4217; null: it cost nothing.</summary>
    public string? Currency { get; init; }

    /// <summary>In the currency's smallest unit.</summary>
    public long Amount { get; init; }

    public DateTimeOffset GivenAt { get; init; }

    public DateTimeOffset? ReversedAt { get; set; }

    /// <summary>0 once the person was erased.</summary>
    public long? ReversedById { get; set; }

    public string? ReversedReason { get; set; }
}

/// <summary>
/// Tables of recognition. No foreign keys to people: rewards outlive who got them (what was spent stays spent), and erasing a person sets their ids to 0.
/// </summary>
internal sealed class RecognitionTables :
    IEntityTypeConfiguration<RecognitionSettings>,
    IEntityTypeConfiguration<RecognitionChoice>,
    IEntityTypeConfiguration<BadgeTrace>,
    IEntityTypeConfiguration<Rest>,
    IEntityTypeConfiguration<Thanks>,
    IEntityTypeConfiguration<RewardBudget>,
    IEntityTypeConfiguration<Reward>
{
    public void Configure(EntityTypeBuilder<RecognitionSettings> builder)
    {
        builder.ToTable("recognition_settings");
        builder.HasKey(x => x.WorkspaceId);
        builder.Property(x => x.WorkspaceId).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<RecognitionChoice> builder)
    {
        builder.ToTable("recognition_choices");
        builder.HasKey(x => x.PersonId);
        builder.Property(x => x.PersonId).ValueGeneratedNever();
        builder.HasIndex(x => x.NextNoteAt);
        builder.HasIndex(x => new { x.WorkspaceId, x.LeaderboardSince });
    }

    public void Configure(EntityTypeBuilder<BadgeTrace> builder)
    {
        builder.ToTable("badge_trace");
        builder.HasIndex(x => x.PersonId);
    }

    public void Configure(EntityTypeBuilder<Rest> builder)
    {
        builder.ToTable("rests");
        builder.HasKey(x => new { x.PersonId, x.Until });
    }

    public void Configure(EntityTypeBuilder<Thanks> builder)
    {
        builder.ToTable("thanks");
        builder.HasIndex(x => x.ToId);
        builder.HasIndex(x => new { x.FromId, x.CreatedAt });
        builder.Property(x => x.Version).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<RewardBudget> builder)
    {
        builder.ToTable("reward_budgets");
        builder.HasIndex(x => new { x.WorkspaceId, x.Currency, x.FirstDay }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<Reward> builder)
    {
        builder.ToTable("rewards");
        builder.HasIndex(x => new { x.WorkspaceId, x.GivenAt });
        builder.HasIndex(x => x.BudgetId);
        builder.HasIndex(x => x.PersonId);
    }
}
