using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Feeds;
using AdvocacyBot.Host.LinkPreviews;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Host.Feeds;

/// <summary>
/// Fetches feeds under the rules of link previews: public addresses only, after each redirect anew, within limits of time and size. Asks only for what changed
/// (RFC 9110, 13.1).
/// </summary>
internal sealed class FeedFetcher : IFeedReader, IDisposable
{
    private const string Accept = "application/atom+xml, application/rss+xml, application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, text/html;q=0.3, */*;q=0.1";

    private readonly FeedOptions options;
    private readonly int maxRedirects;
    private readonly AllowedHosts allowed;
    private readonly TimeProvider clock;
    private readonly HttpClient http;

    public FeedFetcher(IOptions<FeedOptions> options, IOptions<LinkPreviewOptions> previews, ResolveHost resolve, TimeProvider clock)
    {
        this.options = options.Value;
        this.clock = clock;
        maxRedirects = previews.Value.MaxRedirects;
        allowed = new AllowedHosts(previews.Value.AllowedHosts);
        http = StrangerHttp.Client(new GuardedConnector(resolve, allowed), this.options.TimeLimit, "feed reader", Accept);
    }

    public async Task<FeedLook> ReadAsync(Uri address, FeedVersion? known, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.TimeLimit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await FollowAsync(address, known, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new FeedLook.NotRead(FeedFailure.TimedOut);
        }
        catch (HttpRequestException e) when (e.InnerException is PrivateAddressException)
        {
            return new FeedLook.NotRead(FeedFailure.PrivateAddress);
        }
        catch (HttpRequestException e)
        {
            return new FeedLook.NotRead(FeedFailure.Unreachable, e.HttpRequestError.ToString());
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            return new FeedLook.NotRead(FeedFailure.Unreachable, e.GetType().Name);
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<FeedLook> FollowAsync(Uri link, FeedVersion? known, CancellationToken cancellationToken)
    {
        var home = link;
        var moved = true;
        for (var redirects = 0; ; redirects++)
        {
            if (LinkAddress.Problem(link, allowed) is { } problem)
            {
                return new FeedLook.NotRead(problem.Reason == LinkPreviewFailure.PrivateAddress ? FeedFailure.PrivateAddress : FeedFailure.BadAddress, problem.Detail);
            }

            using var request = new HttpRequestMessage(HttpMethod.Get, link);
            Ask(request, known);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (StrangerHttp.RedirectTarget(response, link) is not { } next)
            {
                return await ReadAsync(response, link, home, cancellationToken);
            }

            if (redirects == maxRedirects)
            {
                return new FeedLook.NotRead(FeedFailure.TooManyRedirects);
            }

            // Only an unbroken chain of permanent moves is a new home.
            moved &= response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.PermanentRedirect;
            link = next;
            home = moved ? link : home;
        }
    }

    private async Task<FeedLook> ReadAsync(HttpResponseMessage response, Uri link, Uri home, CancellationToken cancellationToken)
    {
        if (response.StatusCode == HttpStatusCode.NotModified)
        {
            return new FeedLook.NotModified();
        }

        if (!response.IsSuccessStatusCode)
        {
            return new FeedLook.NotRead(
                response.StatusCode == HttpStatusCode.Gone ? FeedFailure.Gone : FeedFailure.HttpError, ((int)response.StatusCode).ToString("D3"), RetryAfter(response.Headers.RetryAfter));
        }

        if (response.Content.Headers.ContentLength > options.MaxBytes)
        {
            return new FeedLook.NotRead(FeedFailure.TooLarge);
        }

        var buffer = ArrayPool<byte>.Shared.Rent(options.MaxBytes + 1);
        try
        {
            var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            await using var closing = body;
            var read = await body.ReadAtLeastAsync(buffer.AsMemory(0, options.MaxBytes + 1), options.MaxBytes + 1, throwOnEndOfStream: false, cancellationToken);
            if (read > options.MaxBytes)
            {
                return new FeedLook.NotRead(FeedFailure.TooLarge);
            }

            var text = FeedText.Decode(buffer.AsSpan(0, read), response.Content.Headers.ContentType?.CharSet);
            var (document, failure, instead) = FeedParser.Parse(text, link);
            return document is null
                ? new FeedLook.NotRead(failure ?? FeedFailure.NotAFeed, Instead: instead)
                : new FeedLook.Found(document, home, new FeedVersion(Raw(response.Headers, "ETag"), Raw(response.Content.Headers, "Last-Modified")));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The server's own words go back as they came, also where they are no valid tag or date.</summary>
    private static void Ask(HttpRequestMessage request, FeedVersion? known)
    {
        if (known?.ETag is { } tag)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        }

        if (known?.LastModified is { } modified)
        {
            request.Headers.TryAddWithoutValidation("If-Modified-Since", modified);
        }
    }

    private static string? Raw(HttpHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) && values.FirstOrDefault() is { Length: > 0 and <= 512 } value ? value : null;

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header) =>
        header?.Delta ?? (header?.Date is { } date && date > clock.GetUtcNow() ? date - clock.GetUtcNow() : null);
}
