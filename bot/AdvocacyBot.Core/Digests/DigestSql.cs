using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace AdvocacyBot.Core.Digests;

/// <summary>
/// Statements whose list of many values travels as one JSON text, so that a statement is the same for one channel and for thousands.
/// <c>CROSS JOIN</c> keeps SQLite to the written order: from the channels wanted, through an index, to their rows.
/// </summary>
internal static class DigestSql
{
    /// <summary>$1: <c>[[conversation, start of the week before, start, end], …]</c>, instants in unix milliseconds.</summary>
    public const string WantedSqlite =
        """
        WITH wanted("Id", "Before", "Start", "End") AS MATERIALIZED (
            SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]'), json_extract(value, '$[3]') FROM json_each($1))

        """;

    /// <summary>The limit limits nothing: it tells the planner how few rows there are, so that it takes the indexes for one channel.</summary>
    public const string WantedPostgres =
        """
        WITH wanted("Id", "Before", "Start", "End") AS MATERIALIZED (
            SELECT (v->>0)::bigint, (v->>1)::bigint, (v->>2)::bigint, (v->>3)::bigint
            FROM json_array_elements($1::json) v LIMIT json_array_length($1::json))

        """;

    /// <summary>$1: a JSON array of ids.</summary>
    public const string IdsSqlite = """WITH ids("Id") AS (SELECT value FROM json_each($1)) """;

    public const string IdsPostgres = """WITH ids("Id") AS (SELECT v::bigint FROM json_array_elements_text($1::json) v) """;

    /// <summary>What was live since the week before, and what starts within seven days of $2. Campaign states: 1 scheduled, 2 running.</summary>
    public const string Prompts =
        """
        SELECT w."Id", r."Id", r."CampaignId", c."State", r."StartsAt", r."EndsAt", r."PostedAt", r."EndedAt"
        FROM wanted w CROSS JOIN prompts r JOIN campaigns c ON c."Id" = r."CampaignId"
        WHERE r."ConversationId" = w."Id"
          AND ((r."PostedAt" IS NOT NULL AND (r."EndedAt" IS NULL OR r."EndedAt" > w."Before"))
            OR (r."PostedAt" IS NULL AND r."EndedAt" IS NULL AND r."StartsAt" > $2 AND r."StartsAt" <= $2 + 604800000))
          AND (r."PostedAt" IS NOT NULL OR c."State" IN (1, 2))
        """;

    public const string HadPromptBefore =
        """
        SELECT w."Id" FROM wanted w WHERE EXISTS (SELECT 1 FROM prompts r WHERE r."ConversationId" = w."Id" AND r."PostedAt" < w."Start")
        """;

    public const string Stays =
        """
        SELECT w."Id", m."PersonId", m."JoinedAt", m."LeftAt"
        FROM wanted w CROSS JOIN memberships m JOIN people p ON p."Id" = m."PersonId"
        WHERE m."ConversationId" = w."Id" AND m."JoinedAt" < w."End" AND (m."LeftAt" IS NULL OR m."LeftAt" > w."Before") AND p."Reachable"
        """;

    /// <summary>Kinds: 1 opened, 2 said, 3 posted, 6 reacted, 8 suggested. Everything it names is in the ledger's index by conversation.</summary>
    public const string Events =
        """
        SELECT w."Id", CASE WHEN l."At" >= w."Start" THEN 1 ELSE 0 END, l."Kind", l."PersonId", l."CampaignId", l."Amount"
        FROM wanted w CROSS JOIN ledger l
        WHERE l."ConversationId" = w."Id" AND l."At" >= w."Before" AND l."At" < w."End" AND l."Kind" IN (1, 2, 3, 6, 8)
        """;

    /// <summary>Whether any direct messages stood after $1: where none did, the two statements below have nothing to tell.</summary>
    public const string AnyDirect =
        """
        SELECT 1 FROM prompts r WHERE r."Direct" AND r."PostedAt" IS NOT NULL AND (r."EndedAt" IS NULL OR r."EndedAt" > $1) LIMIT 1
        """;

    /// <summary>Members of the channel who were sent a direct message: from when to when they could see it while they were members.</summary>
    public const string DirectStays =
        """
        SELECT w."Id", m."PersonId", CASE WHEN d."JoinedAt" > m."JoinedAt" THEN d."JoinedAt" ELSE m."JoinedAt" END, r."EndedAt", m."LeftAt", r."PostedAt"
        FROM wanted w CROSS JOIN memberships m JOIN people p ON p."Id" = m."PersonId" JOIN memberships d ON d."PersonId" = m."PersonId" JOIN prompts r ON r."ConversationId" = d."ConversationId"
        WHERE m."ConversationId" = w."Id" AND m."JoinedAt" < w."End" AND (m."LeftAt" IS NULL OR m."LeftAt" > w."Before") AND p."Reachable"
          AND r."Direct" AND r."PostedAt" IS NOT NULL AND (r."EndedAt" IS NULL OR r."EndedAt" > w."Before") AND d."JoinedAt" < w."End"
        """;

    /// <summary>What members of the channel did upon direct messages; as <see cref="Events"/>.</summary>
    public const string DirectEvents =
        """
        SELECT w."Id", CASE WHEN l."At" >= w."Start" THEN 1 ELSE 0 END, l."Kind", l."PersonId", l."CampaignId", l."Amount"
        FROM wanted w CROSS JOIN prompts r JOIN ledger l ON l."ConversationId" = r."ConversationId"
        WHERE r."Direct" AND r."PostedAt" IS NOT NULL AND (r."EndedAt" IS NULL OR r."EndedAt" > w."Before")
          AND l."At" >= w."Before" AND l."At" < w."End" AND l."Kind" IN (1, 2, 3, 6, 8)
          AND EXISTS (SELECT 1 FROM memberships m WHERE m."ConversationId" = w."Id" AND m."PersonId" = l."PersonId" AND m."JoinedAt" <= l."At" AND (m."LeftAt" IS NULL OR m."LeftAt" > l."At"))
        """;

    /// <summary>Class 0: a person.</summary>
    public const string Visits =
        """
        SELECT w."Id", k."CampaignId", COUNT(*)
        FROM wanted w CROSS JOIN clicks k
        WHERE k."ConversationId" = w."Id" AND k."At" >= w."Start" AND k."At" < w."End" AND k."Class" = 0
        GROUP BY w."Id", k."CampaignId"
        """;

    /// <summary>Class 1: a network's preview crawler; whose it is stands with the agent, or else the network of the link is taken.</summary>
    public const string Fetches =
        """
        SELECT f."Id", COUNT(*) FROM (
            SELECT DISTINCT w."Id", k."ShareId", COALESCE(a."Network", k."Network") AS "Network"
            FROM wanted w CROSS JOIN clicks k LEFT JOIN user_agents a ON a."Id" = k."UserAgentId"
            WHERE k."ConversationId" = w."Id" AND k."At" >= w."Start" AND k."At" < w."End" AND k."Class" = 1) f
        GROUP BY f."Id"
        """;

    public const string NamesOfWilling =
        """
        SELECT p."Id", p."Name" FROM people p WHERE p."Id" IN (SELECT "Id" FROM ids) AND p."AppearByName" AND p."ConsentedAt" IS NOT NULL
        """;

    public const string Titles = """SELECT c."Id", c."Title", c."SuggestionId" FROM campaigns c WHERE c."Id" IN (SELECT "Id" FROM ids)""";

    /// <summary>Who stands by suggestions, in the order they came.</summary>
    public const string Credits =
        """
        SELECT k."SuggestionId", p."Name", CASE WHEN k."ByName" THEN 1 ELSE 0 END
        FROM suggestion_credits k JOIN people p ON p."Id" = k."PersonId"
        WHERE k."SuggestionId" IN (SELECT "Id" FROM ids) AND k."WithdrawnAt" IS NULL
        ORDER BY k."At", k."PersonId"
        """;

    /// <param name="connection">Open.</param>
    /// <param name="sql">With positional parameters <c>$1</c>, <c>$2</c>….</param>
    /// <param name="values">Texts and 64-bit integers.</param>
    public static DbCommand Command(DbConnection connection, string sql, params ReadOnlySpan<object> values)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are constants of ours, one for each database; values travel as parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = command.CreateParameter();
            if (connection is SqliteConnection)
            {
                parameter.ParameterName = $"${i + 1}";
            }

            parameter.Value = values[i];
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
