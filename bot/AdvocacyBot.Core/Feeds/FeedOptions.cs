using System.ComponentModel.DataAnnotations;

namespace AdvocacyBot.Core.Feeds;

/// <summary>Section <c>Feeds</c>.</summary>
public sealed class FeedOptions
{
    public const string Section = "Feeds";

    /// <summary>Between two looks at a feed; a feed or its server may ask for more.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "7.00:00:00", ErrorMessage = "Feeds:Interval must be between 00:05:00 and 7.00:00:00.")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Between two looks at a feed that keeps failing, at most.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "30.00:00:00", ErrorMessage = "Feeds:LongestInterval must be between 00:05:00 and 30.00:00:00.")]
    public TimeSpan LongestInterval { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Newest items that the first look at a feed puts into the queue; older ones are passed over.</summary>
    [Range(0, 20, ErrorMessage = "Feeds:FirstItems must be between 0 and 20.")]
    public int FirstItems { get; set; } = 3;

    /// <summary>Newest items that any later look puts into the queue.</summary>
    [Range(1, 50, ErrorMessage = "Feeds:MostItems must be between 1 and 50.")]
    public int MostItems { get; set; } = 10;

    /// <summary>Bytes of a feed, after decompression; a larger one is not read.</summary>
    [Range(16 * 1024, 16 * 1024 * 1024, ErrorMessage = "Feeds:MaxBytes must be between 16384 and 16777216.")]
    public int MaxBytes { get; set; } = 3 * 1024 * 1024;

    /// <summary>For one look, redirects included.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:02:00", ErrorMessage = "Feeds:TimeLimit must be between 00:00:00.100 and 00:02:00.")]
    public TimeSpan TimeLimit { get; set; } = TimeSpan.FromSeconds(15);
}
