using AdvocacyBot.Teams.Outbound;
using FsCheck;
using FsCheck.Fluent;

namespace AdvocacyBot.Tests.Teams.Outbound;

public sealed class SlidingLimitTests
{
    private static readonly (int Count, long Window)[] Rules = [(2, 10), (3, 25), (9, 100)];

    [Fact]
    public void Sending_as_early_as_allowed_never_exceeds_a_rule_and_never_waits_in_vain() => Prop.ForAll(
        Gen.Choose(0, 12).ArrayOf(120).ToArbitrary(),
        pauses =>
        {
            var limit = new SlidingLimit(Rules);
            List<long> sent = [];
            var now = 0L;
            foreach (var pause in pauses)
            {
                now += pause;
                var at = limit.Earliest(now);
                if (Exceeds(sent, at) || (at > now && !Exceeds(sent, at - 1)))
                {
                    return false;
                }

                limit.Note(at);
                sent.Add(at);
                now = at;
            }

            return true;
        }).QuickCheckThrowOnFailure();

    private static bool Exceeds(List<long> sent, long at) => Rules.Any(rule => sent.Count(time => time > at - rule.Window) >= rule.Count);
}
