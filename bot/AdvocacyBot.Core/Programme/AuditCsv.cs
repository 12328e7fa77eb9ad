using System.Globalization;
using AdvocacyBot.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Programme;

/// <summary>
/// The audit log as CSV (RFC 4180, comma, CRLF, UTF-8), oldest first: <c>at</c> (ISO 8601, UTC), <c>platform</c>, <c>workspace</c> and <c>actor</c> (the platform's ids;
/// no actor: the settings), <c>action</c>, <c>subject</c> (our id; of a person, the platform's), <c>before</c>, <c>after</c>.
/// </summary>
public sealed class AuditCsv(IDbContextFactory<AdvocacyDb> contexts, TimeProvider clock)
{
    private const int Page = 1000;

    /// <summary>All there is, of every workspace.</summary>
    /// <returns>How many entries were written.</returns>
    public Task<int> WriteAsync(TextWriter to, CancellationToken cancellationToken) => WriteAsync(to, entries => entries, cancellationToken);

    /// <summary>What a filter lets through of one workspace.</summary>
    /// <inheritdoc cref="WriteAsync(TextWriter, CancellationToken)" path="/returns"/>
    public Task<int> WriteAsync(TextWriter to, long workspaceId, AuditFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var now = clock.GetUtcNow();
        return WriteAsync(to, entries => filter.Apply(entries, workspaceId, now), cancellationToken);
    }

    private async Task<int> WriteAsync(TextWriter to, Func<IQueryable<AuditEntry>, IQueryable<AuditEntry>> wanted, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(to);
        await CsvRow.WriteAsync(to, ["at", "platform", "workspace", "actor", "action", "subject", "before", "after"]);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var workspaces = await db.Workspaces.AsNoTracking().ToDictionaryAsync(w => w.Id, cancellationToken);
        var written = 0;
        for (long after = 0; ;)
        {
            var page = await wanted(db.Audit.AsNoTracking()).Where(e => e.Id > after).OrderBy(e => e.Id).Take(Page).ToListAsync(cancellationToken);
            if (page.Count == 0)
            {
                return written;
            }

            var ids = page.SelectMany(e => new[] { e.ActorId ?? 0, e.SubjectId }).Distinct().ToList();
            var people = await db.People.AsNoTracking().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.ExternalId, cancellationToken);
            foreach (var entry in page)
            {
                workspaces.TryGetValue(entry.WorkspaceId, out var workspace);
                await CsvRow.WriteAsync(to,
                [
                    CsvRow.Time(entry.At),
                    workspace?.Platform,
                    workspace?.ExternalId,
                    Person(entry.ActorId),
                    entry.Action,
                    entry.Action.StartsWith("person.", StringComparison.Ordinal) ? Person(entry.SubjectId) : entry.SubjectId.ToString(CultureInfo.InvariantCulture),
                    entry.Before,
                    entry.After,
                ]);
            }

            written += page.Count;
            after = page[^1].Id;

            // A person who was erased is left as a number.
            string? Person(long? id) => id is { } known ? people.GetValueOrDefault(known, $"#{known}") : null;
        }
    }
}
