namespace AdvocacyBot.Core.Reports;

/// <summary>
/// Groups under five are not broken down, and cannot be worked out by taking the others from the whole either: what is too small to stand alone is put together, and
/// where that is still too small, the last of the others joins it.
/// </summary>
internal static class SmallGroups
{
    /// <param name="groups">In the order shown.</param>
    /// <param name="large">Whether groups together are of five people or more.</param>
    /// <returns>Those that may stand alone, and those that may only stand together; empty where there are none, or where not even all of them together are enough.</returns>
    public static async Task<(List<T> Alone, List<T> Together)> SplitAsync<T>(IEnumerable<T> groups, Func<IReadOnlyList<T>, Task<bool>> large)
    {
        var (alone, together) = (new List<T>(), new List<T>());
        foreach (var group in groups)
        {
            (await large([group]) ? alone : together).Add(group);
        }

        while (together.Count > 0 && !await large(together))
        {
            if (alone.Count == 0)
            {
                together.Clear();
                break;
            }

            together.Insert(0, alone[^1]);
            alone.RemoveAt(alone.Count - 1);
        }

        return (alone, together);
    }
}
