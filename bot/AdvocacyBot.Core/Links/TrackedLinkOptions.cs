using System.ComponentModel.DataAnnotations;

namespace AdvocacyBot.Core.Links;

/// <summary>Section <c>Links</c>: tracked links.</summary>
public sealed class TrackedLinkOptions
{
    public const string Section = "Links";

    /// <summary>Requests per second that one address may make for long, twice as many at once; 0: no limit. Many people can share an address.</summary>
    [Range(0, 1_000_000)]
    public int PerVisitorPerSecond { get; set; } = 200;

    /// <summary>Longest wait for the database, in milliseconds; then the link redirects all the same.</summary>
    [Range(50, 30_000)]
    public int LongestWait { get; set; } = 2000;

    /// <summary>Shares known from the start, the youngest first; older ones are looked up when they are followed. Each takes some 300 bytes.</summary>
    [Range(0, 10_000_000)]
    public int KnownAtStart { get; set; } = 500_000;
}
