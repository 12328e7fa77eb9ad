using AdvocacyBot.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.People;

/// <summary>A person's row of choices, made when it is first needed. In the caller's transaction.</summary>
public sealed class OwnPreferences(AdvocacyDb db)
{
    /// <summary>Tracked, and marked as changed now.</summary>
    public async Task<PersonPreferences> ChangeAsync(long personId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var own = await db.Preferences.FirstOrDefaultAsync(p => p.PersonId == personId, cancellationToken)
            ?? db.Preferences.Local.FirstOrDefault(p => p.PersonId == personId);
        if (own is null)
        {
            own = new PersonPreferences { PersonId = personId };
            db.Preferences.Add(own);
        }

        own.UpdatedAt = now;
        return own;
    }

    /// <returns>Not tracked; what somebody has who chose nothing where there is no row.</returns>
    public async Task<PersonPreferences> ReadAsync(long personId, CancellationToken cancellationToken) =>
        await db.Preferences.AsNoTracking().FirstOrDefaultAsync(p => p.PersonId == personId, cancellationToken) ?? new PersonPreferences { PersonId = personId };
}
