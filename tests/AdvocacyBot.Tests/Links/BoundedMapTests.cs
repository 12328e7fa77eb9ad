using AdvocacyBot.Core.Links;
using FsCheck;
using FsCheck.Fluent;

namespace AdvocacyBot.Tests.Links;

public sealed class BoundedMapTests
{
    [Fact]
    public void What_was_set_last_is_found_as_long_as_it_is_among_the_youngest_half() =>
        Check.QuickThrowOnFailure(Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), keys =>
        {
            var map = new BoundedMap<int, int>(capacity: 20);
            for (var i = 0; i < keys.Length; i++)
            {
                map.Set(keys[i], i);
            }

            return keys.Select((key, i) => (key, i)).GroupBy(pair => pair.key).Select(group => group.Last()).OrderByDescending(pair => pair.i).Take(10)
                .All(pair => map.TryGet(pair.key, out var value) && value == pair.i);
        }));

    [Fact]
    public void No_more_is_kept_than_the_capacity()
    {
        var map = new BoundedMap<int, int>(capacity: 20);
        for (var i = 0; i < 1000; i++)
        {
            map.Set(i, i);
        }

        Assert.InRange(Enumerable.Range(0, 1000).Count(i => map.TryGet(i, out _)), 10, 20);
    }

    [Fact]
    public void What_is_asked_for_stays()
    {
        var map = new BoundedMap<int, int>(capacity: 20);
        for (var i = 0; i < 1000; i++)
        {
            map.Set(i, i);
            Assert.True(map.TryGet(0, out _));
        }
    }

    [Fact]
    public void A_condition_decides_whether_a_value_is_replaced()
    {
        var map = new BoundedMap<string, int>(capacity: 20);

        Assert.True(map.SetWhere("a", 5, 0, (_, _) => false));
        Assert.False(map.SetWhere("a", 6, 4, (held, limit) => held < limit));
        Assert.True(map.SetWhere("a", 7, 6, (held, limit) => held < limit));
        Assert.True(map.TryGet("a", out var value));
        Assert.Equal(7, value);
        map.Remove("a");
        Assert.False(map.TryGet("a", out _));
    }
}
