using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace AdvocacyBot.Tests.Infrastructure;

/// <summary>
/// Random histories that figures are counted from twice. The environment variable <c>RECOUNT_TIMES</c> says how many times as many as in the suite there shall be, and
/// <c>RECOUNT_SEED</c> names a single one.
/// </summary>
internal static class Histories
{
    private static readonly int Times = int.Parse(Environment.GetEnvironmentVariable("RECOUNT_TIMES") ?? "1", CultureInfo.InvariantCulture);
    private static readonly string? Seed = Environment.GetEnvironmentVariable("RECOUNT_SEED");

    /// <param name="count">How many, in the suite.</param>
    /// <param name="agrees">Writes the history of a seed, and throws where figures differ.</param>
    public static void Check(int count, Func<int, Task> agrees)
    {
        var (seeds, most) = Seed is { Length: > 0 } one ? (Gen.Constant(int.Parse(one, CultureInfo.InvariantCulture)), 1) : (Gen.Choose(0, int.MaxValue), count * Times);
        FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(most), Prop.ForAll(seeds.ToArbitrary(), agrees));
    }
}
