using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Tests.Web.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Tests.Web;

public sealed class RequestTests(RequestTests.SharedHost shared) : IClassFixture<RequestTests.SharedHost>
{
    [Fact]
    public async Task State_needs_no_person_and_says_who_and_where()
    {
        using var nobody = new Caller(shared.Host, "");

        var state = await nobody.GetAsync("/web/api/state");

        Assert.Equal("AdvocacyBot", (string?)state["programme"]);
        var dana = state["people"]!.AsArray().Single(p => (string?)p!["id"] == "dana")!;
        Assert.Equal("""{"id":"dana","name":"דנה כהן","roles":["comms","approver"],"language":"he","dir":"rtl"}""", Readable(dana));
        Assert.Equal(["general", "product-news", "hadashot"], state["channels"]!.AsArray().Select(c => (string)c!["id"]!));
        Assert.Equal("rtl", (string?)state["channels"]![2]!["dir"]);
        Assert.Equal("רק אתם רואים את זה", (string?)state["strings"]!["he"]!["onlyYou"]);
    }

    [Fact]
    public async Task An_unknown_person_is_told_what_to_do_in_the_asked_language()
    {
        using var nobody = new Caller(shared.Host, "nobody");
        nobody.Http.DefaultRequestHeaders.AcceptLanguage.Add(new StringWithQualityHeaderValue("fr"));
        nobody.Http.DefaultRequestHeaders.AcceptLanguage.Add(new StringWithQualityHeaderValue("he-IL", 0.8));

        var problem = await nobody.SendAsync("/web/api/messages", new { }, HttpStatusCode.Unauthorized);

        Assert.Equal("אמרו מי אתם", (string?)problem["title"]);
        Assert.Contains("X-Person", (string?)problem["detail"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("evil.example", null, HttpStatusCode.Forbidden)]
    [InlineData("localhost", "https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("localhost:5000", "http://localhost:6000", HttpStatusCode.Forbidden)]
    [InlineData("localhost", "null", HttpStatusCode.Forbidden)]
    [InlineData("localhost:5000", "http://localhost:5000", HttpStatusCode.OK)]
    [InlineData("127.0.0.1:5000", null, HttpStatusCode.OK)]
    [InlineData("[::1]:5000", "http://[::1]:5000", HttpStatusCode.OK)]
    [InlineData("bot.example.com", "https://bot.example.com", HttpStatusCode.OK)]
    [InlineData("other.example.com", null, HttpStatusCode.OK)]
    public async Task Only_our_own_names_and_our_own_page_are_answered(string hostName, string? origin, HttpStatusCode expected)
    {
        using var alice = new Caller(shared.Host, "alice");
        foreach (var path in new[] { "/web/api/channels", "/web/api/state", "/" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Host = hostName;
            if (origin is not null)
            {
                request.Headers.Add("Origin", origin);
            }

            using var response = await alice.Http.SendAsync(request);

            Assert.Equal(expected, response.StatusCode);
        }
    }

    [Fact]
    public async Task More_than_a_megabyte_is_refused_whether_announced_or_not()
    {
        using var alice = new Caller(shared.Host, "alice");
        var body = $$"""{"channel":"general","text":"{{new string('x', 1024 * 1024)}}"}""";

        using var announced = await alice.RawAsync("/web/api/messages", body);
        using var content = new PushContent(body);
        using var streamed = await alice.Http.PostAsync("/web/api/messages", content);

        Assert.Equal((HttpStatusCode)413, announced.StatusCode);
        Assert.Equal((HttpStatusCode)413, streamed.StatusCode);
    }

    [Theory]
    [InlineData("messages", "{", null)]
    [InlineData("messages", "", null)]
    [InlineData("messages", "[]", null)]
    [InlineData("messages", "null", null)]
    [InlineData("messages", """{"channel":"general","text":"a""", null)]
    [InlineData("messages", """{"text":"a"}""", "channel")]
    [InlineData("messages", """{"channel":"general"}""", "text")]
    [InlineData("messages", """{"channel":"general","text":"  "}""", "text")]
    [InlineData("messages", """{"channel":3,"text":"a"}""", "channel")]
    [InlineData("messages", """{"channel":"general","text":"\ud800"}""", "text")]
    [InlineData("messages", """{"channel":"general","text":"a","id":""}""", "id")]
    [InlineData("actions", """{"channel":"general","token":"t"}""", "messageId")]
    [InlineData("actions", """{"channel":"general","messageId":"m"}""", "token")]
    [InlineData("actions", """{"channel":"general","messageId":"m","token":"t","inputs":{"a":{}}}""", "inputs")]
    [InlineData("actions", """{"channel":"general","messageId":"m","token":"t","inputs":[]}""", "inputs")]
    [InlineData("forms", """{"channel":"general","token":"t"}""", "action")]
    [InlineData("reactions", """{"channel":"general","messageId":"m","reaction":"x"}""", "added")]
    [InlineData("reactions", """{"channel":"general","messageId":"m","reaction":"a b","added":true}""", "reaction")]
    [InlineData("reactions", """{"channel":"general","messageId":"m","reaction":"x","added":"yes"}""", "added")]
    public async Task A_wrong_body_is_refused_and_the_field_named(string call, string body, string? field)
    {
        using var alice = new Caller(shared.Host, "alice");

        using var response = await alice.RawAsync($"/web/api/{call}", body);

        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(field, (string?)problem["field"]);
        Assert.Equal(400, (int)problem["status"]!);
        Assert.Empty(shared.Host.Programme.Seen);
    }

    [Theory]
    [InlineData("before=0")]
    [InlineData("before=-1")]
    [InlineData("limit=x")]
    [InlineData("limit=0")]
    [InlineData("before=99999999999999999999")]
    public async Task A_wrong_number_is_refused(string query)
    {
        using var alice = new Caller(shared.Host, "alice");

        using var response = await alice.Http.GetAsync($"/web/api/channels/general/messages?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task A_database_that_is_gone_is_said_to_be_unavailable()
    {
        await using var host = await Caller.HostAsync();
        using var alice = new Caller(host, "alice");
        await alice.ReadAsync("general");
        await using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={host.DatabaseFile}"))
        {
            await connection.OpenAsync();
            await using var drop = connection.CreateCommand();
            drop.CommandText = "DROP TABLE web_messages";
            await drop.ExecuteNonQueryAsync();
        }

        var read = await alice.Http.GetAsync("/web/api/channels/general/messages");
        var problem = await alice.SendAsync("/web/api/messages", new { channel = "general", text = "x" }, HttpStatusCode.ServiceUnavailable);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, read.StatusCode);
        Assert.Equal("The database does not answer", (string?)problem["title"]);
    }

    /// <summary>The page asks after every press, and dresses itself by the answer.</summary>
    [Fact]
    public async Task State_holds_what_was_changed_a_moment_ago()
    {
        await using var host = await Caller.HostAsync(new ManualClock(DateTimeOffset.UnixEpoch.AddYears(56)));
        using var dana = new Caller(host, "dana");
        Assert.Equal("rtl", await DirectionAsync());
        await using (var db = await host.App.Services.GetRequiredService<IDbContextFactory<AdvocacyDb>>().CreateDbContextAsync())
        {
            await db.People.Where(p => p.ExternalId == "dana").ExecuteUpdateAsync(set => set.SetProperty(p => p.Language, "en"));
        }

        Assert.Equal("ltr", await DirectionAsync());

        async Task<string?> DirectionAsync() => (string?)(await dana.GetAsync("/web/api/state"))["people"]!.AsArray().Single(p => (string?)p!["id"] == "dana")!["dir"];
    }

    private static string Readable(JsonNode node) =>
        node.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>For the tests that leave nothing behind.</summary>
    public sealed class SharedHost : IAsyncLifetime
    {
        public WebHost Host { get; private set; } = null!;

        public async Task InitializeAsync() => Host = await Caller.HostAsync(
            settings: [("PublicUrl", "https://bot.example.com/"), ("Web:AllowedHosts:0", "other.example.com")]);

        public async Task DisposeAsync() => await Host.DisposeAsync();
    }

    private sealed class PushContent(string body) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(body));

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
