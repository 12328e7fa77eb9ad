using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdvocacyBot.Core.Data;

/// <summary>A programme's own template for a kind of content, in place of the one that comes with the product.</summary>
public sealed class OwnTemplate
{
    public long WorkspaceId { get; init; }

    public ContentType ContentType { get; init; }

    /// <summary>JSON, as <see cref="Templates.TemplateWords"/> writes it.</summary>
    public required string Words { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}

internal sealed class OwnTemplateTable : IEntityTypeConfiguration<OwnTemplate>
{
    public void Configure(EntityTypeBuilder<OwnTemplate> builder)
    {
        builder.ToTable("content_templates");
        builder.HasKey(x => new { x.WorkspaceId, x.ContentType });
        builder.HasOne<Workspace>().WithMany().HasForeignKey(x => x.WorkspaceId);
    }
}
