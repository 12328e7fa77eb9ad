using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace AdvocacyBot.Core.Data.Migrations;

/// <summary>People's profiles are put together in blocks of 8,192 ids for the report; a change of what it shows notes the block.</summary>
[DbContext(typeof(AdvocacyDb))]
[Migration("20261122221000_ReportProfiles")]
internal sealed class ReportProfiles : Migration
{
    private const string Shown = "\"Department\", \"Location\", \"Personas\"";

    private static readonly string[] Changes = ["INSERT", "UPDATE", "DELETE"];

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "report_profiles",
            table => new { Block = table.Column<long>(nullable: false), Bytes = table.Column<byte[]>(nullable: false) },
            constraints: table => table.PrimaryKey("PK_report_profiles", x => x.Block));
        migrationBuilder.Sql("""INSERT INTO report_stale ("What", "WorkspaceId", "FromAt") SELECT DISTINCT 'p', 0, "PersonId" / 8192 FROM person_profiles""");
        foreach (var change in Changes)
        {
            migrationBuilder.Sql(Sqlite(migrationBuilder) ? SqliteTrigger(change) : PostgresFunction(change));
            if (!Sqlite(migrationBuilder))
            {
                migrationBuilder.Sql(PostgresTrigger(change));
            }
        }
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        foreach (var change in Changes)
        {
            migrationBuilder.Sql($"DROP TRIGGER {Name(change)}{(Sqlite(migrationBuilder) ? "" : " ON person_profiles")}");
            if (!Sqlite(migrationBuilder))
            {
                migrationBuilder.Sql($"DROP FUNCTION {Name(change)}()");
            }
        }

        migrationBuilder.Sql("""DELETE FROM report_stale WHERE "WorkspaceId" = 0 AND "What" IN ('p', 'P')""");
        migrationBuilder.DropTable("report_profiles");
    }

    /// <summary>A change of many rows notes each block once; there is one writer, so nothing can come between.</summary>
    private static string SqliteTrigger(string change)
    {
        var row = change == "DELETE" ? "OLD" : "NEW";
        var when = change == "UPDATE"
            ? """WHEN OLD."Department" IS NOT NEW."Department" OR OLD."Location" IS NOT NEW."Location" OR OLD."Personas" IS NOT NEW."Personas" """
            : $"""WHEN {row}."Department" IS NOT NULL OR {row}."Location" IS NOT NULL OR {row}."Personas" IS NOT NULL """;
        return $"""
            CREATE TRIGGER {Name(change)} AFTER {change} ON person_profiles FOR EACH ROW {when} BEGIN
            INSERT INTO report_stale ("What", "WorkspaceId", "FromAt") SELECT 'p', 0, {row}."PersonId" / 8192
            WHERE NOT EXISTS (SELECT 1 FROM report_stale WHERE "WorkspaceId" = 0 AND "What" = 'p' AND "FromAt" = {row}."PersonId" / 8192); END
            """;
    }

    private static string PostgresFunction(string change)
    {
        string[] pairs = change switch
        {
            "INSERT" => ["came"],
            "DELETE" => ["gone"],
            _ => ["gone EXCEPT came", "came EXCEPT gone"],
        };
        var changed = pairs.Select(pair => string.Join(" EXCEPT ", pair.Split(" EXCEPT ").Select(table => $"""SELECT "PersonId", {Shown} FROM {table}""")));
        return $"""
            CREATE FUNCTION {Name(change)}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            INSERT INTO report_stale ("What", "WorkspaceId", "FromAt") SELECT DISTINCT 'p', 0, c."PersonId" / 8192 FROM ({string.Join(" UNION ", changed.Select(c => $"({c})"))}) c
            WHERE c."Department" IS NOT NULL OR c."Location" IS NOT NULL OR c."Personas" IS NOT NULL; RETURN NULL; END $$
            """;
    }

    private static string PostgresTrigger(string change)
    {
        var tables = change switch
        {
            "INSERT" => "NEW TABLE AS came",
            "DELETE" => "OLD TABLE AS gone",
            _ => "OLD TABLE AS gone NEW TABLE AS came",
        };
        return $"CREATE TRIGGER {Name(change)} AFTER {change} ON person_profiles REFERENCING {tables} FOR EACH STATEMENT EXECUTE FUNCTION {Name(change)}()";
    }

    private static string Name(string change) => $"report_profiles_{change.ToLowerInvariant()}";

    private static bool Sqlite(MigrationBuilder migrationBuilder) => migrationBuilder.ActiveProvider == "Microsoft.EntityFrameworkCore.Sqlite";
}
