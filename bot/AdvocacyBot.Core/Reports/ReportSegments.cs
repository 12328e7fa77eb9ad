using System.Runtime.InteropServices;
using AdvocacyBot.Core.Digests;

namespace AdvocacyBot.Core.Reports;

/// <summary>
/// Breaks those who could see something down by department, location and persona. Of whom nothing is known are a group as well, or they could be worked out from the rest. Who is of
/// several personas is in the group of each.
/// </summary>
internal sealed class ReportSegments(ReportReading reading, PeriodTally tally)
{
    public async Task<IReadOnlyList<SegmentSet>> ReadAsync()
    {
        var (departments, locations, personas) = (new Groups(tally), new Groups(tally), new Groups(tally));
        await reading.ForEachProfileAsync(tally.Person(0), tally.Person(tally.Done.Length - 1), (person, department, location, several) =>
        {
            if (tally.PlaceOf(person) is { } place && tally.HasSeen(place))
            {
                departments.Add(department, place);
                locations.Add(location, place);
                personas.AddAll(several, place);
            }
        });
        var sets = new List<SegmentSet>();
        foreach (var (name, groups) in new[] { ("department", departments), ("location", locations), ("persona", personas) })
        {
            if (!groups.IsEmpty)
            {
                sets.Add(new SegmentSet(name, await groups.LinesAsync()));
            }
        }

        return sets;
    }

    /// <summary>Places of people by what is known of them.</summary>
    private sealed class Groups(PeriodTally tally)
    {
        private readonly Dictionary<string, List<int>> byName = new(StringComparer.Ordinal);
        private readonly Dictionary<string, IReadOnlyList<List<int>>> byNames = new(StringComparer.Ordinal);
        private readonly bool[] known = new bool[tally.Done.Length];

        public bool IsEmpty => byName.Count == 0;

        public void Add(string? name, int place)
        {
            if (!string.IsNullOrEmpty(name))
            {
                Of(name).Add(place);
                known[place] = true;
            }
        }

        /// <param name="names">As <c>|engineer|speaker|</c>.</param>
        /// <param name="place">Whose.</param>
        public void AddAll(string? names, int place)
        {
            if (names is null)
            {
                return;
            }

            ref var groups = ref CollectionsMarshal.GetValueRefOrAddDefault(byNames, names, out _);
            groups ??= [.. names.Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal).Select(Of)];
            foreach (var group in groups)
            {
                group.Add(place);
                known[place] = true;
            }
        }

        public async Task<IReadOnlyList<SegmentLine>> LinesAsync()
        {
            var unknown = Enumerable.Range(0, known.Length).Where(place => !known[place] && tally.HasSeen(place)).ToList();
            var groups = byName.Select(g => (g.Key, Places: g.Value)).Append((Key: "", Places: unknown)).Where(g => g.Places.Count > 0)
                .OrderByDescending(g => g.Places.Count).ThenBy(g => g.Key, StringComparer.Ordinal).ToList();
            var (alone, together) = await SmallGroups.SplitAsync(groups, some => Task.FromResult(Joined(some).Count >= DigestNumbers.SmallestGroup));
            var lines = alone.ConvertAll(g => Line(g.Key, g.Places));
            return together.Count == 0 ? lines : [.. lines, Line(name: null, Joined(together))];
        }

        /// <summary>Whoever is in several of them counts once.</summary>
        private static List<int> Joined(IReadOnlyList<(string Key, List<int> Places)> groups) =>
            groups.Count == 1 ? groups[0].Places : [.. groups.SelectMany(g => g.Places).Distinct()];

        private SegmentLine Line(string? name, List<int> places) => new(
            name, places.Count, places.Count(place => tally.Done[place] != 0), places.Count(place => (tally.Done[place] & PeriodTally.Shared) != 0));

        private List<int> Of(string name)
        {
            ref var places = ref CollectionsMarshal.GetValueRefOrAddDefault(byName, name, out _);
            return places ??= [];
        }
    }
}
