using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Tests.Infrastructure;
using FsCheck;
using FsCheck.Fluent;

namespace AdvocacyBot.Tests.Delivery;

public sealed class SendWindowTests
{
    private readonly ManualTimeProvider clock = new();

    [Fact]
    public void It_doubles_with_each_round_trip_until_it_is_as_large_as_it_gets()
    {
        var window = new SendWindow(clock);
        List<int> sizes = [];
        for (var i = 0; i < 7; i++)
        {
            sizes.Add(window.Size);
            var all = window.Free;
            window.Left(all);
            window.Back(all);
            window.Full(all);
        }

        Assert.Equal([8, 16, 32, 64, 128, 256, 256], sizes);
    }

    [Fact]
    public void Where_a_limit_holds_sending_up_it_shrinks_to_twice_what_was_on_its_way_and_grows_by_one()
    {
        var window = new SendWindow(clock);
        window.Full(back: 92);
        Assert.Equal(100, window.Size);

        // 30 on their way for half of the time: 15 on average.
        window.Left(30);
        clock.Advance(TimeSpan.FromSeconds(1));
        window.Back(30);
        clock.Advance(TimeSpan.FromSeconds(1));
        window.LimitReached();

        Assert.Equal(30, window.Size);
        window.Full(back: 20);
        Assert.Equal(31, window.Size);
        clock.Advance(TimeSpan.FromSeconds(1));
        window.LimitReached();
        Assert.Equal(SendWindow.Least, window.Size);
    }

    [Fact]
    public void Refusals_halve_it()
    {
        var window = new SendWindow(clock);
        window.Full(back: 92);
        window.Refused();
        Assert.Equal(50, window.Size);
    }

    [Fact]
    public void Whatever_happens_it_stays_between_its_bounds() => Check.QuickThrowOnFailure(Prop.ForAll(ArbMap.Default.ArbFor<(int What, int Count)[]>(), steps =>
    {
        var window = new SendWindow(clock);
        foreach (var (what, count) in steps)
        {
            switch (Math.Abs(what % 5))
            {
                case 0: window.Left(Math.Clamp(count, 0, window.Free)); break;
                case 1: window.Back(Math.Clamp(count, 0, window.Flying)); break;
                case 2: window.Full(Math.Clamp(count, 0, SendWindow.Most)); break;
                case 3: clock.Advance(TimeSpan.FromMilliseconds(Math.Clamp(count, 0, 5000))); window.LimitReached(); break;
                default: window.Refused(); break;
            }

            Assert.InRange(window.Size, SendWindow.Least, SendWindow.Most);
        }
    }));
}
