using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AdvocacyBot.Tests.Host.Support;

namespace AdvocacyBot.Tests.Host.InProcess;

/// <summary>What no endpoint takes, whichever it is.</summary>
public sealed class RequestLimitTests
{
    [Theory]
    [InlineData("application/json", false)]
    [InlineData("application/json", true)]
    [InlineData("application/x-www-form-urlencoded", false)]
    [InlineData("application/x-www-form-urlencoded", true)]
    public async Task A_body_over_a_megabyte_is_too_large_for_every_endpoint_that_reads_one(string type, bool chunked)
    {
        using var folder = new HostFolder();
        await using var host = LiveHost.Start(folder);
        using var http = host.Http();
        var body = Encoding.ASCII.GetBytes("\"text=" + new string('a', 1024 * 1024) + "\"");

        // The export's button has no fields, and its body is never read.
        var posts = MappedEndpoints.Of(host, _ => "general")
            .Where(endpoint => endpoint.Method == "POST" && !endpoint.Path.StartsWith("/l/", StringComparison.Ordinal) && !endpoint.Path.StartsWith("/people/export/", StringComparison.Ordinal))
            .ToList();
        Assert.True(posts.Count >= 4);

        foreach (var (_, path) in posts)
        {
            using var response = await SendAsync(http, () =>
            {
                var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
                request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
                request.Headers.Add("X-Person", "alice");
                request.Headers.TransferEncodingChunked = chunked;
                return request;
            });

            // A page that takes forms refuses JSON without reading it.
            Assert.True(
                response.StatusCode is HttpStatusCode.RequestEntityTooLarge || (response.StatusCode is HttpStatusCode.UnsupportedMediaType && type == "application/json"),
                $"{(int)response.StatusCode} from {path}");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{\"channel\":\"general\",")]
    [InlineData("\"words\"")]
    [InlineData("{\"channel\":7}")]
    public async Task What_is_no_json_object_is_a_bad_request(string body)
    {
        using var folder = new HostFolder();
        await using var host = LiveHost.Start(folder);
        using var http = host.Http();

        foreach (var (_, path) in MappedEndpoints.Of(host, _ => "x").Where(endpoint => endpoint.Method == "POST" && endpoint.Path.StartsWith("/web/api/", StringComparison.Ordinal)))
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            request.Headers.Add("X-Person", "alice");
            using var response = await http.SendAsync(request);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        }
    }

    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("Host", "127.0.0.1.evil.example")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "http://localhost.evil.example")]
    public async Task The_chat_answers_no_other_name_and_no_other_page(string header, string value)
    {
        using var folder = new HostFolder();
        await using var host = LiveHost.Start(folder);
        using var http = host.Http();

        foreach (var (method, path) in MappedEndpoints.Of(host, _ => "general").Where(endpoint => endpoint.Path.StartsWith("/web/", StringComparison.Ordinal)))
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            request.Headers.Add("X-Person", "alice");
            request.Headers.TryAddWithoutValidation(header, value);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        }
    }

    /// <summary>Who is refused in the middle of sending may find the connection closed before the refusal arrives (RFC 9112, section 9.6), and tries again.</summary>
    private static async Task<HttpResponseMessage> SendAsync(HttpClient http, Func<HttpRequestMessage> make)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var request = make();
            try
            {
                return await http.SendAsync(request);
            }
            catch (HttpRequestException) when (attempt < 100)
            {
                // Closed too early.
            }
        }
    }
}
