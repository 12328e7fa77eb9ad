using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdvocacyBot.Core.Data;

/// <summary>What a person chose; a person without a row has chosen nothing. Written only by <c>People/</c>.</summary>
public sealed class PersonPreferences
{
    public long PersonId { get; init; }

    /// <summary>When the person left the programme; null: never, or they came back.</summary>
    public DateTimeOffset? LeftAt { get; set; }

    /// <summary>First day on which unasked messages come again, <c>yyyy-MM-dd</c> in the person's own zone; null: not paused.</summary>
    public string? PausedUntil { get; set; }

    /// <summary>Most prompts in any seven days, 0: none at all; null: the programme's own limit.</summary>
    public int? PromptsPerWeek { get; set; }

    /// <summary>Minutes after midnight in the person's own zone; null together with <see cref="QuietTo"/>: the programme's quiet hours.</summary>
    public int? QuietFrom { get; set; }

    /// <summary>As <see cref="QuietFrom"/>; before it: the next morning. Equal: no quiet hours.</summary>
    public int? QuietTo { get; set; }

    /// <summary>Whole days without messages: bit 0 is Sunday, bit 6 Saturday.</summary>
    public int QuietDays { get; set; }

    /// <summary>Names of <see cref="ContentType"/>s the person likes to be offered, with commas; "": all alike.</summary>
    public string Interests { get; set; } = "";

    /// <summary>How far the person came in setting up: 0 nothing, 1 networks, 2 profiles, 3 all of it.</summary>
    public int SetUpStep { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    public IReadOnlyList<ContentType> InterestTypes =>
        [.. Interests.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(name => Enum.TryParse<ContentType>(name, out var type) ? type : (ContentType?)null).OfType<ContentType>()];
}

/// <summary>A network a person uses, as they said.</summary>
public sealed class PersonNetwork
{
    public long PersonId { get; init; }

    /// <summary>Key of the network catalogue.</summary>
    public required string Network { get; init; }

    /// <summary>Address of their own profile, https; null where they gave none.</summary>
    public string? Profile { get; set; }

    /// <summary>How many people they reach there by their own count; null where they did not say.</summary>
    public int? Size { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}

/// <summary>"Fewer like this": a kind of content the person wants to be offered rarely.</summary>
public sealed class FewerLikeThis
{
    public long PersonId { get; init; }

    public ContentType ContentType { get; init; }

    public DateTimeOffset At { get; set; }
}

/// <summary>A version of a workspace's social-media policy; the newest holds.</summary>
public sealed class PolicyVersion
{
    public long Id { get; init; }

    public long WorkspaceId { get; init; }

    /// <summary>As people read it. Settings can go back to an older one, which is then a row of its own again.</summary>
    public required string Version { get; init; }

    /// <summary>Texts by language code, as JSON; a language that is missing has the built-in text.</summary>
    public required string Texts { get; init; }

    /// <summary>What changed since the version before, by language code, as JSON.</summary>
    public required string Changes { get; init; }

    /// <summary>It stood in the settings; otherwise an owner published it in chat.</summary>
    public bool FromSettings { get; init; }

    public DateTimeOffset PublishedAt { get; init; }
}

/// <summary>A link under which a person can fetch their own data once.</summary>
public sealed class ExportLink
{
    /// <summary>Lower-case hex of the SHA-256 of the code in the link; the code itself is stored nowhere.</summary>
    public required string CodeHash { get; init; }

    public long PersonId { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>Somebody who was erased, see <see cref="People.ErasedBook"/>.</summary>
public sealed class ErasedPerson
{
    public required string Hash { get; init; }

    public DateTimeOffset At { get; init; }
}

internal sealed class ErasedPersonTable : IEntityTypeConfiguration<ErasedPerson>
{
    public void Configure(EntityTypeBuilder<ErasedPerson> builder)
    {
        builder.ToTable("erased_people");
        builder.HasKey(x => x.Hash);
    }
}

internal sealed class PersonPreferencesTable : IEntityTypeConfiguration<PersonPreferences>
{
    public void Configure(EntityTypeBuilder<PersonPreferences> builder)
    {
        builder.ToTable("person_preferences");
        builder.HasKey(x => x.PersonId);
        builder.Property(x => x.PersonId).ValueGeneratedNever();
        builder.HasOne<Person>().WithMany().HasForeignKey(x => x.PersonId);
        builder.Ignore(x => x.InterestTypes);
    }
}

internal sealed class PersonNetworkTable : IEntityTypeConfiguration<PersonNetwork>
{
    public void Configure(EntityTypeBuilder<PersonNetwork> builder)
    {
        builder.ToTable("person_networks");
        builder.HasKey(x => new { x.PersonId, x.Network });
        builder.HasOne<Person>().WithMany().HasForeignKey(x => x.PersonId);
    }
}

internal sealed class FewerLikeThisTable : IEntityTypeConfiguration<FewerLikeThis>
{
    public void Configure(EntityTypeBuilder<FewerLikeThis> builder)
    {
        builder.ToTable("fewer_like_this");
        builder.HasKey(x => new { x.PersonId, x.ContentType });
        builder.HasOne<Person>().WithMany().HasForeignKey(x => x.PersonId);
    }
}

internal sealed class PolicyVersionTable : IEntityTypeConfiguration<PolicyVersion>
{
    public void Configure(EntityTypeBuilder<PolicyVersion> builder)
    {
        builder.ToTable("policy_versions");
        builder.HasIndex(x => new { x.WorkspaceId, x.Id });
        builder.HasOne<Workspace>().WithMany().HasForeignKey(x => x.WorkspaceId);
    }
}

internal sealed class ExportLinkTable : IEntityTypeConfiguration<ExportLink>
{
    public void Configure(EntityTypeBuilder<ExportLink> builder)
    {
        builder.ToTable("export_links");
        builder.HasKey(x => x.CodeHash);
        builder.HasIndex(x => x.PersonId);
        builder.HasOne<Person>().WithMany().HasForeignKey(x => x.PersonId);
    }
}
