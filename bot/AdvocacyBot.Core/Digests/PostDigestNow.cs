using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Core.Programme;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace AdvocacyBot.Core.Digests;

/// <summary>"Post now" below a previewed digest: once a day in a channel, beside the week's own digest and never instead of it.</summary>
public sealed class PostDigestNow(AdvocacyDb db, DeliverySignal signal, AfterCommit afterCommit) : IActionHandler
{
    private static readonly LocalDate Epoch = new(1970, 1, 1);

    public async Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(turn);

        // The button may be older than the person's role.
        var roles = await db.People.Where(p => p.Id == turn.Person.Id).Select(p => p.Roles).FirstOrDefaultAsync(cancellationToken);
        if ((roles & DigestRoutes.AllowedRoles) == Roles.None)
        {
            return Say(turn, "Digests.PostNotAllowed");
        }

        var channel = await DigestChannel.In(db)
            .FirstOrDefaultAsync(c => c.Id == token.Subject && c.WorkspaceId == turn.Workspace.Id, cancellationToken);
        if (channel is null || channel.Removed)
        {
            return Say(turn, "Digests.PostChannelRemoved");
        }

        var today = Instant.FromDateTimeOffset(turn.Now).InZone(DigestWeek.Zone(channel.TimeZone, out _)).Date;
        var row = new DigestRow(
            Guid.CreateVersion7(turn.Now), channel.WorkspaceId, channel.Id, DigestKeys.Now(channel.Id, today), DigestWeek.PeriodKey(FirstDay(token.Context)),
            DeliveryState.Pending, Reason: null, turn.Now);
        if (!await DigestOutbox.TryAddAsync(db, row, cancellationToken))
        {
            return Say(turn, "Digests.PostedAlready");
        }

        afterCommit.Add(() => signal.Raise(channel.WorkspaceId));
        return Say(turn, "Digests.PostedNow");
    }

    /// <summary>Days since 1 January 1970: how the button carries the first day.</summary>
    internal static long DayNumber(LocalDate day) => Period.DaysBetween(Epoch, day);

    private static LocalDate FirstDay(long dayNumber) => Epoch.PlusDays((int)dayNumber);

    private static Reply Say(TurnContext turn, string key) => Reply.Private(Notice.Card(turn.Texts, turn.Texts[key]));
}
