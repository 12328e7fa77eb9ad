using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdvocacyBot.Core.Data;

/// <summary>A sign-in link to the report, handed out in chat. Only the hash of what stands in the address is kept.</summary>
public sealed class ReportLink
{
    public long Id { get; init; }

    public long WorkspaceId { get; init; }

    public long PersonId { get; init; }

    /// <summary>SHA-256 of the token, base64url.</summary>
    public required string TokenHash { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Set by the one sign-in it is good for.</summary>
    public DateTimeOffset? UsedAt { get; set; }
}

/// <summary>A browser that is signed in to the report; ends by time, by hand, or with the role it was opened for.</summary>
public sealed class ReportSession
{
    public long Id { get; init; }

    public long WorkspaceId { get; init; }

    public long PersonId { get; init; }

    /// <summary>SHA-256 of the cookie's value, base64url.</summary>
    public required string TokenHash { get; init; }

    /// <summary>What the person was when they signed in; losing all of it ends the session.</summary>
    public Roles Roles { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>One local day of a workspace, summed up from the ledger and the clicks; can be thrown away and computed again at any time.</summary>
public sealed class ReportDay
{
    public long WorkspaceId { get; init; }

    /// <summary>Days since 1 January 1970 in the workspace's time zone.</summary>
    public int Day { get; init; }

    /// <summary>What happened, see <see cref="Reports.RollUp.DayFacts"/>; null: nothing.</summary>
    public byte[]? Facts { get; set; }

    /// <summary>Who could see a prompt, see <see cref="Reports.RollUp.PersonSet"/>; null: not computed yet.</summary>
    public byte[]? Seen { get; set; }

    /// <summary>Another one whenever the day is written, and none twice: who has read a day under its stamp need not read it again.</summary>
    public long Stamp { get; set; }
}

/// <summary>The time zone by whose days a workspace was summed up, so that a change of it is noticed.</summary>
public sealed class ReportCalendar
{
    public long WorkspaceId { get; init; }

    /// <summary>IANA id.</summary>
    public required string TimeZone { get; set; }
}

/// <summary>How far the ledger and the clicks are summed up: every row up to these ids is in the days.</summary>
public sealed class ReportProgress
{
    /// <summary>There is one row: 1.</summary>
    public long Id { get; init; }

    public long LedgerId { get; set; }

    public long ClickId { get; set; }
}

/// <summary>People's profiles put together for the report; can be thrown away, and is then read from the profiles themselves.</summary>
public sealed class ReportProfiles
{
    /// <summary>A person's id divided by <see cref="Reports.RollUp.ProfileGroups.BlockSize"/>.</summary>
    public long Block { get; init; }

    /// <summary>See <see cref="Reports.RollUp.ProfileGroups"/>.</summary>
    public required byte[] Bytes { get; set; }
}

/// <summary>A time in which rows that are summed up already were changed or taken away, or a block of profiles; written by triggers, whoever makes the change.</summary>
public sealed class ReportStale
{
    public long Id { get; init; }

    /// <summary>What has to be counted again: <c>f</c> what happened, <c>s</c> who could see, <c>p</c> profiles; a capital while somebody is at it.</summary>
    public required string What { get; init; }

    /// <summary>0 for profiles.</summary>
    public long WorkspaceId { get; init; }

    /// <summary>For profiles not a time, but the number of the block.</summary>
    public DateTimeOffset FromAt { get; init; }

    /// <summary>Exclusive; null: to this day.</summary>
    public DateTimeOffset? ToAt { get; init; }
}

internal sealed class ReportTables :
    IEntityTypeConfiguration<ReportLink>, IEntityTypeConfiguration<ReportSession>, IEntityTypeConfiguration<ReportDay>, IEntityTypeConfiguration<ReportCalendar>,
    IEntityTypeConfiguration<ReportProgress>, IEntityTypeConfiguration<ReportStale>, IEntityTypeConfiguration<ReportProfiles>, IEntityTypeConfiguration<Person>
{
    public void Configure(EntityTypeBuilder<ReportLink> builder)
    {
        builder.ToTable("report_links");
        builder.HasIndex(x => x.TokenHash).IsUnique();
        builder.HasIndex(x => x.PersonId);
        builder.HasOne<Person>().WithMany().HasForeignKey(x => x.PersonId);
    }

    public void Configure(EntityTypeBuilder<ReportSession> builder)
    {
        builder.ToTable("report_sessions");
        builder.HasIndex(x => x.TokenHash).IsUnique();
        builder.HasIndex(x => x.PersonId);
        builder.HasOne<Person>().WithMany().HasForeignKey(x => x.PersonId);
    }

    public void Configure(EntityTypeBuilder<ReportDay> builder)
    {
        builder.ToTable("report_days");
        builder.HasKey(x => new { x.WorkspaceId, x.Day });
        builder.HasIndex(x => new { x.WorkspaceId, x.Day, x.Stamp });
    }

    public void Configure(EntityTypeBuilder<ReportCalendar> builder)
    {
        builder.ToTable("report_calendars");
        builder.HasKey(x => x.WorkspaceId);
        builder.Property(x => x.WorkspaceId).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<ReportProgress> builder)
    {
        builder.ToTable("report_progress");
        builder.Property(x => x.Id).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<ReportProfiles> builder)
    {
        builder.ToTable("report_profiles");
        builder.HasKey(x => x.Block);
        builder.Property(x => x.Block).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<ReportStale> builder)
    {
        builder.ToTable("report_stale");
        builder.HasIndex(x => new { x.WorkspaceId, x.What, x.FromAt });
    }

    /// <summary>Finds the few people who cannot be reached without reading all.</summary>
    public void Configure(EntityTypeBuilder<Person> builder) => builder.HasIndex(x => new { x.WorkspaceId, x.Reachable });
}
