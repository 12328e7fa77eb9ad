using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace AdvocacyBot.Core.Data.Migrations;

/// <summary>The report: sign-in links, sessions, and the days that its figures are read from, with triggers that say which of them to count again.</summary>
[DbContext(typeof(AdvocacyDb))]
[Migration("20261122043000_Report")]
internal sealed class Report : Migration
{
    /// <summary>
    /// Rows that are only added to the ledger and the clicks are noticed by their ids, at no cost for who adds them. What is changed or taken away is noted by
    /// triggers, by the hour. Of prompts and memberships it matters from when on somebody could see something else than before.
    /// </summary>
    private static readonly Watch[] Watches =
    [
        new("ledger_gone", "ledger", "DELETE", "1 = 1", "f", "o.\"At\""),
        new("ledger_changed", "ledger", "UPDATE", "1 = 1", "f", "o.\"At\"", "n.\"At\""),
        new("clicks_gone", "clicks", "DELETE", "1 = 1", "f", "o.\"At\""),
        new("clicks_changed", "clicks", "UPDATE", "o.\"Class\" <> n.\"Class\" OR o.\"ShareId\" <> n.\"ShareId\"", "f", "o.\"At\""),
        new("prompts_posted", "prompts", "UPDATE", "o.\"PostedAt\" IS DISTINCT FROM n.\"PostedAt\"", "s", Earlier("PostedAt")),
        new("prompts_ended", "prompts", "UPDATE", "n.\"PostedAt\" IS NOT NULL AND o.\"EndedAt\" IS DISTINCT FROM n.\"EndedAt\"", "s", Earlier("EndedAt")),
        new("prompts_new", "prompts", "INSERT", "n.\"PostedAt\" IS NOT NULL", "s", "n.\"PostedAt\""),
        new("prompts_gone", "prompts", "DELETE", "o.\"PostedAt\" IS NOT NULL", "s", "o.\"PostedAt\""),
        new("memberships_new", "memberships", "INSERT", "1 = 1", "s", "n.\"JoinedAt\""),
        new("memberships_changed", "memberships", "UPDATE", "o.\"LeftAt\" IS DISTINCT FROM n.\"LeftAt\" OR o.\"JoinedAt\" <> n.\"JoinedAt\"", "s", Earlier("LeftAt"), Changed("JoinedAt")),
        new("memberships_gone", "memberships", "DELETE", "1 = 1", "s", "o.\"JoinedAt\""),
    ];

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "report_links",
            table => new
            {
                Id = table.Column<long>(nullable: false)
                    .Annotation("Sqlite:Autoincrement", true)
                    .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                WorkspaceId = table.Column<long>(nullable: false),
                PersonId = table.Column<long>(nullable: false),
                TokenHash = table.Column<string>(nullable: false),
                CreatedAt = table.Column<long>(nullable: false),
                ExpiresAt = table.Column<long>(nullable: false),
                UsedAt = table.Column<long>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_report_links", x => x.Id);
                table.ForeignKey("FK_report_links_people_PersonId", x => x.PersonId, "people", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateTable(
            "report_sessions",
            table => new
            {
                Id = table.Column<long>(nullable: false)
                    .Annotation("Sqlite:Autoincrement", true)
                    .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                WorkspaceId = table.Column<long>(nullable: false),
                PersonId = table.Column<long>(nullable: false),
                TokenHash = table.Column<string>(nullable: false),
                Roles = table.Column<int>(nullable: false),
                CreatedAt = table.Column<long>(nullable: false),
                ExpiresAt = table.Column<long>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_report_sessions", x => x.Id);
                table.ForeignKey("FK_report_sessions_people_PersonId", x => x.PersonId, "people", "Id", onDelete: ReferentialAction.Cascade);
            });
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
        migrationBuilder.CreateTable(
            "report_calendars",
            table => new
            {
                WorkspaceId = table.Column<long>(nullable: false),
                TimeZone = table.Column<string>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_report_calendars", x => x.WorkspaceId));
        migrationBuilder.CreateTable(
            "report_progress",
            table => new
            {
                Id = table.Column<long>(nullable: false),
                LedgerId = table.Column<long>(nullable: false),
                ClickId = table.Column<long>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_report_progress", x => x.Id));
        migrationBuilder.CreateTable(
            "report_stale",
            table => new
            {
                Id = table.Column<long>(nullable: false)
                    .Annotation("Sqlite:Autoincrement", true)
                    .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                What = table.Column<string>(nullable: false),
                WorkspaceId = table.Column<long>(nullable: false),
                FromAt = table.Column<long>(nullable: false),
                ToAt = table.Column<long>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_report_stale", x => x.Id));
        migrationBuilder.CreateIndex("IX_report_links_TokenHash", "report_links", "TokenHash", unique: true);
        migrationBuilder.CreateIndex("IX_report_links_PersonId", "report_links", "PersonId");
        migrationBuilder.CreateIndex("IX_report_sessions_TokenHash", "report_sessions", "TokenHash", unique: true);
        migrationBuilder.CreateIndex("IX_report_sessions_PersonId", "report_sessions", "PersonId");
        migrationBuilder.CreateIndex("IX_report_stale_WorkspaceId_What_FromAt", "report_stale", (string[])["WorkspaceId", "What", "FromAt"]);
        migrationBuilder.CreateIndex("IX_people_WorkspaceId_Reachable", "people", (string[])["WorkspaceId", "Reachable"]);
        foreach (var watch in Watches)
        {
            Add(migrationBuilder, watch);
        }
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        foreach (var (name, table, _, _, _, _) in Watches)
        {
            migrationBuilder.Sql($"DROP TRIGGER report_{name}{(Sqlite(migrationBuilder) ? "" : $" ON {table}")}");
            if (!Sqlite(migrationBuilder))
            {
                migrationBuilder.Sql($"DROP FUNCTION report_{name}()");
            }
        }

        migrationBuilder.Sql("""DROP INDEX "IX_people_WorkspaceId_Reachable" """);
        foreach (var table in (string[])["report_stale", "report_progress", "report_calendars", "report_days", "report_sessions", "report_links"])
        {
            migrationBuilder.DropTable(table);
        }
    }

    /// <summary>The earlier of a column's two values, one of which may be missing.</summary>
    private static string Earlier(string column) =>
        $"CASE WHEN o.\"{column}\" IS NULL OR n.\"{column}\" < o.\"{column}\" THEN n.\"{column}\" ELSE o.\"{column}\" END";

    /// <summary>The earlier of a column's two values where they differ.</summary>
    private static string Changed(string column) => $"CASE WHEN n.\"{column}\" < o.\"{column}\" THEN n.\"{column}\" WHEN n.\"{column}\" > o.\"{column}\" THEN o.\"{column}\" END";

    private static void Add(MigrationBuilder migrationBuilder, Watch watch)
    {
        var (name, table, change, when, what, times) = watch;
        var to = what == "f" ? "+ 3600000" : "* NULL";
        if (Sqlite(migrationBuilder))
        {
            // A change of many rows notes each hour once; there is one writer, so nothing can come between.
            var marks = times.Select(at => $"""
                INSERT INTO report_stale ("What", "WorkspaceId", "FromAt", "ToAt") SELECT '{what}', w, h, h {to} FROM (SELECT {Row(Place(watch))} AS w, {Row(at)} / 3600000 * 3600000 AS h)
                WHERE w IS NOT NULL AND h IS NOT NULL AND NOT EXISTS (SELECT 1 FROM report_stale WHERE "WorkspaceId" = w AND "What" = '{what}' AND "FromAt" = h);
                """);
            migrationBuilder.Sql($"CREATE TRIGGER report_{name} AFTER {change} ON {table} FOR EACH ROW WHEN {Row(when)} BEGIN {string.Join(' ', marks)} END");
            return;
        }

        var (rows, referencing) = change switch
        {
            "INSERT" => ("came n", "NEW TABLE AS came"),
            "DELETE" => ("gone o", "OLD TABLE AS gone"),
            _ => ("gone o JOIN came n ON n.\"Id\" = o.\"Id\"", "OLD TABLE AS gone NEW TABLE AS came"),
        };
        var hours = string.Join(" UNION ", times.Select(at => $"SELECT {Place(watch)} AS w, {at} / 3600000 * 3600000 AS h FROM {rows} WHERE {when}"));
        migrationBuilder.Sql(
            $"""
            CREATE FUNCTION report_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            INSERT INTO report_stale ("What", "WorkspaceId", "FromAt", "ToAt") SELECT '{what}', w, h, h {to} FROM ({hours}) hours WHERE w IS NOT NULL AND h IS NOT NULL; RETURN NULL; END $$
            """);
        migrationBuilder.Sql($"CREATE TRIGGER report_{name} AFTER {change} ON {table} REFERENCING {referencing} FOR EACH STATEMENT EXECUTE FUNCTION report_{name}()");
    }

    /// <summary>The workspace of a row.</summary>
    private static string Place(Watch watch)
    {
        var row = watch.Change == "INSERT" ? "n" : "o";
        return watch.Table == "ledger" ? $"{row}.\"WorkspaceId\"" : $"(SELECT c.\"WorkspaceId\" FROM conversations c WHERE c.\"Id\" = {row}.\"ConversationId\")";
    }

    private static string Row(string expression) => expression.Replace("o.", "OLD.", StringComparison.Ordinal).Replace("n.", "NEW.", StringComparison.Ordinal);

    private static bool Sqlite(MigrationBuilder migrationBuilder) => migrationBuilder.ActiveProvider == "Microsoft.EntityFrameworkCore.Sqlite";

    /// <param name="Name">Of the trigger.</param>
    /// <param name="Table">What is watched.</param>
    /// <param name="Change">INSERT, UPDATE or DELETE.</param>
    /// <param name="When">Which rows, <c>o.</c> before and <c>n.</c> after the change.</param>
    /// <param name="What">As <see cref="ReportStale.What"/>.</param>
    /// <param name="Times">The instants that are touched.</param>
    private sealed record Watch(string Name, string Table, string Change, string When, string What, params string[] Times);
}
