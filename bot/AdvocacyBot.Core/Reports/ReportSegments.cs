using System.Runtime.InteropServices;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Digests;

namespace AdvocacyBot.Core.Reports;

/// <summary>
/// Breaks those who could see something, and what came of their personal links, down by department, location and persona. Of whom nothing is known are a group as well, or they could
/// be worked out from the rest. Who is of several personas is in the group of each.
/// </summary>
internal sealed class ReportSegments(ReportReading reading, PeriodTally tally)
{
    /// <param name="conversions">Of the period: whose link it was (null: nobody's any more), of which type, how many.</param>
    public async Task<IReadOnlyList<SegmentSet>> ReadAsync(IEnumerable<(long? Person, ConversionType Type, int Count)> conversions)
    {
        var crowd = new Crowd(tally, conversions);
        var (departments, locations, personas) = (new Groups(crowd), new Groups(crowd), new Groups(crowd));
        foreach (var (profile, people) in (await reading.ProfilesAsync(crowd.First, crowd.Last)).All)
        {
            List<int> places = [.. people.Select(crowd.PlaceOf).Where(place => place is not null).Select(place => place!.Value)];
            departments.Add(profile.Department, places);
            locations.Add(profile.Location, places);
            foreach (var persona in (profile.Personas ?? "").Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal))
            {
                personas.Add(persona, places);
            }
        }

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

    /// <summary>
    /// Whom figures are about: who could see something, and who only has a link that brought somebody, from an earlier share. Those stand behind the tally's places; they count in no rate,
    /// but what they brought does not get lost.
    /// </summary>
    private sealed class Crowd
    {
        private const long Nobody = 0;

        private readonly PeriodTally tally;
        private readonly Dictionary<long, int> others = [];
        private readonly Dictionary<int, (int Applicants, int Leads)> brought = [];

        public Crowd(PeriodTally tally, IEnumerable<(long? Person, ConversionType Type, int Count)> conversions)
        {
            (this.tally, First, Last) = (tally, tally.Person(0), tally.Person(tally.Done.Length - 1));
            foreach (var (whose, type, count) in conversions)
            {
                var person = whose ?? Nobody;
                var place = PlaceOf(person) ?? (others[person] = tally.Done.Length + others.Count);
                var (applicants, leads) = brought.GetValueOrDefault(place);
                brought[place] = type == ConversionType.Applicant ? (applicants + count, leads) : (applicants, leads + count);
                (First, Last) = (Math.Min(First, person), Math.Max(Last, person));
            }
        }

        public long First { get; }

        public long Last { get; }

        public int Places => tally.Done.Length + others.Count;

        /// <summary>Null: somebody else.</summary>
        public int? PlaceOf(long person) =>
            tally.PlaceOf(person) is { } place && tally.HasSeen(place) ? place : others.TryGetValue(person, out var other) ? other : null;

        public bool HasSeen(int place) => place < tally.Done.Length && tally.HasSeen(place);

        public bool IsIn(int place) => place >= tally.Done.Length || tally.HasSeen(place);

        public SegmentLine Line(string? name, List<int> places)
        {
            var (couldSee, acted, sharers, applicants, leads) = (0, 0, 0, 0, 0);
            foreach (var place in places)
            {
                if (HasSeen(place))
                {
                    couldSee++;
                    acted += tally.Done[place] != 0 ? 1 : 0;
                    sharers += (tally.Done[place] & PeriodTally.Shared) != 0 ? 1 : 0;
                }

                if (brought.TryGetValue(place, out var came))
                {
                    applicants += came.Applicants;
                    leads += came.Leads;
                }
            }

            return new SegmentLine(name, couldSee, acted, sharers, applicants, leads);
        }
    }

    /// <summary>Places of people by what is known of them.</summary>
    private sealed class Groups(Crowd crowd)
    {
        private readonly Dictionary<string, List<int>> byName = new(StringComparer.Ordinal);
        private readonly bool[] known = new bool[crowd.Places];

        public bool IsEmpty => byName.Count == 0;

        public void Add(string? name, List<int> places)
        {
            if (!string.IsNullOrEmpty(name) && places.Count > 0)
            {
                Of(name).AddRange(places);
                places.ForEach(place => known[place] = true);
            }
        }

        public async Task<IReadOnlyList<SegmentLine>> LinesAsync()
        {
            var unknown = Enumerable.Range(0, known.Length).Where(place => !known[place] && crowd.IsIn(place)).ToList();
            var groups = byName.Select(g => (g.Key, Places: g.Value)).Append((Key: "", Places: unknown)).Where(g => g.Places.Count > 0)
                .OrderByDescending(g => g.Places.Count).ThenBy(g => g.Key, StringComparer.Ordinal).ToList();
            var (alone, together) = await SmallGroups.SplitAsync(groups, some => Task.FromResult(Joined(some).Count(crowd.HasSeen) >= DigestNumbers.SmallestGroup));
            var lines = alone.ConvertAll(g => crowd.Line(g.Key, g.Places));
            return together.Count == 0 ? lines : [.. lines, crowd.Line(name: null, Joined(together))];
        }

        /// <summary>Whoever is in several of them counts once.</summary>
        private static List<int> Joined(IReadOnlyList<(string Key, List<int> Places)> groups) =>
            groups.Count == 1 ? groups[0].Places : [.. groups.SelectMany(g => g.Places).Distinct()];

        private List<int> Of(string name)
        {
            ref var places = ref CollectionsMarshal.GetValueRefOrAddDefault(byName, name, out _);
            return places ??= [];
        }
    }
}
