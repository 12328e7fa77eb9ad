using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace AdvocacyBot.Core.Data.Migrations;

/// <summary>The days of the report are written in another order, by kind, and each bears a stamp. What stands there is thrown away and summed up anew from the ledger and the clicks.</summary>
[DbContext(typeof(AdvocacyDb))]
[Migration("20261122220000_DaysByKind")]
internal sealed class DaysByKind : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        Forget(migrationBuilder);
        migrationBuilder.CreateTable(
            "report_days",
            table => new
            {
                WorkspaceId = table.Column<long>(nullable: false),
                Day = table.Column<int>(nullable: false),
                Facts = table.Column<byte[]>(nullable: true),
                Seen = table.Column<byte[]>(nullable: true),
                Stamp = table.Column<long>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_report_days", x => new { x.WorkspaceId, x.Day }));
        migrationBuilder.CreateIndex("IX_report_days_WorkspaceId_Day_Stamp", "report_days", (string[])["WorkspaceId", "Day", "Stamp"]);

        // PostgreSQL would compress the days, and to undo that takes longer than to read them.
        if (migrationBuilder.ActiveProvider != "Microsoft.EntityFrameworkCore.Sqlite")
        {
            migrationBuilder.Sql("""ALTER TABLE report_days ALTER COLUMN "Facts" SET STORAGE EXTERNAL""");
        }
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        Forget(migrationBuilder);
        migrationBuilder.CreateTable(
            "report_days",
            table => new
            {
                WorkspaceId = table.Column<long>(nullable: false),
                Day = table.Column<int>(nullable: false),
                Facts = table.Column<byte[]>(nullable: true),
                Seen = table.Column<byte[]>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_report_days", x => new { x.WorkspaceId, x.Day }));
    }

    private static void Forget(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropTable("report_days");
        migrationBuilder.Sql("""UPDATE report_progress SET "LedgerId" = 0, "ClickId" = 0""");
    }
}
