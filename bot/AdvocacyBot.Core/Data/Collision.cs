using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace AdvocacyBot.Core.Data;

/// <summary>Whether a transaction failed only because another one came first, so that the same work, done again, sees what that one left.</summary>
public static class Collision
{
    /// <summary>
    /// A row changed meanwhile; on PostgreSQL also one that another transaction has inserted meanwhile (SQLite's writers wait for each other), and a deadlock.
    /// </summary>
    public static bool Is(Exception exception) =>
        exception is DbUpdateConcurrencyException
        || (exception as PostgresException ?? exception.InnerException as PostgresException)?.SqlState is
            PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure;
}
