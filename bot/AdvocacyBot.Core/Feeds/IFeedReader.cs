namespace AdvocacyBot.Core.Feeds;

/// <summary>Fetches and reads feeds; every way in which that can go wrong is a value.</summary>
public interface IFeedReader
{
    /// <param name="address">http or https.</param>
    /// <param name="known">What the server gave the last time; null asks for the whole feed.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    Task<FeedLook> ReadAsync(Uri address, FeedVersion? known, CancellationToken cancellationToken);
}

/// <summary>What a server says of the version it gave (RFC 9110, 8.8), in its own words.</summary>
public sealed record FeedVersion(string? ETag, string? LastModified);

/// <summary>What came of looking at a feed.</summary>
public abstract record FeedLook
{
    private FeedLook() { }

    /// <param name="Document">What it holds.</param>
    /// <param name="Address">Where it lives now: other than asked for after permanent redirects.</param>
    /// <param name="Version">To ask with the next time.</param>
    public sealed record Found(FeedDocument Document, Uri Address, FeedVersion Version) : FeedLook;

    /// <summary>Nothing changed since the version that was known.</summary>
    public sealed record NotModified : FeedLook;

    /// <param name="Reason">What a person is told.</param>
    /// <param name="Detail">A word beside it, e.g. <c>404</c>; never an address, never text of the page.</param>
    /// <param name="RetryAfter">How long the server asks to wait.</param>
    /// <param name="Instead">The feed that a web page names as its own, where the address was the page's.</param>
    public sealed record NotRead(FeedFailure Reason, string? Detail = null, TimeSpan? RetryAfter = null, Uri? Instead = null) : FeedLook;
}

/// <summary>The names are stored.</summary>
public enum FeedFailure
{
    /// <summary>Not an http(s) address, too long, with a user name or password, or on a port that is not served.</summary>
    BadAddress,

    /// <summary>It leads, directly or through a redirect, to an address that is not on the public Internet.</summary>
    PrivateAddress,
    TooLarge,
    TimedOut,
    HttpError,

    /// <summary>The server says that the feed is gone for good (410).</summary>
    Gone,
    TooManyRedirects,

    /// <summary>No such host, no connection, no trusted certificate, or an answer that breaks off.</summary>
    Unreachable,

    /// <summary>Something else than RSS or Atom, such as a web page.</summary>
    NotAFeed,

    /// <summary>XML that cannot be read even with kindness.</summary>
    Broken,

    /// <summary>It declares a document type, which is not read: such declarations can be made to read files or to use up memory.</summary>
    HasDtd,
}

/// <summary>A feed's words, from a stranger: plain text, without control and direction-control characters, cut to length.</summary>
/// <param name="Title">At most 120 characters; "" where it has none.</param>
/// <param name="Entries">In the order of the feed; those without a usable link are left out.</param>
/// <param name="Wait">How long the feed asks not to be looked at again.</param>
public sealed record FeedDocument(string Title, IReadOnlyList<FeedEntry> Entries, TimeSpan? Wait);

/// <param name="Link">Absolute, http(s).</param>
/// <param name="Title">At most 150 characters; never empty.</param>
/// <param name="Summary">At most 400 characters.</param>
/// <param name="At">When it was published, where the feed says so in a form that can be read.</param>
/// <param name="Picture">Absolute, http(s).</param>
/// <param name="Language">ISO 639-1, one that we speak: as the feed says, else by the title's letters.</param>
public sealed record FeedEntry(Uri Link, string Title, string Summary, DateTimeOffset? At, Uri? Picture, string Language);
