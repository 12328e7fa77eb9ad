using System.Collections.Concurrent;
using AdvocacyBot.Core.Broadcasts;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.People;
using AdvocacyBot.Slack.Api;
using AdvocacyBot.Slack.Data;
using AdvocacyBot.Slack.Inbound;
using AdvocacyBot.Slack.Installations;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Slack.People;

/// <summary>
/// Names, languages and time zones, asked of Slack once a day at most and kept in memory and in the database. Who is met for the first time is waited for a moment, so
/// that the first answer is in their language already.
/// </summary>
internal sealed class PeopleBook(
    SlackClient client,
    RateLimits limits,
    Database database,
    IDbContextFactory<SlackDb> contexts,
    Reachability reachability,
    ProfileBook profiles,
    Replies.InFlight inFlight,
    ErasedBook erased,
    TimeProvider clock)
{
    public static readonly TimeSpan Freshness = TimeSpan.FromDays(1);

    private static readonly TimeSpan FirstMeeting = TimeSpan.FromMilliseconds(600);

    private const int MostKept = 100_000;

    private readonly ConcurrentDictionary<(string Installation, string User), Profile> kept = new();
    private readonly ConcurrentDictionary<(string Installation, string User), Task<Profile?>> asking = new();

    /// <summary>What Slack said of people whom the programme had not stored yet.</summary>
    private readonly ConcurrentDictionary<(string Installation, string User), PlatformProfile> early = new();

    /// <summary>What is known; null where Slack has not told yet.</summary>
    public ValueTask<Profile?> FindAsync(Installation at, string userId, CancellationToken cancellationToken)
    {
        if (kept.TryGetValue((at.Id, userId), out var known))
        {
            inFlight.Track(SettleAsync(at, userId));
            if (clock.GetUtcNow() - known.RefreshedAt > Freshness)
            {
                inFlight.Track(Ask(at, userId));
            }

            return ValueTask.FromResult<Profile?>(known);
        }

        return new ValueTask<Profile?>(FirstAsync(at, userId, cancellationToken));
    }

    /// <summary>What Slack says, at most a day old.</summary>
    /// <returns>Null: Slack does not say now.</returns>
    public async Task<Profile?> RefreshAsync(Installation at, string userId, CancellationToken cancellationToken)
    {
        var known = await LoadAsync(at, userId, cancellationToken);
        return known is not null && clock.GetUtcNow() - known.RefreshedAt <= Freshness ? known : await Ask(at, userId).WaitAsync(cancellationToken);
    }

    /// <summary>Nothing is kept of a person any more; what Slack says of them is asked when they are met again.</summary>
    public void Forget(string userId)
    {
        foreach (var key in kept.Keys.Where(key => key.User == userId))
        {
            kept.TryRemove(key, out _);
        }

        foreach (var key in early.Keys.Where(key => key.User == userId))
        {
            early.TryRemove(key, out _);
        }
    }

    /// <summary>How long Slack wants to be left alone about people; zero: it may be asked.</summary>
    public TimeSpan Wait(Installation at) => limits.Wait("users.info", at.Id);

    /// <summary>Takes what an event says of a person; it does not say the language.</summary>
    public async Task TakeAsync(Installation at, UserObject user, CancellationToken cancellationToken)
    {
        var known = await LoadAsync(at, user.Id, cancellationToken);
        await StoreAsync(at, user with { Locale = user.Locale ?? known?.Locale }, cancellationToken);
    }

    private async Task<Profile?> FirstAsync(Installation at, string userId, CancellationToken cancellationToken)
    {
        var known = await LoadAsync(at, userId, cancellationToken);
        if (known is not null && clock.GetUtcNow() - known.RefreshedAt <= Freshness)
        {
            return known;
        }

        var asked = Ask(at, userId);
        if (known is null)
        {
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(asked, Task.Delay(FirstMeeting, clock, enough.Token));
            await enough.CancelAsync();
        }

        if (asked.IsCompletedSuccessfully)
        {
            return await asked ?? known;
        }

        inFlight.Track(asked);
        return known;
    }

    private async Task<Profile?> LoadAsync(Installation at, string userId, CancellationToken cancellationToken)
    {
        if (kept.TryGetValue((at.Id, userId), out var known))
        {
            return known;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await db.People.AsNoTracking().FirstOrDefaultAsync(p => p.InstallationId == at.Id && p.UserId == userId, cancellationToken);
        return row is null ? null : Keep(at, userId, new Profile(row.Name, row.Locale, row.TimeZone, row.Colleague, row.RefreshedAt));
    }

    /// <summary>One call for all who ask at a time.</summary>
    private Task<Profile?> Ask(Installation at, string userId) => asking.GetOrAdd((at.Id, userId), _ => AskAsync(at, userId));

    private async Task<Profile?> AskAsync(Installation at, string userId)
    {
        await Task.Yield();
        try
        {
            var answer = await client.UserAsync(at, userId, inFlight.Stopping);
            return answer.Value?.User is { } user ? await StoreAsync(at, user, inFlight.Stopping) : null;
        }
        catch (Exception e) when (e is OperationCanceledException or System.Data.Common.DbException or DbUpdateException)
        {
            return null;
        }
        finally
        {
            asking.TryRemove((at.Id, userId), out _);
        }
    }

    private async Task<Profile> StoreAsync(Installation at, UserObject user, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var profile = new Profile(IncomingText.Plain(user.ShownName), user.Locale, user.Tz, user.IsColleague, now);
        if (await erased.HasAsync(at.Workspace, user.Id, cancellationToken))
        {
            return profile;
        }

        var (name, locale, zone, colleague, at_) = (profile.Name, profile.Locale, profile.TimeZone, profile.Colleague, now.ToUnixTimeMilliseconds());
        using (await database.EnterWriteAsync(cancellationToken))
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO slack_people ("InstallationId", "UserId", "Name", "Locale", "TimeZone", "Colleague", "RefreshedAt")
                VALUES ({at.Id}, {user.Id}, {name}, {locale}, {zone}, {colleague}, {at_})
                ON CONFLICT ("InstallationId", "UserId") DO UPDATE SET
                    "Name" = excluded."Name", "Locale" = excluded."Locale", "TimeZone" = excluded."TimeZone", "Colleague" = excluded."Colleague", "RefreshedAt" = excluded."RefreshedAt"
                """,
                cancellationToken);
        }

        await reachability.SetAsync(at.Workspace, user.Id, profile.Colleague, cancellationToken);
        if (profile.Colleague && user.Profile is { } own && (own.Email ?? own.Title) is { Length: > 0 })
        {
            await TakeAsync(at, user.Id, new PlatformProfile(own.Email, own.Title));
        }

        return Keep(at, user.Id, profile);
    }

    /// <summary>The programme knows the person by now: what Slack said of them before that is handed on.</summary>
    public Task SettleAsync(Installation at, string userId) => early.TryRemove((at.Id, userId), out var said) ? TakeAsync(at, userId, said) : Task.CompletedTask;

    private async Task TakeAsync(Installation at, string userId, PlatformProfile said)
    {
        try
        {
            var known = new Dictionary<string, PlatformProfile>(StringComparer.Ordinal) { [userId] = said };
            if (await profiles.TakeAsync(at.Workspace, known, inFlight.Stopping) == 0 && early.Count < MostKept)
            {
                early[(at.Id, userId)] = said;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or System.Data.Common.DbException or DbUpdateException)
        {
            // Slack says it again tomorrow.
        }
    }

    private Profile Keep(Installation at, string userId, Profile profile)
    {
        if (kept.Count > MostKept)
        {
            kept.Clear();
        }

        return kept[(at.Id, userId)] = profile;
    }
}
