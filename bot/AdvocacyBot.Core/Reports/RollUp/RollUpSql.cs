namespace AdvocacyBot.Core.Reports.RollUp;

/// <summary>Statements of the roll-up; parameters are positional, the same on both databases.</summary>
internal static class RollUpSql
{
    public const string Begin = """INSERT INTO report_progress ("Id", "LedgerId", "ClickId") VALUES (1, 0, 0) ON CONFLICT DO NOTHING""";

    public const string Progress = """SELECT "LedgerId", "ClickId" FROM report_progress WHERE "Id" = 1""";

    /// <summary>Moves on only from where the caller believes it stands: of several hosts that count at the same time, one gets its sums in.</summary>
    public const string MoveOn =
        """UPDATE report_progress SET "LedgerId" = $1, "ClickId" = $2 WHERE "Id" = 1 AND "LedgerId" = $3 AND "ClickId" = $4""";

    public const string Entries =
        """
        SELECT "Id", "WorkspaceId", "CampaignId", "PersonId", "Kind", "Network", "Amount", "At", "RecordedAt" FROM ledger WHERE "Id" > $1 ORDER BY "Id" LIMIT $2
        """;

    /// <summary>A preview (class 1) belongs to the network whose crawler it was, where its agent says so; a visit to the one the link was made for.</summary>
    private const string WhoseNetwork =
        """
        CASE WHEN k."Class" = 1 THEN COALESCE((SELECT a."Network" FROM user_agents a WHERE a."Id" = k."UserAgentId"), k."Network") ELSE k."Network" END
        """;

    public const string Clicks =
        $"""
        SELECT k."Id", c."WorkspaceId", k."CampaignId", k."ShareId", k."Class", {WhoseNetwork}, k."At"
        FROM clicks k JOIN conversations c ON c."Id" = k."ConversationId" WHERE k."Id" > $1 ORDER BY k."Id" LIMIT $2
        """;

    /// <summary>A workspace's rows of a time, from channel to channel: that is the index the tables have.</summary>
    public const string EntriesOf =
        """
        SELECT l."CampaignId", l."PersonId", l."Kind", l."Network", l."Amount", l."At" FROM conversations c CROSS JOIN ledger l
        WHERE c."WorkspaceId" = $1 AND l."ConversationId" = c."Id" AND l."At" >= $2 AND l."At" < $3 AND l."Id" <= $4
        """;

    public const string ClicksOf =
        $"""
        SELECT k."CampaignId", k."ShareId", k."Class", {WhoseNetwork}, k."At" FROM conversations c CROSS JOIN clicks k
        WHERE c."WorkspaceId" = $1 AND k."ConversationId" = c."Id" AND k."At" >= $2 AND k."At" < $3 AND k."Id" <= $4
        """;

    public const string FirstOf =
        """
        SELECT MIN(f.at) FROM (
            SELECT (SELECT MIN(l."At") FROM ledger l WHERE l."ConversationId" = c."Id") AS at FROM conversations c WHERE c."WorkspaceId" = $1
            UNION ALL
            SELECT (SELECT MIN(k."At") FROM clicks k WHERE k."ConversationId" = c."Id") AS at FROM conversations c WHERE c."WorkspaceId" = $1) f
        """;

    public const string Workspaces =
        """
        SELECT w."Id", w."TimeZone", k."TimeZone" FROM workspaces w LEFT JOIN report_calendars k ON k."WorkspaceId" = w."Id" ORDER BY w."Id"
        """;

    public const string SetCalendar =
        """
        INSERT INTO report_calendars ("WorkspaceId", "TimeZone") VALUES ($1, $2) ON CONFLICT ("WorkspaceId") DO UPDATE SET "TimeZone" = excluded."TimeZone"
        """;

    public const string IsCounted = """SELECT 1 FROM report_calendars WHERE "WorkspaceId" = $1 AND "TimeZone" = $2""";

    public const string Facts = """SELECT "Facts" FROM report_days WHERE "WorkspaceId" = $1 AND "Day" = $2""";

    public const string SetFacts =
        """
        INSERT INTO report_days ("WorkspaceId", "Day", "Facts", "Stamp") VALUES ($1, $2, $3, $4)
        ON CONFLICT ("WorkspaceId", "Day") DO UPDATE SET "Facts" = excluded."Facts", "Stamp" = excluded."Stamp"
        """;

    public const string SetSeen =
        """
        INSERT INTO report_days ("WorkspaceId", "Day", "Seen", "Stamp") VALUES ($1, $2, $3, $4)
        ON CONFLICT ("WorkspaceId", "Day") DO UPDATE SET "Seen" = excluded."Seen", "Stamp" = excluded."Stamp"
        """;

    public const string LastSeen = """SELECT MAX("Day") FROM report_days WHERE "WorkspaceId" = $1 AND "Seen" IS NOT NULL""";

    public const string ForgetDays = """DELETE FROM report_days WHERE "WorkspaceId" = $1""";

    /// <summary>From here on a further change notes its hour anew.</summary>
    public const string Claim = """UPDATE report_stale SET "What" = UPPER("What") WHERE "What" IN ('f', 's', 'p')""";

    public const string Stale = """SELECT "Id", "What", "WorkspaceId", "FromAt", "ToAt" FROM report_stale WHERE "What" IN ('F', 'S', 'P') ORDER BY "Id" """;

    /// <summary>A workspace's, whether or not somebody is at it.</summary>
    public const string StaleOf = """SELECT UPPER("What"), "FromAt", "ToAt" FROM report_stale WHERE "WorkspaceId" = $1""";

    public const string AnyStale = """SELECT 1 FROM report_stale LIMIT 1""";

    /// <summary>What is known of people between two ids, of whatever workspace.</summary>
    public const string Profiles =
        """
        SELECT "PersonId", "Department", "Location", "Personas" FROM person_profiles
        WHERE "PersonId" >= $1 AND "PersonId" <= $2 AND ("Department" IS NOT NULL OR "Location" IS NOT NULL OR "Personas" IS NOT NULL)
        """;

    public const string ProfileBlocks =
        """
        SELECT b."Block", b."Bytes" FROM report_profiles b WHERE b."Block" >= $1 AND b."Block" <= $2
        AND NOT EXISTS (SELECT 1 FROM report_stale s WHERE s."WorkspaceId" = 0 AND s."What" IN ('p', 'P') AND s."FromAt" = b."Block")
        """;

    public const string SetProfiles =
        """INSERT INTO report_profiles ("Block", "Bytes") VALUES ($1, $2) ON CONFLICT ("Block") DO UPDATE SET "Bytes" = excluded."Bytes" """;

    /// <summary>$1: a JSON array of ids.</summary>
    public const string ForgetStale = """DELETE FROM report_stale WHERE "Id" IN (SELECT "Id" FROM ids)""";
}
