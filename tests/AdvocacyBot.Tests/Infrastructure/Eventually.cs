using System.Diagnostics;
using Xunit.Sdk;

namespace AdvocacyBot.Tests.Infrastructure;

/// <summary>Waits for what is done beside the requests (outbox, schedules, rosters): looks again until it is so, as long as a loaded machine may need.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    /// <param name="look">Asks the host, the database or a fake.</param>
    /// <param name="enough">Whether what was seen is what is waited for.</param>
    /// <param name="what">Named where it never came.</param>
    public static async Task<T> SeeAsync<T>(Func<Task<T>> look, Func<T, bool> enough, string what)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var seen = await look();
            if (enough(seen))
            {
                return seen;
            }

            if (watch.Elapsed > Patience)
            {
                throw new XunitException($"In vain: {what}. Seen last: {seen}");
            }

            await Task.Yield();
        }
    }

    public static Task SeeAsync(Func<Task<bool>> look, string what) => SeeAsync(look, seen => seen, what);
}
