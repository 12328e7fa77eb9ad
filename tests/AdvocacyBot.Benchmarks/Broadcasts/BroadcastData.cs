using System.Data.Common;
using System.Globalization;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace AdvocacyBot.Benchmarks.Broadcasts;

/// <summary>
/// A campaign for everybody, by direct message: what publishing one leaves in the database. Everybody is in the imported list, and nobody has said anything about messages.
/// </summary>
/// <param name="folder">The host's working directory, with its file.</param>
/// <param name="postgres">A connection string; null: SQLite.</param>
internal sealed class BroadcastData(string folder, string? postgres)
{
    /// <summary>$1: how many; one row of a number from 0 on for each.</summary>
    private const string Numbers = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < $1)";

    private readonly string file = Path.Combine(folder, "data", "advocacy.db");

    public void FillSlack(int people) => Fill("slack", "T0001", people, "'U' || substr('00000000' || i, -8)", "'U' || right('00000000' || i, 8)", serviceUrl: null);

    public void FillTeams(int people, int port) =>
        Fill("teams", "tenant", people, "'29:' || i", "'29:' || i", $"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}/emea/");

    /// <summary>Deliveries by state: pending, sending, sent, failed, skipped, unknown.</summary>
    public long[] States()
    {
        using var connection = Open();
        return [.. Enumerable.Range(0, 6).Select(state => connection.Scalar("SELECT COUNT(*) FROM deliveries WHERE \"State\" = $1", state))];
    }

    private DbConnection Open()
    {
        DbConnection connection = postgres is null ? new SqliteConnection($"Data Source={file};Pooling=False") : new NpgsqlConnection(postgres);
        connection.Open();
        return connection;
    }

    private void Fill(string platform, string workspaceId, int people, string idSqlite, string idPostgres, string? serviceUrl)
    {
        var at = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var id = postgres is null ? idSqlite : idPostgres;
        using var database = Open();
        using var transaction = database.BeginTransaction();
        var workspace = database.Scalar(
            """INSERT INTO workspaces ("Platform", "ExternalId", "Name", "Language", "TimeZone", "CreatedAt") VALUES ($1, $2, 'Example', 'en', 'Europe/London', $3) RETURNING "Id" """,
            platform, workspaceId, at);
        var place = database.Scalar(
            """
            INSERT INTO conversations ("WorkspaceId", "ExternalId", "Kind", "Name", "DigestOn", "DigestHour", "CreatedAt") VALUES ($1, 'direct:story', $2, 'Direct messages', FALSE, 9, $3)
            RETURNING "Id"
            """,
            workspace, (int)ConversationKind.Personal, at);
        database.Run(
            $"""
            {Numbers} INSERT INTO people ("WorkspaceId", "ExternalId", "Name", "Language", "Roles", "AppearByName", "Reachable", "CreatedAt")
            SELECT $2, {id}, 'Person ' || i, 'en', 0, FALSE, TRUE, $3 FROM n
            """,
            people, workspace, at);
        database.Run(
            """
            INSERT INTO person_profiles ("PersonId", "HumanId", "Department", "UpdatedAt") SELECT "Id", "Id", 'Sales', $2 FROM people WHERE "WorkspaceId" = $1
            """,
            workspace, at);
        var campaign = database.Scalar(
            """
            INSERT INTO campaigns ("WorkspaceId", "AuthorId", "Code", "State", "Title", "Summary", "Link", "ContentType", "Networks", "Minutes", "Language", "CreatedAt", "UpdatedAt", "PublishedAt", "Version")
            SELECT $1, MIN("Id"), 'story', $2, 'Our story', 'What we did in our first year, and what comes next.', 'https://www.example.com/story', 0, 'linkedin,x,facebook,whatsapp', 2, 'en', $3, $3, $3, 1
            FROM people WHERE "WorkspaceId" = $1 RETURNING "Id"
            """,
            workspace, (int)CampaignState.Running, at);
        var prompt = database.Scalar("""INSERT INTO prompts ("CampaignId", "ConversationId", "Direct", "StartsAt") VALUES ($1, $2, TRUE, $3) RETURNING "Id" """, campaign, place, at);
        database.Run(
            $"""
            INSERT INTO deliveries ("PublicId", "WorkspaceId", "ConversationId", "CampaignId", "PromptId", "Kind", "Key", "PersonId", "Priority", "State", "Attempts", "NotBefore", "CreatedAt", "UpdatedAt")
            SELECT {(postgres is null ? "'00000000-0000-4000-8000-' || substr('000000000000' || \"Id\", -12)" : "('00000000-0000-4000-8000-' || right('000000000000' || \"Id\", 12))::uuid")},
                $1, $2, $3, $4, 0, 'direct:' || $4 || ':' || "Id", "Id", 1, 0, 0, $5, $5, $5
            FROM people WHERE "WorkspaceId" = $1
            """,
            workspace, place, campaign, prompt, at);
        if (serviceUrl is not null)
        {
            database.Run(
                $"""
                {Numbers} INSERT INTO teams_conversations ("TenantId", "Id", "Kind", "ServiceUrl", "UserId", "UpdatedAt")
                SELECT $2, 'a:' || i, {((int)ConversationKind.Personal).ToString(CultureInfo.InvariantCulture)}, $3, {id}, $4 FROM n
                """,
                people, workspaceId, serviceUrl, at);
        }

        transaction.Commit();
        if (postgres is not null)
        {
            // As autovacuum does after a while; the run is too short for it.
            database.Run("ANALYZE");
        }
    }
}
