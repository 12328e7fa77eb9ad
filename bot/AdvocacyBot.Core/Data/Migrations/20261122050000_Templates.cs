using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace AdvocacyBot.Core.Data.Migrations;

/// <summary>A programme's own templates for kinds of content.</summary>
[DbContext(typeof(AdvocacyDb))]
[Migration("20261122050000_Templates")]
internal sealed class Templates : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.CreateTable(
        "content_templates",
        table => new
        {
            WorkspaceId = table.Column<long>(nullable: false),
            ContentType = table.Column<int>(nullable: false),
            Words = table.Column<string>(nullable: false),
            UpdatedAt = table.Column<long>(nullable: false),
        },
        constraints: table =>
        {
            table.PrimaryKey("PK_content_templates", x => new { x.WorkspaceId, x.ContentType });
            table.ForeignKey("FK_content_templates_workspaces_WorkspaceId", x => x.WorkspaceId, "workspaces", "Id", onDelete: ReferentialAction.Cascade);
        });

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable("content_templates");
}
