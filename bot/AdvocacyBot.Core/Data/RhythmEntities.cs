using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdvocacyBot.Core.Data;

/// <summary>The numbers are stored.</summary>
public enum RecurrenceUnit
{
    Weeks = 0,
    Months = 1,
}

/// <summary>A campaign that comes again: each time a campaign of its own, with the words that the first one has by then.</summary>
public sealed class Recurrence
{
    public long Id { get; init; }

    public long WorkspaceId { get; init; }

    /// <summary>The campaign whose words and channels are taken.</summary>
    public long CampaignId { get; init; }

    /// <summary>Who set it up; author of what comes of it.</summary>
    public long AuthorId { get; init; }

    public RecurrenceUnit Unit { get; init; }

    /// <summary>Every so many weeks or months.</summary>
    public int Every { get; init; }

    public DayOfWeek Day { get; init; }

    /// <summary>For months: which such day of the month, 1 to 4, or 5 for the last.</summary>
    public int Nth { get; init; }

    /// <summary>Wall clock <c>HH:mm</c> in each channel's zone.</summary>
    public required string LocalTime { get; init; }

    /// <summary><c>yyyy-MM-dd</c>: nothing before it.</summary>
    public required string FirstDay { get; init; }

    /// <summary><c>yyyy-MM-dd</c>: nothing after it; null: open.</summary>
    public string? LastDay { get; init; }

    /// <summary>So many times, skipped ones among them; null: open.</summary>
    public int? Times { get; init; }

    /// <summary>Days that each one stays open; null: until the next one starts.</summary>
    public int? OpenDays { get; init; }

    /// <summary>Days that are left out, as <c>,2026-12-07,</c>.</summary>
    public string Skipped { get; set; } = "";

    /// <summary>Up to this day occurrences have been made or passed over: <c>yyyy-MM-dd</c>.</summary>
    public string? DoneUntil { get; set; }

    public DateTimeOffset? StoppedAt { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Counts changes; optimistic concurrency.</summary>
    public int Version { get; set; }

    public IReadOnlyList<string> SkippedDays => Skipped.Split(',', StringSplitOptions.RemoveEmptyEntries);

    public void SkipDay(string day, bool skip)
    {
        var days = SkippedDays.Where(d => d != day).Concat(skip ? [day] : []).Order(StringComparer.Ordinal).ToList();
        Skipped = days.Count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $",{string.Join(',', days)},");
    }
}

/// <summary>A message that opens the programme, as it was sent.</summary>
public sealed class Kickoff
{
    public long Id { get; init; }

    public long WorkspaceId { get; init; }

    public long AuthorId { get; init; }

    public required string Title { get; init; }

    public required string Text { get; init; }

    /// <summary>ISO 639-1 of title and text.</summary>
    public required string Language { get; init; }

    /// <summary>Whose words <see cref="SponsorMessage"/> are, where it is somebody with the sponsor role.</summary>
    public long? SponsorId { get; set; }

    public string? SponsorName { get; set; }

    public string? SponsorMessage { get; set; }

    public string? SponsorImageUrl { get; set; }

    public string? SponsorImageAlt { get; set; }

    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>What every shared text must say of the person's part in it, e.g. "I work at …".</summary>
public sealed class Disclosure
{
    public long WorkspaceId { get; init; }

    /// <summary>ISO 639-1.</summary>
    public required string Language { get; init; }

    public required string Text { get; set; }
}

internal sealed class RecurrenceTable : IEntityTypeConfiguration<Recurrence>
{
    public void Configure(EntityTypeBuilder<Recurrence> builder)
    {
        builder.ToTable("recurrences");
        builder.HasIndex(x => x.WorkspaceId);
        builder.HasIndex(x => x.CampaignId);
        builder.Property(x => x.Version).IsConcurrencyToken();
        builder.HasOne<Workspace>().WithMany().HasForeignKey(x => x.WorkspaceId);
        builder.HasOne<Campaign>().WithMany().HasForeignKey(x => x.CampaignId);
        builder.Ignore(x => x.SkippedDays);
    }
}

/// <summary>One campaign for each day of a recurrence, however often and on however many hosts the clock is looked at.</summary>
internal sealed class OccurrenceIndex : IEntityTypeConfiguration<Campaign>
{
    public void Configure(EntityTypeBuilder<Campaign> builder) => builder.HasIndex(x => new { x.RecurrenceId, x.Occurrence }).IsUnique();
}

internal sealed class KickoffTable : IEntityTypeConfiguration<Kickoff>
{
    public void Configure(EntityTypeBuilder<Kickoff> builder)
    {
        builder.ToTable("kickoffs");
        builder.HasIndex(x => x.WorkspaceId);
        builder.HasOne<Workspace>().WithMany().HasForeignKey(x => x.WorkspaceId);
    }
}

internal sealed class DisclosureTable : IEntityTypeConfiguration<Disclosure>
{
    public void Configure(EntityTypeBuilder<Disclosure> builder)
    {
        builder.ToTable("disclosures");
        builder.HasKey(x => new { x.WorkspaceId, x.Language });
        builder.HasOne<Workspace>().WithMany().HasForeignKey(x => x.WorkspaceId);
    }
}
