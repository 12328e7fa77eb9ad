using System.Text.Json;
using AdvocacyBot.Teams.Protocol;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace AdvocacyBot.Teams.Inbound;

/// <summary>The keys are out of reach, so that nothing can be verified now.</summary>
internal sealed class KeysUnavailableException(Exception? innerException) : Exception("The signing keys cannot be fetched.", innerException);

/// <param name="Key">Verifies signatures.</param>
/// <param name="Endorsements">Channel ids that this key may speak for.</param>
internal sealed record SigningKey(SecurityKey Key, IReadOnlyList<string> Endorsements);

/// <summary>
/// Who signs incoming tokens: metadata and keys of the configured issuer, kept for days. An unknown key id fetches them once more, at most every
/// <see cref="AskAgainAfter"/>, so that made-up key ids cannot drive requests to Microsoft.
/// </summary>
internal sealed partial class SigningKeys(
    IDocumentRetriever documents, IOptions<TeamsOptions> options, TimeProvider clock, ILogger<SigningKeys> logger) : IDisposable
{
    /// <summary>Keys older than this are fetched anew beside the work.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromDays(1);

    public static readonly TimeSpan AskAgainAfter = TimeSpan.FromMinutes(5);

    /// <summary>Before the first success a new try is worth more.</summary>
    public static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly string address = (options.Value.OpenIdMetadataUrl ?? Cloud.Of(options.Value.Cloud).OpenIdMetadata).AbsoluteUri;
    private Dictionary<string, SigningKey>? keys;
    private long? askedAt;
    private long fetchedAt;
    private int generation;

    /// <summary>Grows whenever keys were fetched: what was verified with older ones is verified again.</summary>
    public int Generation => Volatile.Read(ref generation);

    /// <returns>Null for a key id that the issuer does not have.</returns>
    /// <exception cref="KeysUnavailableException">No keys could be fetched yet.</exception>
    public async ValueTask<SigningKey?> FindAsync(string keyId, CancellationToken cancellationToken)
    {
        var known = Volatile.Read(ref keys);
        if (known is not null && known.TryGetValue(keyId, out var key) && clock.GetElapsedTime(Volatile.Read(ref fetchedAt)) < Fresh)
        {
            return key;
        }

        known = await FetchAsync(known, cancellationToken);
        return known.GetValueOrDefault(keyId);
    }

    public void Dispose() => gate.Dispose();

    private async Task<Dictionary<string, SigningKey>> FetchAsync(Dictionary<string, SigningKey>? seen, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (keys is not null && !ReferenceEquals(keys, seen))
            {
                // Whoever was here before fetched them.
                return keys;
            }

            if (askedAt is { } asked && clock.GetElapsedTime(asked) < (keys is null ? TryAgainAfter : AskAgainAfter))
            {
                return keys ?? throw new KeysUnavailableException(innerException: null);
            }

            askedAt = clock.GetTimestamp();
            try
            {
                var metadata = await OpenIdConnectConfigurationRetriever.GetAsync(address, documents, cancellationToken);
                Volatile.Write(ref keys, Read(metadata));
                Volatile.Write(ref fetchedAt, clock.GetTimestamp());
                Interlocked.Increment(ref generation);
                Log.Fetched(logger, keys!.Count);
                return keys;
            }
            catch (Exception e) when (e is IOException or HttpRequestException or InvalidOperationException or JsonException or ArgumentException
                || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                Log.NotFetched(logger, e.GetType().Name);
                return keys ?? throw new KeysUnavailableException(e);
            }
        }
        finally
        {
            gate.Release();
        }
    }

    private static Dictionary<string, SigningKey> Read(OpenIdConnectConfiguration metadata)
    {
        var found = new Dictionary<string, SigningKey>(StringComparer.Ordinal);
        foreach (var key in metadata.JsonWebKeySet?.Keys ?? [])
        {
            if (key.Kty == JsonWebAlgorithmsKeyTypes.RSA && key.KeyId is { Length: > 0 } id && JsonWebKeyConverter.TryConvertToSecurityKey(key, out var security))
            {
                security.KeyId = id;
                found[id] = new SigningKey(security, Endorsements(key));
            }
        }

        return found;
    }

    private static IReadOnlyList<string> Endorsements(JsonWebKey key) => key.AdditionalData.TryGetValue("endorsements", out var value)
        ? value switch
        {
            JsonElement { ValueKind: JsonValueKind.Array } array =>
                [.. array.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)],
            IEnumerable<object> list => [.. list.OfType<string>()],
            _ => [],
        }
        : [];

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Count} signing keys of Teams fetched")]
        public static partial void Fetched(ILogger logger, int count);

        [LoggerMessage(2, LogLevel.Warning, "The signing keys of Teams could not be fetched ({Error}); those that are known go on being used")]
        public static partial void NotFetched(ILogger logger, string error);
    }
}
