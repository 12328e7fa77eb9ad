using System.Buffers;
using AdvocacyBot.Core.Campaigns;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Host.LinkPreviews;

/// <summary>
/// Reads a page as a stranger would: no proxy, cookies, credentials or trace headers, each redirect judged like a first address,
/// and limits on time, size and jumps. Nothing of the page is executed.
/// </summary>
internal sealed partial class LinkPreviewFetcher : ILinkPreview, IDisposable
{
    private const long MaxAnnouncedBytes = 5 * 1024 * 1024;

    private readonly LinkPreviewOptions options;
    private readonly AllowedHosts allowed;
    private readonly TimeProvider clock;
    private readonly ILogger<LinkPreviewFetcher> logger;
    private readonly HttpClient http;

    public LinkPreviewFetcher(IOptions<LinkPreviewOptions> options, ResolveHost resolve, TimeProvider clock, ILogger<LinkPreviewFetcher> logger)
    {
        this.options = options.Value;
        this.clock = clock;
        this.logger = logger;
        allowed = new AllowedHosts(this.options.AllowedHosts);
        http = StrangerHttp.Client(new GuardedConnector(resolve, allowed), this.options.TimeLimit, "link preview", "text/html, application/xhtml+xml");
    }

    public async Task<LinkPreviewResult> FetchAsync(Uri link, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.TimeLimit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        var result = await TryFollowAsync(link, either.Token, cancellationToken).ConfigureAwait(false);
        if (result is LinkPreviewResult.NotFetched { Reason: var reason, Detail: var detail })
        {
            Log.NotFetched(logger, reason, detail);
        }

        return result;
    }

    public void Dispose() => http.Dispose();

    private async Task<LinkPreviewResult> TryFollowAsync(Uri link, CancellationToken either, CancellationToken callers)
    {
        try
        {
            return await FollowAsync(link, either).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!callers.IsCancellationRequested)
        {
            return new LinkPreviewResult.NotFetched(LinkPreviewFailure.TimedOut, Detail: null);
        }
        catch (HttpRequestException e) when (e.InnerException is PrivateAddressException)
        {
            return new LinkPreviewResult.NotFetched(LinkPreviewFailure.PrivateAddress, Detail: null);
        }
        catch (HttpRequestException e)
        {
            return new LinkPreviewResult.NotFetched(LinkPreviewFailure.Unreachable, e.HttpRequestError.ToString());
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            return new LinkPreviewResult.NotFetched(LinkPreviewFailure.Unreachable, e.GetType().Name);
        }
    }

    private async Task<LinkPreviewResult> FollowAsync(Uri link, CancellationToken cancellationToken)
    {
        for (var redirects = 0; ; redirects++)
        {
            if (LinkAddress.Problem(link, allowed) is { } problem)
            {
                return problem;
            }

            using var request = new HttpRequestMessage(HttpMethod.Get, link);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            if (StrangerHttp.RedirectTarget(response, link) is not { } next)
            {
                return await ReadAsync(response, link, cancellationToken).ConfigureAwait(false);
            }

            if (redirects == options.MaxRedirects)
            {
                return new LinkPreviewResult.NotFetched(LinkPreviewFailure.TooManyRedirects, Detail: null);
            }

            link = next;
        }
    }

    private async Task<LinkPreviewResult> ReadAsync(HttpResponseMessage response, Uri link, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            return new LinkPreviewResult.NotFetched(LinkPreviewFailure.HttpError, ((int)response.StatusCode).ToString("D3"));
        }

        var type = response.Content.Headers.ContentType;
        if (type?.MediaType?.ToLowerInvariant() is not ("text/html" or "application/xhtml+xml"))
        {
            return new LinkPreviewResult.NotFetched(LinkPreviewFailure.NotHtml, type?.MediaType);
        }

        if (response.Content.Headers.ContentLength > MaxAnnouncedBytes)
        {
            return new LinkPreviewResult.NotFetched(LinkPreviewFailure.TooLarge, Detail: null);
        }

        var buffer = ArrayPool<byte>.Shared.Rent(options.MaxBytes);
        try
        {
            var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            await using var closing = body.ConfigureAwait(false);
            var read = await body.ReadAtLeastAsync(buffer.AsMemory(0, options.MaxBytes), options.MaxBytes, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            var page = PageTags.Read(PageText.Decode(buffer.AsSpan(0, read), type.CharSet));
            return new LinkPreviewResult.Found(PagePreview.From(page, link, allowed));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "No link preview: {Reason} ({Detail})")]
        public static partial void NotFetched(ILogger logger, LinkPreviewFailure reason, string? detail);
    }
}
