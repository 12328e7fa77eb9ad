using AdvocacyBot.Core.Digests;
using AdvocacyBot.Core.Rhythm;

namespace AdvocacyBot.Tests.Rhythm;

public sealed class FallingTests
{
    [Theory]
    [InlineData(new[] { 1, 2, 3, 4 }, true)]
    [InlineData(new[] { 2, 2, 3, 4 }, false)]
    [InlineData(new[] { 1, 2, 5, 4 }, false)]
    public void It_falls_where_each_week_is_lower_than_the_one_before(int[] acted, bool falls)
    {
        Assert.Equal(falls, ReadWarnings.Falls([.. acted.Select(a => new DigestRate(a, 10))]));
        Assert.False(ReadWarnings.Falls([.. acted.Select(a => new DigestRate(a, 10)).Append(null)]));
    }
}
