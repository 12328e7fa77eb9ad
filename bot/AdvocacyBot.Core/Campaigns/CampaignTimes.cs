using NodaTime;
using NodaTime.Text;

namespace AdvocacyBot.Core.Campaigns;

/// <summary>Wall-clock times of campaigns. An hour that a clock change skips moves forward; of an hour that comes twice the first is meant.</summary>
public static class CampaignTimes
{
    private static readonly LocalDateTimePattern Pattern = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");

    /// <summary>The instant at which a zone's clock shows a wall-clock time.</summary>
    /// <param name="local"><c>yyyy-MM-ddTHH:mm</c>.</param>
    /// <param name="zoneId">IANA id; an unknown one counts as UTC.</param>
    /// <returns>Null where <paramref name="local"/> is no such time.</returns>
    public static DateTimeOffset? Instant(string? local, string zoneId) =>
        string.IsNullOrEmpty(local) || !Pattern.Parse(local).TryGetValue(default, out var time)
            ? null
            : time.InZoneLeniently(Zone(zoneId)).ToInstant().ToDateTimeOffset();

    /// <summary>Puts a date and a time field together; "" where both are empty, null where they are no time.</summary>
    /// <param name="date"><c>yyyy-MM-dd</c>.</param>
    /// <param name="time"><c>HH:mm</c>; 09:00 where it is empty.</param>
    public static string? Join(string date, string time)
    {
        if (date.Length == 0)
        {
            return time.Length == 0 ? "" : null;
        }

        var local = $"{date}T{(time.Length == 0 ? "09:00" : time[..Math.Min(5, time.Length)])}";
        return Pattern.Parse(local).Success ? local : null;
    }

    /// <summary>An instant as a zone's wall clock shows it.</summary>
    public static LocalDateTime Local(DateTimeOffset at, string zoneId) =>
        NodaTime.Instant.FromDateTimeOffset(at).InZone(Zone(zoneId)).LocalDateTime;

    public static DateTimeZone Zone(string zoneId) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(zoneId) ?? DateTimeZone.Utc;
}
