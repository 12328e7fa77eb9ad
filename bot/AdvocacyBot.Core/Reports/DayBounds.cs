using AdvocacyBot.Core.Reports.RollUp;

namespace AdvocacyBot.Core.Reports;

/// <summary>How much room it takes to count some days: people and campaigns are places from the first id on.</summary>
/// <param name="FirstPerson">Smallest id.</param>
/// <param name="People">Places, at least one.</param>
/// <param name="FirstCampaign">Smallest id.</param>
/// <param name="Campaigns">Places, at least one.</param>
/// <param name="Acts">What people did, at most so many entries.</param>
internal sealed record DayBounds(long FirstPerson, int People, long FirstCampaign, int Campaigns, int Acts)
{
    public static DayBounds Of(IEnumerable<StoredDay> days)
    {
        var (people, campaigns, acts) = (new List<long>(), new List<long>(), 0);
        foreach (var day in days)
        {
            if (day.Facts is { Length: > 0 } facts)
            {
                var bounds = DayBytes.Bounds(facts);
                people.AddRange([bounds.FirstPerson, bounds.LastPerson]);
                campaigns.AddRange([bounds.FirstCampaign, bounds.LastCampaign]);
                acts += bounds.Acts;
            }

            if (day.Seen is { } seen && PersonSet.Range(seen) is { } range)
            {
                people.AddRange([range.First, range.Last]);
            }
        }

        var (firstPerson, firstCampaign) = (people.DefaultIfEmpty().Min(), campaigns.DefaultIfEmpty().Min());
        return new DayBounds(
            firstPerson, checked((int)(people.DefaultIfEmpty().Max() - firstPerson + 1)), firstCampaign, checked((int)(campaigns.DefaultIfEmpty().Max() - firstCampaign + 1)), acts);
    }
}
