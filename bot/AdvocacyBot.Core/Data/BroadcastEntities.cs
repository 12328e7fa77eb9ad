using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdvocacyBot.Core.Data;

/// <summary>What is known of a person's account beside the chat: for segments, and to tell that two accounts are one person. No row: nothing is.</summary>
public sealed class PersonProfile
{
    public long PersonId { get; init; }

    /// <summary>The smallest id of the accounts that are one person; of a single account its own.</summary>
    public long HumanId { get; set; }

    /// <summary>As <see cref="Broadcasts.EmailAddress"/> writes it: lower case.</summary>
    public string? Email { get; set; }

    /// <summary>As the platform's profile says.</summary>
    public string? Title { get; set; }

    /// <summary>As the imported list says; stands before <see cref="Title"/>.</summary>
    public string? Role { get; set; }

    public string? Department { get; set; }

    public string? Location { get; set; }

    /// <summary>As <c>|engineer|speaker|</c>, so that one can be looked for.</summary>
    public string? Personas { get; set; }

    /// <summary>Topics from the imported list, as <see cref="Personas"/>; what the person chose stands elsewhere and is added.</summary>
    public string? Interests { get; set; }

    /// <summary>ISO 639-1 from the imported list; what the person chose stands before it.</summary>
    public string? Language { get; set; }

    /// <summary>When the imported list said that they have left.</summary>
    public DateTimeOffset? DeactivatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}

/// <summary>A line of the imported list of people; it waits here for accounts that are met later.</summary>
public sealed class DirectoryEntry
{
    public long Id { get; init; }

    /// <summary>The programme's first workspace.</summary>
    public long ProgrammeId { get; init; }

    /// <summary>Whom it is about: <c>mail:…</c>, or <c>slack:T1:U2</c>; unique in the programme.</summary>
    public required string Key { get; init; }

    public string? Email { get; set; }

    public string? Name { get; set; }

    public string? Role { get; set; }

    public string? Department { get; set; }

    public string? Location { get; set; }

    public string? Personas { get; set; }

    public string? Interests { get; set; }

    public string? Language { get; set; }

    public bool Active { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}

public enum CodePurpose
{
    /// <summary>Two accounts are one person.</summary>
    Person = 0,

    /// <summary>Two workspaces are one programme.</summary>
    Programme = 1,
}

/// <summary>A code that was shown to somebody, to be entered elsewhere once.</summary>
public sealed class AccountCode
{
    /// <summary>SHA-256 of the code, base64; the code itself is not stored.</summary>
    public required string Hash { get; init; }

    public CodePurpose Purpose { get; init; }

    public long PersonId { get; init; }

    public long WorkspaceId { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>Wrong codes that a person has entered since a time.</summary>
public sealed class CodeAttempts
{
    public long PersonId { get; init; }

    public DateTimeOffset Since { get; set; }

    public int Count { get; set; }
}

/// <summary>A broadcast that somebody follows in their own chat; gone when it is over.</summary>
public sealed class BroadcastProgress
{
    public long CampaignId { get; init; }

    /// <summary>The note that shows it, an outbox row.</summary>
    public Guid NoteId { get; set; }

    public DateTimeOffset StartedAt { get; set; }

    /// <summary>What it showed the last time, so that nothing is sent where nothing changed.</summary>
    public string Shown { get; set; } = "";
}

internal sealed class PersonProfileConfiguration : IEntityTypeConfiguration<PersonProfile>
{
    public void Configure(EntityTypeBuilder<PersonProfile> builder)
    {
        builder.ToTable("person_profiles");
        builder.HasKey(x => x.PersonId);
        builder.Property(x => x.PersonId).ValueGeneratedNever();
        builder.HasIndex(x => x.HumanId);
        builder.HasIndex(x => x.Email);
        builder.HasOne<Person>().WithMany().HasForeignKey(x => x.PersonId);
    }
}

internal sealed class DirectoryEntryConfiguration : IEntityTypeConfiguration<DirectoryEntry>
{
    public void Configure(EntityTypeBuilder<DirectoryEntry> builder)
    {
        builder.ToTable("directory");
        builder.HasIndex(x => new { x.ProgrammeId, x.Key }).IsUnique();
        builder.HasIndex(x => x.Email);
    }
}

internal sealed class AccountCodeConfiguration : IEntityTypeConfiguration<AccountCode>
{
    public void Configure(EntityTypeBuilder<AccountCode> builder)
    {
        builder.ToTable("account_codes");
        builder.HasKey(x => x.Hash);
        builder.HasIndex(x => x.PersonId);
    }
}

internal sealed class CodeAttemptsConfiguration : IEntityTypeConfiguration<CodeAttempts>
{
    public void Configure(EntityTypeBuilder<CodeAttempts> builder)
    {
        builder.ToTable("code_attempts");
        builder.HasKey(x => x.PersonId);
        builder.Property(x => x.PersonId).ValueGeneratedNever();
    }
}

internal sealed class BroadcastProgressConfiguration : IEntityTypeConfiguration<BroadcastProgress>
{
    public void Configure(EntityTypeBuilder<BroadcastProgress> builder)
    {
        builder.ToTable("broadcast_progress");
        builder.HasKey(x => x.CampaignId);
        builder.Property(x => x.CampaignId).ValueGeneratedNever();
    }
}
