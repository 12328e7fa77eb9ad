using System.Collections.Concurrent;
using AdvocacyBot.Core.Chat;

namespace AdvocacyBot.Core.Delivery;

/// <summary>Until when a platform wants no sends, or no updates, in a workspace. A wait that holds for one conversation is its delivery's own matter.</summary>
internal sealed class Holds(TimeProvider clock)
{
    /// <summary>The longest step where a platform does not say how long.</summary>
    private const int MostSteps = 6;

    private readonly ConcurrentDictionary<(long Workspace, bool Updates), (DateTimeOffset Until, int InARow)> held = new();

    public void Note(long workspace, bool isUpdate, SendResult result)
    {
        if (result is not SendResult.RetryAfter { Holds: not Throttled.Conversation } wait)
        {
            // Whatever else it was, the platform has answered.
            if (held.TryGetValue((workspace, isUpdate), out var over) && over.Until <= clock.GetUtcNow())
            {
                held.TryRemove((workspace, isUpdate), out _);
            }

            return;
        }

        Hold(workspace, isUpdate, wait.After);
        if (wait.Holds == Throttled.Workspace)
        {
            Hold(workspace, !isUpdate, wait.After);
        }
    }

    /// <summary>When sends, or updates, may go on; null: now.</summary>
    public DateTimeOffset? Until(long workspace, bool isUpdate) =>
        held.TryGetValue((workspace, isUpdate), out var hold) && hold.Until > clock.GetUtcNow() ? hold.Until : null;

    private void Hold(long workspace, bool isUpdate, TimeSpan after)
    {
        var now = clock.GetUtcNow();
        held.AddOrUpdate(
            (workspace, isUpdate),
            _ => (now + Wait(after, 1), 1),
            (_, known) =>
            {
                // Those that were under way together say the same thing: only what is said after the wait makes it longer.
                var inARow = known.Until <= now ? known.InARow + 1 : known.InARow;
                var until = now + Wait(after, inARow);
                return (until > known.Until ? until : known.Until, inARow);
            });
    }

    private static TimeSpan Wait(TimeSpan after, int inARow) => after > TimeSpan.Zero ? after : TimeSpan.FromSeconds(Math.Pow(2, Math.Min(inARow, MostSteps)));
}
