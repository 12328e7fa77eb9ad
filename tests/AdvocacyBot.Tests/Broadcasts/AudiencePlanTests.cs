using AdvocacyBot.Core.Broadcasts;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.People;
using FsCheck;
using FsCheck.Fluent;

namespace AdvocacyBot.Tests.Broadcasts;

/// <summary>Who is written to, whatever people, accounts and wishes there are.</summary>
public sealed class AudiencePlanTests
{
    private static readonly DateTimeOffset Later = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Each_person_is_decided_about_once_and_no_wish_is_passed_over() => Check.QuickThrowOnFailure(Prop.ForAll(
        Worlds().ToArbitrary(),
        world =>
        {
            var plan = AudiencePlan.Decide(world.People, world.InChannels, world.Verdicts, home: 1, world.Later);
            var byHuman = plan.ToLookup(recipient => recipient.Account.HumanId);
            return plan.Count == world.People.Count
                && world.People.All(human => byHuman[human.Id].Count() == 1)
                && world.People.All(human => Right(human, byHuman[human.Id].Single(), world));
        }));

    private static bool Right(Human human, Recipient recipient, World world)
    {
        var reasons = human.Accounts.Select(account => world.Verdicts[account.PersonId].Reason).ToList();
        var refused = reasons.Exists(reason => AudiencePlan.IsOwnWish(reason, world.Later));
        var seen = human.Accounts.Any(account => world.InChannels.Contains(account.PersonId));
        if (seen || refused || human.Accounts.Any(account => !account.Active) || reasons.TrueForAll(reason => reason == ContactReason.NotReachable))
        {
            return recipient is { State: DeliveryState.Skipped, Reason: not null };
        }

        var verdict = world.Verdicts[recipient.Account.PersonId];
        return recipient.State == DeliveryState.Pending
            && verdict.Reason != ContactReason.NotReachable
            && (verdict.Reason != ContactReason.QuietHours || world.Later || recipient.NotBefore == verdict.Until);
    }

    private static Gen<World> Worlds() =>
        from accounts in Gen.Choose(1, 3).ListOf().Where(list => list.Count > 0)
        from reasons in Gen.Elements(Enum.GetValues<ContactReason>()).ArrayOf(accounts.Sum())
        from flags in Gen.Choose(0, 9).ArrayOf(accounts.Sum())
        from later in Gen.Elements(true, false)
        select Make([.. accounts], [.. reasons], [.. flags], later);

    private static World Make(List<int> accounts, List<ContactReason> reasons, List<int> flags, bool later)
    {
        var next = 0;
        var people = accounts.ConvertAll(count =>
        {
            var first = next + 1;
            return new Human(first, [.. Enumerable.Range(0, count).Select(i => new Account(++next, 1 + i, first, "en", "Etc/UTC", flags[next - 1] != 0))]);
        });
        return new World(
            people,
            Enumerable.Range(0, next).Where(i => flags[i] == 1).Select(i => i + 1L).ToHashSet(),
            Enumerable.Range(0, next).ToDictionary(i => i + 1L, i => new ContactVerdict(reasons[i], reasons[i] == ContactReason.QuietHours ? Later : null)),
            later);
    }

    private sealed record World(List<Human> People, HashSet<long> InChannels, Dictionary<long, ContactVerdict> Verdicts, bool Later);
}
