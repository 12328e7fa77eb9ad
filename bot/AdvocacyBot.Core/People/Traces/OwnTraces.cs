using System.Text.Json.Nodes;
using AdvocacyBot.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.People;

/// <summary>The person's own row and choices, and the forms they have open.</summary>
internal sealed class OwnTraces(OwnPreferences own) : IPersonTraces
{
    public string Section => "person";

    public async Task<JsonNode?> ExportAsync(TracedPerson person, AdvocacyDb db, CancellationToken cancellationToken)
    {
        var row = await db.People.AsNoTracking().FirstAsync(p => p.Id == person.Id, cancellationToken);
        var chosen = await own.ReadAsync(person.Id, cancellationToken);
        var networks = await db.PersonNetworks.AsNoTracking().Where(n => n.PersonId == person.Id).OrderBy(n => n.Network)
            .Select(n => new { n.Network, n.Profile, n.Size, n.UpdatedAt }).ToListAsync(cancellationToken);
        var fewer = await db.FewerLikeThis.AsNoTracking().Where(f => f.PersonId == person.Id).Select(f => new { f.ContentType, f.At }).ToListAsync(cancellationToken);
        return ExportJson.Of(new
        {
            Id = row.ExternalId,
            person.Platform,
            Workspace = person.WorkspaceExternalId,
            row.Name,
            row.Language,
            row.TimeZone,
            Roles = row.Roles.ToString(),
            row.ConsentedAt,
            row.PolicyVersion,
            row.PolicyAcknowledgedAt,
            row.AppearByName,
            KnownSince = row.CreatedAt,
            chosen.LeftAt,
            chosen.PausedUntil,
            chosen.PromptsPerWeek,
            QuietFrom = chosen.QuietFrom is { } from ? MeDialog.Clock(from) : null,
            QuietTo = chosen.QuietTo is { } to ? MeDialog.Clock(to) : null,
            QuietDays = Enum.GetValues<DayOfWeek>().Where(day => (chosen.QuietDays & (1 << (int)day)) != 0),
            Interests = chosen.InterestTypes,
            FewerLikeThis = fewer,
            Networks = networks,
        });
    }

    public async Task EraseAsync(TracedPerson person, long anonymousId, AdvocacyDb db, CancellationToken cancellationToken)
    {
        await db.Preferences.Where(p => p.PersonId == person.Id).ExecuteDeleteAsync(cancellationToken);
        await db.PersonNetworks.Where(n => n.PersonId == person.Id).ExecuteDeleteAsync(cancellationToken);
        await db.FewerLikeThis.Where(f => f.PersonId == person.Id).ExecuteDeleteAsync(cancellationToken);
        await db.ExportLinks.Where(l => l.PersonId == person.Id).ExecuteDeleteAsync(cancellationToken);

        // The stack that runs this is tracked, and is taken away by the engine at the end of the turn.
        var running = db.ChangeTracker.Entries<DialogState>().Where(e => e.Entity.PersonId == person.Id).Select(e => e.Entity.ConversationId).ToList();
        await db.DialogStates.Where(s => s.PersonId == person.Id && !running.Contains(s.ConversationId)).ExecuteDeleteAsync(cancellationToken);
        await DropOthersFormsAsync(person, db, cancellationToken);
    }

    /// <summary>Forms that others have open can show the person's name, or words of theirs that wait for a decision: they are to be opened anew.</summary>
    private static async Task DropOthersFormsAsync(TracedPerson person, AdvocacyDb db, CancellationToken cancellationToken)
    {
        var others = await (
            from state in db.DialogStates.AsNoTracking()
            join other in db.People.AsNoTracking() on state.PersonId equals other.Id
            where other.WorkspaceId == person.WorkspaceId && other.Id != person.Id
            select new { state.ConversationId, state.PersonId, state.Stack }).ToListAsync(cancellationToken);
        foreach (var other in others.Where(o => SaysName(o.Stack, person) || o.Stack.Contains("\"suggestion.", StringComparison.Ordinal) || o.Stack.Contains("\"help.answer", StringComparison.Ordinal)))
        {
            await db.DialogStates.Where(s => s.ConversationId == other.ConversationId && s.PersonId == other.PersonId).ExecuteDeleteAsync(cancellationToken);
        }
    }

    private static bool SaysName(string stack, TracedPerson person)
    {
        var written = JsonValue.Create(person.Name)!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.Create(System.Text.Unicode.UnicodeRanges.All) }).Trim('"');
        return written.Length > 0 && (stack.Contains(written, StringComparison.Ordinal) || stack.Contains($"\"{person.ExternalId}\"", StringComparison.Ordinal));
    }
}
