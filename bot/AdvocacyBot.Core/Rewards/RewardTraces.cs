using System.Text.Json.Nodes;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.People;
using AdvocacyBot.Core.Recognition;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Rewards;

/// <summary>Rewards a person got. What was spent stays spent: erasing leaves the amount and takes away what it was, what for, and whose.</summary>
public sealed class RewardTraces : IPersonTraces
{
    public string Section => "rewards";

    public async Task<JsonNode?> ExportAsync(TracedPerson person, AdvocacyDb db, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(db);
        var got = await db.Rewards.AsNoTracking().Where(r => r.PersonId == person.Id).OrderBy(r => r.Id).ToListAsync(cancellationToken);
        var given = await db.Rewards.CountAsync(r => r.GivenById == person.Id, cancellationToken);
        return got.Count == 0 && given == 0
            ? null
            : new JsonObject
            {
                ["got"] = new JsonArray(
                [
                    .. got.Select(r => new JsonObject
                    {
                        ["what"] = r.What,
                        ["reason"] = r.Reason,
                        ["amount"] = r.Currency is { } currency ? Money.Plain(r.Amount, currency) : null,
                        ["currency"] = r.Currency,
                        ["at"] = RecognitionTraces.Iso(r.GivenAt),
                        ["takenBackAt"] = r.ReversedAt is { } back ? RecognitionTraces.Iso(back) : null,
                        ["takenBackReason"] = r.ReversedReason,
                    }),
                ]),
                ["handedOutToOthers"] = given,
            };
    }

    public async Task EraseAsync(TracedPerson person, long anonymousId, AdvocacyDb db, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(db);
        foreach (var reward in await db.Rewards.Where(r => r.PersonId == person.Id || r.GivenById == person.Id || r.ReversedById == person.Id).ToListAsync(cancellationToken))
        {
            if (reward.PersonId == person.Id)
            {
                reward.PersonId = anonymousId;
                reward.What = "–";
                reward.Reason = "";
                reward.ReversedReason = reward.ReversedReason is null ? null : "";
            }

            reward.GivenById = reward.GivenById == person.Id ? anonymousId : reward.GivenById;
            reward.ReversedById = reward.ReversedById == person.Id ? anonymousId : reward.ReversedById;
        }
    }
}
