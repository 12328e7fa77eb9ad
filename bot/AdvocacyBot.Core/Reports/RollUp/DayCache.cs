using Microsoft.Extensions.Caching.Memory;

namespace AdvocacyBot.Core.Reports.RollUp;

/// <summary>
/// Days that were read, by their stamp, which no other content of any day has: so what is found is right, whoever has written since. Up to 64 MB, the days of some ten million entries.
/// </summary>
internal static class DayCache
{
    private const long Most = 64 << 20;
    private const int Beside = 128;

    private static readonly MemoryCache Kept = new(new MemoryCacheOptions { SizeLimit = Most });

    public static StoredDay? Find(long stamp) => Kept.Get<StoredDay>(stamp);

    public static void Add(long stamp, StoredDay day) =>
        Kept.Set(stamp, day, new MemoryCacheEntryOptions { Size = Beside + (day.Facts?.Length ?? 0) + (day.Seen?.Length ?? 0) });
}
