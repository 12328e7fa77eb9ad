using System.Globalization;
using System.Text.Json.Nodes;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.People;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Recognition;

/// <summary>What recognition keeps of a person beside the ledger: choices, the trace of badges, pauses.</summary>
public sealed class RecognitionTraces : IPersonTraces
{
    public string Section => "recognition";

    public async Task<JsonNode?> ExportAsync(TracedPerson person, AdvocacyDb db, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(db);
        var choice = await db.RecognitionChoices.AsNoTracking().FirstOrDefaultAsync(c => c.PersonId == person.Id, cancellationToken);
        var badges = await db.BadgeTraces.AsNoTracking().Where(b => b.PersonId == person.Id).OrderBy(b => b.Id).ToListAsync(cancellationToken);
        var rests = await db.Rests.AsNoTracking().Where(r => r.PersonId == person.Id).OrderBy(r => r.Until).ToListAsync(cancellationToken);
        return choice is null && badges.Count == 0 && rests.Count == 0
            ? null
            : new JsonObject
            {
                ["weeklyNote"] = choice?.WeeklyNote ?? false,
                ["onLeaderboardsSince"] = choice?.LeaderboardSince is { } since ? Iso(since) : null,
                ["badges"] = new JsonArray([.. badges.Select(b => new JsonObject { ["badge"] = b.Badge, ["gained"] = b.Gained, ["at"] = Iso(b.At) })]),
                ["pauses"] = new JsonArray([.. rests.Select(r => new JsonObject { ["from"] = r.FirstDay, ["until"] = r.Until })]),
            };
    }

    public async Task EraseAsync(TracedPerson person, long anonymousId, AdvocacyDb db, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(db);
        await db.RecognitionChoices.Where(c => c.PersonId == person.Id).ExecuteDeleteAsync(cancellationToken);
        await db.BadgeTraces.Where(b => b.PersonId == person.Id).ExecuteDeleteAsync(cancellationToken);
        await db.Rests.Where(r => r.PersonId == person.Id).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>ISO 8601 in UTC.</summary>
    internal static string Iso(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}

/// <summary>Thanks that a person said and got. The other side is left out of the export, and erasing one side takes the words away for both.</summary>
public sealed class ThanksTraces : IPersonTraces
{
    public string Section => "thanks";

    public async Task<JsonNode?> ExportAsync(TracedPerson person, AdvocacyDb db, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(db);
        var all = await db.Thanks.AsNoTracking().Where(x => x.FromId == person.Id || x.ToId == person.Id).OrderBy(x => x.Id).ToListAsync(cancellationToken);
        return all.Count == 0
            ? null
            : new JsonArray(
            [
                .. all.Select(x => new JsonObject
                {
                    ["said"] = x.FromId == person.Id,
                    ["words"] = x.Words,
                    ["at"] = RecognitionTraces.Iso(x.CreatedAt),
                    ["inTheChannel"] = x.Public && x.HiddenAt is null && x.MessageId is not null,
                    ["takenBackAt"] = x.WithdrawnAt is { } back ? RecognitionTraces.Iso(back) : null,
                }),
            ]);
    }

    public async Task EraseAsync(TracedPerson person, long anonymousId, AdvocacyDb db, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(db);
        var all = await db.Thanks.Where(x => x.FromId == person.Id || x.ToId == person.Id).ToListAsync(cancellationToken);
        foreach (var thanks in all)
        {
            await ThanksOutbox.TakeDownAsync(db, thanks, thanks.HiddenAt ?? thanks.CreatedAt, cancellationToken);
            thanks.Words = "";
            thanks.Version++;
            thanks.FromId = thanks.FromId == person.Id ? anonymousId : thanks.FromId;
            thanks.ToId = thanks.ToId == person.Id ? anonymousId : thanks.ToId;
        }
    }
}
