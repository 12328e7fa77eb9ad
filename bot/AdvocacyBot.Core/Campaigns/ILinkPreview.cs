namespace AdvocacyBot.Core.Campaigns;

/// <summary>Reads what a web page says about itself, to fill in a campaign's title, text and picture.</summary>
public interface ILinkPreview
{
    /// <summary>Fetches the page; every way in which that can go wrong is a value.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    Task<LinkPreviewResult> FetchAsync(Uri link, CancellationToken cancellationToken);
}

/// <summary>What came of a fetch.</summary>
public abstract record LinkPreviewResult
{
    private LinkPreviewResult() { }

    public sealed record Found(LinkPreview Preview) : LinkPreviewResult;

    /// <param name="Reason">What a person is told about.</param>
    /// <param name="Detail">A word for logs and diagnosis, e.g. <c>404</c> or <c>application/pdf</c>; never an address, never text of the page.</param>
    public sealed record NotFetched(LinkPreviewFailure Reason, string? Detail) : LinkPreviewResult;
}

public enum LinkPreviewFailure
{
    /// <summary>Not an http(s) address, too long, with a user name or password, or on a port that is not served.</summary>
    BadAddress,

    /// <summary>It leads, directly or through a redirect, to an address that is not on the public Internet.</summary>
    PrivateAddress,

    /// <summary>The page announces a size beyond what is read.</summary>
    TooLarge,
    TimedOut,

    /// <summary>Something else than a web page: a PDF, a picture, a download.</summary>
    NotHtml,

    /// <summary>The site answered with an error status.</summary>
    HttpError,
    TooManyRedirects,

    /// <summary>No such host, no connection, no trusted certificate, or an answer that breaks off.</summary>
    Unreachable,
}

/// <summary>
/// A page's own words (Open Graph, ogp.me; then Twitter card tags; then plain HTML). All texts are from a stranger: plain text on one line,
/// without control and direction-control characters, cut to length; escape them for the place where they are shown.
/// </summary>
public sealed record LinkPreview
{
    /// <summary>
    /// The page that was read, after redirects: http(s), host in ASCII. The page's own <c>rel=canonical</c> is not believed: it is
    /// often wrong, and it drops the parameters that the campaign's author put on the link.
    /// </summary>
    public required Uri Link { get; init; }

    /// <summary>At most 200 characters (UTF-16).</summary>
    public string? Title { get; init; }

    /// <summary>At most 500 characters (UTF-16).</summary>
    public string? Description { get; init; }

    /// <summary>Absolute, http(s). Not fetched, and not checked to be a picture.</summary>
    public Uri? ImageUrl { get; init; }

    /// <summary>At most 300 characters (UTF-16).</summary>
    public string? ImageAlt { get; init; }

    /// <summary>BCP 47 tag as the page claims it, e.g. <c>he-IL</c>.</summary>
    public string? Language { get; init; }

    /// <summary>At most 100 characters (UTF-16).</summary>
    public string? SiteName { get; init; }

    /// <summary><c>og:type</c> in lower case, e.g. <c>article</c>, <c>video.other</c>, <c>website</c>.</summary>
    public string? ContentTypeHint { get; init; }
}
