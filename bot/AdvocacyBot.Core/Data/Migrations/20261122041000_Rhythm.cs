using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace AdvocacyBot.Core.Data.Migrations;

/// <summary>Feeds, recurring campaigns, sponsors of campaigns, the kick-off message, disclosures.</summary>
[DbContext(typeof(AdvocacyDb))]
[Migration("20261122041000_Rhythm")]
internal sealed class Rhythm : Migration
{
    /// <summary>Nullable, so that rows that are there need no value.</summary>
    private static readonly (string Table, string Column, Type Type)[] Added =
    [
        ("campaigns", "SponsorId", typeof(long)),
        ("campaigns", "SponsorImageUrl", typeof(string)),
        ("campaigns", "SponsorImageAlt", typeof(string)),
        ("campaigns", "SponsorAsk", typeof(int)),
        ("campaigns", "RecurrenceId", typeof(long)),
        ("campaigns", "Occurrence", typeof(string)),
        ("suggestions", "FeedId", typeof(long)),
    ];

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        foreach (var (table, column, type) in Added)
        {
            if (type == typeof(long))
            {
                migrationBuilder.AddColumn<long>(column, table, nullable: true);
            }
            else if (type == typeof(int))
            {
                migrationBuilder.AddColumn<int>(column, table, nullable: true);
            }
            else
            {
                migrationBuilder.AddColumn<string>(column, table, nullable: true);
            }
        }

        migrationBuilder.CreateTable(
            "feeds",
            table => new
            {
                Id = table.Column<long>(nullable: false)
                    .Annotation("Sqlite:Autoincrement", true)
                    .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                WorkspaceId = table.Column<long>(nullable: false),
                ConversationId = table.Column<long>(nullable: false),
                Address = table.Column<string>(nullable: false),
                Key = table.Column<string>(nullable: false),
                Title = table.Column<string>(nullable: false),
                PausedAt = table.Column<long>(nullable: true),
                ETag = table.Column<string>(nullable: true),
                LastModified = table.Column<string>(nullable: true),
                NextAt = table.Column<long>(nullable: false),
                LookedAt = table.Column<long>(nullable: true),
                Problem = table.Column<string>(nullable: true),
                ProblemDetail = table.Column<string>(nullable: true),
                Failures = table.Column<int>(nullable: false),
                Brought = table.Column<int>(nullable: false),
                CreatedAt = table.Column<long>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_feeds", x => x.Id);
                table.ForeignKey("FK_feeds_workspaces_WorkspaceId", x => x.WorkspaceId, "workspaces", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateTable(
            "feed_items",
            table => new
            {
                FeedId = table.Column<long>(nullable: false),
                Key = table.Column<string>(nullable: false),
                At = table.Column<long>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_feed_items", x => new { x.FeedId, x.Key });
                table.ForeignKey("FK_feed_items_feeds_FeedId", x => x.FeedId, "feeds", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateTable(
            "recurrences",
            table => new
            {
                Id = table.Column<long>(nullable: false)
                    .Annotation("Sqlite:Autoincrement", true)
                    .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                WorkspaceId = table.Column<long>(nullable: false),
                CampaignId = table.Column<long>(nullable: false),
                AuthorId = table.Column<long>(nullable: false),
                Unit = table.Column<int>(nullable: false),
                Every = table.Column<int>(nullable: false),
                Day = table.Column<int>(nullable: false),
                Nth = table.Column<int>(nullable: false),
                LocalTime = table.Column<string>(nullable: false),
                FirstDay = table.Column<string>(nullable: false),
                LastDay = table.Column<string>(nullable: true),
                Times = table.Column<int>(nullable: true),
                OpenDays = table.Column<int>(nullable: true),
                Skipped = table.Column<string>(nullable: false),
                DoneUntil = table.Column<string>(nullable: true),
                StoppedAt = table.Column<long>(nullable: true),
                CreatedAt = table.Column<long>(nullable: false),
                Version = table.Column<int>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_recurrences", x => x.Id);
                table.ForeignKey("FK_recurrences_workspaces_WorkspaceId", x => x.WorkspaceId, "workspaces", "Id", onDelete: ReferentialAction.Cascade);
                table.ForeignKey("FK_recurrences_campaigns_CampaignId", x => x.CampaignId, "campaigns", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateTable(
            "kickoffs",
            table => new
            {
                Id = table.Column<long>(nullable: false)
                    .Annotation("Sqlite:Autoincrement", true)
                    .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                WorkspaceId = table.Column<long>(nullable: false),
                AuthorId = table.Column<long>(nullable: false),
                Title = table.Column<string>(nullable: false),
                Text = table.Column<string>(nullable: false),
                Language = table.Column<string>(nullable: false),
                SponsorId = table.Column<long>(nullable: true),
                SponsorName = table.Column<string>(nullable: true),
                SponsorMessage = table.Column<string>(nullable: true),
                SponsorImageUrl = table.Column<string>(nullable: true),
                SponsorImageAlt = table.Column<string>(nullable: true),
                CreatedAt = table.Column<long>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_kickoffs", x => x.Id);
                table.ForeignKey("FK_kickoffs_workspaces_WorkspaceId", x => x.WorkspaceId, "workspaces", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateTable(
            "disclosures",
            table => new
            {
                WorkspaceId = table.Column<long>(nullable: false),
                Language = table.Column<string>(nullable: false),
                Text = table.Column<string>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_disclosures", x => new { x.WorkspaceId, x.Language });
                table.ForeignKey("FK_disclosures_workspaces_WorkspaceId", x => x.WorkspaceId, "workspaces", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("IX_feeds_Key", "feeds", "Key", unique: true);
        migrationBuilder.CreateIndex("IX_feeds_NextAt", "feeds", "NextAt");
        migrationBuilder.CreateIndex("IX_feeds_WorkspaceId", "feeds", "WorkspaceId");
        migrationBuilder.CreateIndex("IX_recurrences_WorkspaceId", "recurrences", "WorkspaceId");
        migrationBuilder.CreateIndex("IX_recurrences_CampaignId", "recurrences", "CampaignId");
        migrationBuilder.CreateIndex("IX_kickoffs_WorkspaceId", "kickoffs", "WorkspaceId");
        migrationBuilder.CreateIndex("IX_campaigns_RecurrenceId_Occurrence", "campaigns", (string[])["RecurrenceId", "Occurrence"], unique: true);
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropIndex("IX_campaigns_RecurrenceId_Occurrence", "campaigns");
        migrationBuilder.DropTable("disclosures");
        migrationBuilder.DropTable("kickoffs");
        migrationBuilder.DropTable("recurrences");
        migrationBuilder.DropTable("feed_items");
        migrationBuilder.DropTable("feeds");

        // Said in SQL, because EF Core would rebuild SQLite's tables from a model snapshot, and there is none.
        foreach (var (table, column, _) in Added.Reverse())
        {
            migrationBuilder.Sql($"""ALTER TABLE {table} DROP COLUMN "{column}" """);
        }
    }
}
