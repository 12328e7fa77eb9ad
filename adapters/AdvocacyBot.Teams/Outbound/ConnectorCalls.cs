using System.Collections.Concurrent;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Teams.Protocol;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace AdvocacyBot.Teams.Outbound;

/// <param name="Failure">Null where it went well.</param>
/// <param name="Body">The answer's.</param>
internal readonly record struct ConnectorOutcome(SendResult? Failure, byte[] Body);

/// <summary>
/// Carries out one call: trusted host, size, the conversation's turn, the limits, the token, and the retries that <see cref="RetryTable"/> names. Each attempt
/// counts against the limits.
/// </summary>
internal sealed partial class ConnectorCalls
{
    /// <summary>Where a tenant of the US government's commercial cloud is, when the world-wide address says that it is elsewhere.</summary>
    private const string GccUrl = "https://smba.infra.gcc.teams.microsoft.com/teams";

    private const int MostAddresses = 10_000;

    private static readonly UriCreationOptions AsItIs = new() { DangerousDisablePathAndQueryCanonicalization = true };
    private static readonly ResiliencePropertyKey<Call> CallKey = new("call");

    // Escaping and parsing an address costs more than finding it again.
    private readonly ConcurrentDictionary<(string ServiceUrl, string ConversationId), Uri> addresses = new();

    private readonly ServiceHosts hosts;
    private readonly ConnectorHttp http;
    private readonly BotTokens tokens;
    private readonly SendLanes lanes;
    private readonly ILogger<ConnectorCalls> logger;
    private readonly ResiliencePipeline<Attempt> pipeline;

    public ConnectorCalls(ServiceHosts hosts, ConnectorHttp http, BotTokens tokens, SendLanes lanes, TimeProvider clock, ILogger<ConnectorCalls> logger)
    {
        this.hosts = hosts;
        this.http = http;
        this.tokens = tokens;
        this.lanes = lanes;
        this.logger = logger;
        pipeline = new ResiliencePipelineBuilder<Attempt> { TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions<Attempt>
            {
                MaxRetryAttempts = 3,
                Delay = TimeSpan.FromMilliseconds(400),
                MaxDelay = SendLanes.LongestWait,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Result is { Again: true }),
                DelayGenerator = arguments => ValueTask.FromResult(arguments.Outcome.Result!.After),
            })
            .Build();
    }

    /// <summary>The path of a conversation, its id escaped.</summary>
    public static string PathOf(ConversationAddress conversation) => $"/v3/conversations/{Uri.EscapeDataString(conversation.ConversationId)}";

    /// <summary>Puts a message into a conversation.</summary>
    /// <inheritdoc cref="SendAsync(ConversationAddress, HttpMethod, string, ReadOnlyMemory{byte}, CancellationToken)"/>
    public Task<ConnectorOutcome> PostAsync(ConversationAddress to, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        SendAsync(to, HttpMethod.Post, path: null, body, cancellationToken);

    /// <param name="to">Its conversation's queue and limits are used.</param>
    /// <param name="method">HTTP method.</param>
    /// <param name="path">From <c>/v3</c> on, its ids escaped; null: the conversation's messages.</param>
    /// <param name="body">UTF-8 JSON; empty: none.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<ConnectorOutcome> SendAsync(
        ConversationAddress to, HttpMethod method, string? path, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        if (!hosts.Trusts(to.ServiceUrl))
        {
            return Failed(new SendResult.Rejected(TeamsReason.UntrustedHost));
        }

        // Two bytes of UTF-16 at most for each of UTF-8: most messages need no counting.
        if (body.Length > MessageSize.Most / 2 && MessageSize.Of(body.Span) > MessageSize.Most)
        {
            return Failed(new SendResult.Rejected(TeamsReason.TooLarge));
        }

        try
        {
            using var turn = await lanes.EnterAsync(to.TenantId, ConversationIds.Base(to.ConversationId), cancellationToken);
            return await SendAsync(new Call(method, to, path, path is null ? Messages(to) : Address(to, path), body, turn), cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Still waiting for its turn: nothing was sent.
            return Failed(new SendResult.RetryAfter(TimeSpan.FromSeconds(1), "conversation"));
        }
    }

    private static ConnectorOutcome Failed(SendResult failure) => new(failure, []);

    private static Uri Address(ConversationAddress to, string path) => new(to.ServiceUrl.TrimEnd('/') + path, AsItIs);

    private Uri Messages(ConversationAddress to)
    {
        var key = (to.ServiceUrl, to.ConversationId);
        if (addresses.TryGetValue(key, out var known))
        {
            return known;
        }

        if (addresses.Count >= MostAddresses)
        {
            addresses.Clear();
        }

        return addresses[key] = Address(to, $"{PathOf(to)}/activities");
    }

    private async Task<ConnectorOutcome> SendAsync(Call call, CancellationToken cancellationToken)
    {
        // The usual case needs no pipeline.
        var attempt = await TryAsync(call, cancellationToken);
        if (attempt.Again)
        {
            attempt = await RetryAsync(call, attempt, cancellationToken);
        }

        if (attempt.Failure is { } failure)
        {
            Log.NotSent(logger, call.Method.Method, attempt.Status, failure.GetType().Name);
        }

        return new(attempt.Failure, attempt.Body);
    }

    private async Task<Attempt> RetryAsync(Call call, Attempt first, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        try
        {
            context.Properties.Set(CallKey, call);
            var begun = first;
            return await pipeline.ExecuteAsync(
                async state =>
                {
                    if (begun is { } known)
                    {
                        begun = null;
                        return known;
                    }

                    return await TryAsync(state.Properties.GetValue(CallKey, call), state.CancellationToken);
                },
                context);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Between two attempts: what the last one said holds.
            return first;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async Task<Attempt> TryAsync(Call call, CancellationToken cancellationToken)
    {
        if (await call.Turn.AwaitPlaceAsync(cancellationToken) is { } wait)
        {
            return new Attempt(new SendResult.RetryAfter(wait.After, wait.Scope, wait.Scope == SendTurn.Tenant ? Throttled.Workspace : Throttled.Conversation));
        }

        string? token;
        ConnectorReply reply;
        try
        {
            token = await tokens.GetAsync(refused: null, cancellationToken);
            reply = await http.SendAsync(call.Method, call.Address, token, call.Body, cancellationToken);
            call.Turn.Answered();
            if (reply.Status == 401 && token is not null)
            {
                reply = await http.SendAsync(call.Method, call.Address, await tokens.GetAsync(token, cancellationToken), call.Body, cancellationToken);
            }
        }
        catch (NoTokenException e)
        {
            Log.NoToken(logger, e.Message);
            return new Attempt(e.IsPassing
                ? new SendResult.RetryAfter(TimeSpan.FromSeconds(30), "login", Throttled.Workspace)
                : new SendResult.Rejected(TeamsReason.NotRegistered));
        }

        var code = reply.IsGood ? null : ConnectorError.CodeIn(reply.Body);
        if (code == "InvalidBotApiHost" && !call.To.ServiceUrl.StartsWith(GccUrl, StringComparison.OrdinalIgnoreCase) && hosts.Trusts(GccUrl))
        {
            var there = Address(call.To with { ServiceUrl = GccUrl }, call.Path ?? $"{PathOf(call.To)}/activities");
            reply = await http.SendAsync(call.Method, there, token, call.Body, cancellationToken);
            code = reply.IsGood ? null : ConnectorError.CodeIn(reply.Body);
        }

        if (reply.RetryAfter is { } after)
        {
            call.Turn.Block(after);
        }

        return RetryTable.Judge(reply, code);
    }

    private sealed record Call(HttpMethod Method, ConversationAddress To, string? Path, Uri Address, ReadOnlyMemory<byte> Body, SendTurn Turn);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Method} to Teams was not carried out: status {Status}, {Outcome}")]
        public static partial void NotSent(ILogger logger, string method, int status, string outcome);

        [LoggerMessage(2, LogLevel.Error, "Entra gives the bot no token: {Why}. 'doctor' tells more")]
        public static partial void NoToken(ILogger logger, string why);
    }
}
