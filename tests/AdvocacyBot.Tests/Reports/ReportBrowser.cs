using System.Net;
using System.Text.RegularExpressions;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Tests.Host.Support;
using AdvocacyBot.Tests.Infrastructure;

namespace AdvocacyBot.Tests.Reports;

/// <summary>A browser without script at the report of a running host: keeps cookies, follows nothing by itself.</summary>
internal sealed class ReportBrowser(LiveHost host) : IDisposable
{
    private readonly CookieContainer cookies = new();
    private HttpClient? http;

    private HttpClient Http => http ??= new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies }) { BaseAddress = host.Address };

    /// <summary>Asks for a link in the chat; the address on its button.</summary>
    public static async Task<string> LinkAsync(ChatPerson person, string channel = ChatJourneys.General)
    {
        var reply = await person.SayAsync(channel, "/advocate report");
        Assert.Equal("private", reply.Reply);
        var open = Assert.Single(CardReader.Actions(ChatPerson.CardOf(reply.Message!)).OfType<OpenUrlAction>());
        return new Uri(open.Url).PathAndQuery;
    }

    public async Task<HttpResponseMessage> SignInAsync(ChatPerson person, string channel = ChatJourneys.General)
    {
        var link = await LinkAsync(person, channel);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(link)).StatusCode);
        return await PostAsync(link);
    }

    public async Task<HttpResponseMessage> GetAsync(string path, string? agent = null, string? language = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (agent is not null)
        {
            request.Headers.TryAddWithoutValidation("User-Agent", agent);
        }

        if (language is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept-Language", language);
        }

        return await Http.SendAsync(request);
    }

    public async Task<HttpResponseMessage> PostAsync(string path, string? origin = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent([]) };
        if (origin is not null)
        {
            request.Headers.TryAddWithoutValidation("Origin", origin);
        }

        return await Http.SendAsync(request);
    }

    public async Task<string> ReadAsync(string path)
    {
        using var answer = await GetAsync(path);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{(int)answer.StatusCode} from {path}: {Regex.Replace(text, "<[^>]*>", " ")}");
        return text;
    }

    public void Dispose() => http?.Dispose();
}
