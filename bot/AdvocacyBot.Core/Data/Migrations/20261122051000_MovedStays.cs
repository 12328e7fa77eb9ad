using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace AdvocacyBot.Core.Data.Migrations;

/// <summary>A stay that becomes somebody else's, as an erased person's does, is noted for the report: who could see a prompt is counted again from its beginning on.</summary>
[DbContext(typeof(AdvocacyDb))]
[Migration("20261122051000_MovedStays")]
internal sealed class MovedStays : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        if (Sqlite(migrationBuilder))
        {
            migrationBuilder.Sql(
                """
                CREATE TRIGGER report_memberships_moved AFTER UPDATE ON memberships FOR EACH ROW WHEN OLD."PersonId" <> NEW."PersonId" OR OLD."ConversationId" <> NEW."ConversationId" BEGIN
                INSERT INTO report_stale ("What", "WorkspaceId", "FromAt") SELECT 's', w, h
                FROM (SELECT (SELECT c."WorkspaceId" FROM conversations c WHERE c."Id" = OLD."ConversationId") AS w, OLD."JoinedAt" / 3600000 * 3600000 AS h)
                WHERE w IS NOT NULL AND NOT EXISTS (SELECT 1 FROM report_stale WHERE "WorkspaceId" = w AND "What" = 's' AND "FromAt" = h); END
                """);
            return;
        }

        migrationBuilder.Sql(
            """
            CREATE FUNCTION report_memberships_moved() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            INSERT INTO report_stale ("What", "WorkspaceId", "FromAt")
            SELECT DISTINCT 's', c."WorkspaceId", o."JoinedAt" / 3600000 * 3600000 FROM gone o JOIN came n ON n."Id" = o."Id" JOIN conversations c ON c."Id" = o."ConversationId"
            WHERE o."PersonId" <> n."PersonId" OR o."ConversationId" <> n."ConversationId"; RETURN NULL; END $$
            """);
        migrationBuilder.Sql(
            """
            CREATE TRIGGER report_memberships_moved AFTER UPDATE ON memberships REFERENCING OLD TABLE AS gone NEW TABLE AS came
            FOR EACH STATEMENT EXECUTE FUNCTION report_memberships_moved()
            """);
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql($"DROP TRIGGER report_memberships_moved{(Sqlite(migrationBuilder) ? "" : " ON memberships")}");
        if (!Sqlite(migrationBuilder))
        {
            migrationBuilder.Sql("DROP FUNCTION report_memberships_moved()");
        }
    }

    private static bool Sqlite(MigrationBuilder migrationBuilder) => migrationBuilder.ActiveProvider == "Microsoft.EntityFrameworkCore.Sqlite";
}
