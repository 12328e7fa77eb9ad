using System.Globalization;
using Microsoft.Data.Sqlite;

namespace AdvocacyBot.Benchmarks.Broadcasts;

/// <summary>A campaign for everybody, by direct message: what publishing one leaves in the database.</summary>
internal sealed class BroadcastData(string folder)
{
    private readonly string file = Path.Combine(folder, "data", "advocacy.db");

    public void FillSlack(int people) => Fill("slack", "T0001", people, i => "U" + i.ToString("D8", CultureInfo.InvariantCulture), serviceUrl: null);

    public void FillTeams(int people, int port) => Fill(
        "teams", "tenant", people, i => $"29:{i.ToString(CultureInfo.InvariantCulture)}", $"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}/emea/");

    /// <summary>Deliveries by state: pending, sending, sent, failed, skipped, unknown.</summary>
    public long[] States()
    {
        using var connection = Open();
        return [.. Enumerable.Range(0, 6).Select(state => connection.Scalar("SELECT COUNT(*) FROM deliveries WHERE \"State\" = $1", state))];
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        return connection;
    }

    private void Fill(string platform, string workspaceId, int people, Func<int, string> idOf, string? serviceUrl)
    {
        var at = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        using var database = Open();
        using var transaction = database.BeginTransaction();
        var workspace = database.Scalar(
            """INSERT INTO workspaces ("Platform", "ExternalId", "Name", "Language", "TimeZone", "CreatedAt") VALUES ($1, $2, 'Example', 'en', 'Europe/London', $3) RETURNING "Id" """,
            platform, workspaceId, at);
        var place = database.Scalar(
            """
            INSERT INTO conversations ("WorkspaceId", "ExternalId", "Kind", "Name", "DigestOn", "DigestHour", "CreatedAt") VALUES ($1, 'place', 0, 'place', FALSE, 9, $2) RETURNING "Id"
            """,
            workspace, at);
        var story = database.Scalar(
            """
            INSERT INTO suggestions ("WorkspaceId", "State", "Title", "Why", "Text", "Language", "CreatedAt", "UpdatedAt", "Version") VALUES ($1, 2, 'Our story', '', '', 'en', $2, $2, 0)
            RETURNING "Id"
            """,
            workspace, at);
        for (var i = 0; i < people; i++)
        {
            var person = database.Scalar(
                """
                INSERT INTO people ("WorkspaceId", "ExternalId", "Name", "Language", "Roles", "AppearByName", "Reachable", "CreatedAt") VALUES ($1, $2, $2, 'en', 0, FALSE, TRUE, $3)
                RETURNING "Id"
                """,
                workspace, idOf(i), at);
            database.Run(
                """INSERT INTO suggestion_credits ("SuggestionId", "PersonId", "ConversationId", "ByName", "Why", "Text", "At", "Generation") VALUES ($1, $2, $3, FALSE, '', '', $4, 0)""",
                story, person, place, at);
            database.Run(
                """
                INSERT INTO deliveries ("PublicId", "WorkspaceId", "ConversationId", "Kind", "Key", "PersonId", "Priority", "Topic", "SubjectId", "State", "Attempts", "NotBefore", "CreatedAt", "UpdatedAt")
                VALUES ($1, $2, $3, 3, $4, $5, 1, 'suggestion.approved', $6, 0, 0, $7, $7, $7)
                """,
                Guid.NewGuid().ToString().ToUpperInvariant(), workspace, place, $"note:{platform}:{person.ToString(CultureInfo.InvariantCulture)}", person, story, at);
            if (serviceUrl is not null)
            {
                database.Run(
                    """INSERT INTO teams_conversations ("TenantId", "Id", "Kind", "ServiceUrl", "UserId", "UpdatedAt") VALUES ($1, $2, 2, $3, $4, $5)""",
                    workspaceId, $"a:{i.ToString(CultureInfo.InvariantCulture)}", serviceUrl, idOf(i), at);
            }
        }

        transaction.Commit();
    }
}
