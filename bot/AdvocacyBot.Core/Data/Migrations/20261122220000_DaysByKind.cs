using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace AdvocacyBot.Core.Data.Migrations;

/// <summary>The days of the report are written in another order, by kind. What stands there is thrown away and summed up anew from the ledger and the clicks.</summary>
[DbContext(typeof(AdvocacyDb))]
[Migration("20261122220000_DaysByKind")]
internal sealed class DaysByKind : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        Forget(migrationBuilder);
        Store(migrationBuilder, "EXTERNAL");
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        Forget(migrationBuilder);
        Store(migrationBuilder, "EXTENDED");
    }

    /// <summary>PostgreSQL would compress the days, and to undo that takes longer than to read them.</summary>
    private static void Store(MigrationBuilder migrationBuilder, string how)
    {
        if (migrationBuilder.ActiveProvider != "Microsoft.EntityFrameworkCore.Sqlite")
        {
            migrationBuilder.Sql($"""ALTER TABLE report_days ALTER COLUMN "Facts" SET STORAGE {how}""");
        }
    }

    private static void Forget(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("DELETE FROM report_days");
        migrationBuilder.Sql("""UPDATE report_progress SET "LedgerId" = 0, "ClickId" = 0""");
    }
}
