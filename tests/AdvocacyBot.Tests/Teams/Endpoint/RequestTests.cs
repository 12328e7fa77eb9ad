using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using AdvocacyBot.Teams;
using AdvocacyBot.Teams.Inbound;
using AdvocacyBot.Teams.Protocol;
using AdvocacyBot.Tests.Infrastructure;
using AdvocacyBot.Tests.Teams.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Tests.Teams.Endpoint;

/// <summary>What a request may be, and what is answered.</summary>
public sealed class RequestTests(TeamsHostFixture fixture) : IClassFixture<TeamsHostFixture>
{
    private TeamsHost Host => fixture.Host;

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task Only_posts_are_taken(string method)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/api/messages");
        using var response = await Host.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("{\"type\":\"\"}")]
    [InlineData("{\"type\":7}")]
    [InlineData("{\"type\":\"message\",\"text\":\"\\ud800\"}")]
    [InlineData("{\"type\":\"message\",\"value\":{\"\\udc00\":1}}")]
    [InlineData("{\"type\":\"message\",\"from\":[]}")]
    public async Task What_is_no_activity_is_a_bad_request(string body)
    {
        using var response = await Host.PostAsync(body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("NotActivity", (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!["code"]);
    }

    [Fact]
    public async Task A_body_in_another_encoding_is_a_bad_request()
    {
        var token = Host.Login.Mint(Host.Connector.ServiceUrl);
        foreach (var bytes in new[] { Encoding.Unicode.GetBytes("{\"type\":\"message\"}"), [.. "{\"type\":\"message\",\"text\":\""u8, 0xff, .. "\"}"u8] })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/messages") { Content = new ByteArrayContent(bytes) };
            request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
            request.Headers.Authorization = new("Bearer", token);
            using var response = await Host.Http.SendAsync(request);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_over_a_megabyte_is_too_large(bool chunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/messages")
        {
            Content = new StringContent($$"""{"type":"message","text":"{{new string('a', 1024 * 1024)}}"}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new("Bearer", Host.Login.Mint(Host.Connector.ServiceUrl));
        request.Headers.TransferEncodingChunked = chunked;
        request.Headers.ExpectContinue = true;

        using var response = await Host.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task A_form_from_a_browser_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/messages") { Content = new StringContent("{\"type\":\"message\"}", Encoding.UTF8, "text/plain") };
        request.Headers.Authorization = new("Bearer", Host.Login.Mint(Host.Connector.ServiceUrl));

        using var response = await Host.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Theory]
    [InlineData("message")]
    [InlineData("event")]
    [InlineData("typing")]
    [InlineData("somethingOfTomorrow")]
    public async Task What_is_not_an_invoke_is_answered_with_nothing(string type)
    {
        var activity = Activities.Message(Host.Connector, "");
        activity["type"] = type;

        using var response = await Host.PostAsync(activity.ToJsonString());

        Assert.Equal((HttpStatusCode.OK, ""), (response.StatusCode, await response.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task Unknown_and_odd_fields_are_taken_calmly()
    {
        var activity = Activities.Message(Host.Connector, "hello");
        activity["timestamp"] = "yesterday";
        activity["callerId"] = "urn:someone";
        activity["entities"] = JsonNode.Parse("""[null, 7, {"type":["x"]}, {"type":"https://schema.org/Message","text":{"a":1}}, {"type":"mention","mentioned":7}, {"type":"clientInfo","timezone":"Asia/Jerusalem"}]""");
        activity["attachments"] = JsonNode.Parse("""[null, {"contentType":"text/html","content":"<p>hello</p>","more":[1]}]""");
        activity["membersAdded"] = null;
        activity["reactionsAdded"] = JsonNode.Parse("""[{"type":"like","count":3}]""");
        activity["tomorrow"] = new JsonObject { ["deep"] = new JsonArray(1, 2, 3) };

        using var response = await Host.PostAsync(activity.ToJsonString());

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var seen = fixture.Turns.Seen.Single(turn => turn.Id == (string?)activity["id"]);
        Assert.Null(seen.Timestamp);
        Assert.Equal("Asia/Jerusalem", seen.Entities.Single(entity => entity.Type == Entity.ClientInfoType).Timezone);
        Assert.Single(seen.Attachments);
        Assert.Empty(seen.MembersAdded);
    }

    [Theory]
    [InlineData("a:1;messageid=../../x")]
    [InlineData("00000000-0000-0000-0000-0000000000001")]
    [InlineData("🦊")]
    public async Task Ids_are_opaque(string id)
    {
        var activity = Activities.Message(Host.Connector, "hello");
        activity["conversation"]!["id"] = id;
        activity["from"]!["aadObjectId"] = id;

        using var response = await Host.PostAsync(activity.ToJsonString());

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(id, fixture.Turns.Seen.Single(turn => turn.Id == (string?)activity["id"]).Conversation!.Id);
    }
}

/// <summary>What the programme's answer becomes.</summary>
public sealed class AnswerTests
{
    private readonly RecordingTurns turns = new();

    [Fact]
    public async Task An_invoke_that_nobody_knows_is_not_implemented()
    {
        await using var host = await TeamsHost.StartAsync(handler: turns);
        using var response = await host.PostAsync(Activities.Invoke(host.Connector, "tab/fetch", []).ToJsonString());
        Assert.Equal(HttpStatusCode.NotImplemented, response.StatusCode);
    }

    [Fact]
    public async Task An_invokes_answer_is_the_body_itself()
    {
        turns.Answer = (_, _) => Task.FromResult<InvokeResponse?>(new InvokeResponse(200, "{\"statusCode\":200}"u8.ToArray()));
        await using var host = await TeamsHost.StartAsync(handler: turns);

        using var response = await host.PostAsync(Activities.Invoke(host.Connector, "adaptiveCard/action", []).ToJsonString());

        Assert.Equal("{\"statusCode\":200}", await response.Content.ReadAsStringAsync());
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_message_that_comes_twice_is_handled_once()
    {
        await using var host = await TeamsHost.StartAsync(handler: turns);
        var activity = Activities.Message(host.Connector, "hello").ToJsonString();

        using var first = await host.PostAsync(activity);
        using var second = await host.PostAsync(activity);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.StatusCode, second.StatusCode));
        Assert.Single(turns.Seen);
    }

    [Fact]
    public async Task An_invoke_that_comes_again_while_it_is_handled_gets_the_same_answer()
    {
        var answer = new TaskCompletionSource<InvokeResponse?>();
        turns.Answer = (_, _) => answer.Task;
        var under = new Turns(turns, Options.Create(new TeamsOptions()), TimeProvider.System, NullLogger<Turns>.Instance);
        var invoke = new Activity { Type = ActivityTypes.Invoke, Name = "adaptiveCard/action", Id = "1", Conversation = new ConversationAccount { Id = "a:1" } };

        var first = under.RunAsync(invoke);
        var second = under.RunAsync(invoke);
        answer.SetResult(new InvokeResponse(200, "{\"n\":1}"u8.ToArray()));

        Assert.Same(await first, await second);
        Assert.Single(turns.Seen);
    }

    [Fact]
    public async Task While_an_invoke_is_handled_others_are_judged_on_their_own()
    {
        var answer = new TaskCompletionSource<InvokeResponse?>();
        var begun = new TaskCompletionSource();
        turns.Answer = (_, _) =>
        {
            begun.TrySetResult();
            return answer.Task;
        };
        await using var host = await TeamsHost.StartAsync(handler: turns);

        var first = host.PostAsync(Activities.Invoke(host.Connector, "adaptiveCard/action", []).ToJsonString());
        await begun.Task;
        using var other = await host.PostAsync(Activities.Message(host.Connector, "", "in between").ToJsonString(), token: null);
        answer.SetResult(new InvokeResponse(200, "{\"n\":1}"u8.ToArray()));

        Assert.Equal(HttpStatusCode.Unauthorized, other.StatusCode);
        Assert.Equal("{\"n\":1}", await (await first).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_same_id_in_another_conversation_is_another_message()
    {
        await using var host = await TeamsHost.StartAsync(handler: turns);
        var one = Activities.Message(host.Connector, "hello", "1");
        var other = Activities.Message(host.Connector, "hello", "1");
        other["conversation"]!["id"] = "a:2";

        (await host.PostAsync(one.ToJsonString())).Dispose();
        (await host.PostAsync(other.ToJsonString())).Dispose();

        Assert.Equal(2, turns.Seen.Count);
    }

    [Fact]
    public async Task A_message_whose_handling_failed_may_come_again()
    {
        await using var host = await TeamsHost.StartAsync(handler: turns);
        var activity = Activities.Message(host.Connector, "hello").ToJsonString();
        turns.Answer = (_, _) => throw new InvalidOperationException("said by the test");
        using var failed = await host.PostAsync(activity);
        turns.Answer = (_, _) => Task.FromResult<InvokeResponse?>(null);

        using var again = await host.PostAsync(activity);

        Assert.Equal((HttpStatusCode.InternalServerError, ""), (failed.StatusCode, await failed.Content.ReadAsStringAsync()));
        Assert.Equal((HttpStatusCode.OK, 2), (again.StatusCode, turns.Seen.Count));
    }

    [Fact]
    public async Task A_turn_outlives_its_request()
    {
        var begun = new TaskCompletionSource<CancellationToken>();
        var ended = new TaskCompletionSource();
        var aborted = new TaskCompletionSource();
        turns.Answer = async (_, token) =>
        {
            begun.TrySetResult(token);
            await aborted.Task;
            ended.SetResult();
            return null;
        };
        await using var host = await TeamsHost.StartAsync(new ManualTimeProvider(), turns);
        using var impatient = new CancellationTokenSource();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/messages")
        {
            Content = new StringContent(Activities.Message(host.Connector, "hello").ToJsonString(), Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new("Bearer", host.Login.Mint(host.Connector.ServiceUrl));
        var sent = host.Http.SendAsync(request, impatient.Token);
        var token = await begun.Task;

        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sent);
        aborted.SetResult();

        await ended.Task;
        Assert.False(token.IsCancellationRequested);
    }

    [Fact]
    public async Task A_turn_ends_at_its_own_limit()
    {
        var clock = new ManualTimeProvider();
        var begun = new TaskCompletionSource();
        turns.Answer = async (_, token) =>
        {
            begun.TrySetResult();
            await Task.FromCanceled<InvokeResponse?>(await CancelledAsync(token));
            return null;
        };
        await using var host = await TeamsHost.StartAsync(clock, turns);
        var sent = host.PostAsync(Activities.Invoke(host.Connector, "task/fetch", []).ToJsonString());
        await begun.Task;

        clock.Advance(TimeSpan.FromSeconds(14));

        using var response = await sent;
        Assert.Equal(HttpStatusCode.GatewayTimeout, response.StatusCode);
    }

    private static async Task<CancellationToken> CancelledAsync(CancellationToken token)
    {
        var cancelled = new TaskCompletionSource();
        await using var registration = token.Register(cancelled.SetResult);
        await cancelled.Task;
        return token;
    }
}
