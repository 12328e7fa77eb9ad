using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AdvocacyBot.Teams.Protocol;
using Microsoft.Extensions.Options;
using Microsoft.Identity.Client;
using Microsoft.Identity.Client.AppConfig;

namespace AdvocacyBot.Teams.Outbound;

/// <summary>Entra gives no token.</summary>
/// <param name="message">What it said: a code, without the secret.</param>
/// <param name="isPassing">Trying later may help.</param>
/// <param name="innerException">What MSAL threw.</param>
internal sealed class NoTokenException(string message, bool isPassing, Exception? innerException) : Exception(message, innerException)
{
    public bool IsPassing => isPassing;
}

/// <summary>The bot's own tokens, from MSAL: for a secret, a certificate or a managed identity; kept until shortly before they end.</summary>
internal sealed class BotTokens : IDisposable
{
    /// <summary>A token is not used in its last minutes.</summary>
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(5);

    private readonly TeamsOptions options;
    private readonly TimeProvider clock;
    private readonly TokenHttp http;
    private readonly SemaphoreSlim gate = new(1, 1);
    private Kept? kept;
    private Func<bool, CancellationToken, Task<AuthenticationResult>>? acquire;

    public BotTokens(IOptions<TeamsOptions> options, TimeProvider clock)
    {
        this.options = options.Value;
        this.clock = clock;
        http = new TokenHttp(this.options.TokenEndpoint);
    }

    /// <param name="refused">A header that Teams did not take: another one is fetched.</param>
    /// <param name="cancellationToken">Cancels the fetching.</param>
    /// <returns>The header's value, made once for each token; null where none is needed.</returns>
    /// <exception cref="NoTokenException">There is none.</exception>
    public ValueTask<string?> GetAsync(string? refused, CancellationToken cancellationToken)
    {
        if (options.AllowAnonymous)
        {
            return ValueTask.FromResult<string?>(null);
        }

        return Volatile.Read(ref kept) is { } known && !ReferenceEquals(known.Header, refused) && clock.GetUtcNow() < known.Until
            ? ValueTask.FromResult<string?>(known.Header)
            : FetchAsync(refused, cancellationToken);
    }

    public void Dispose()
    {
        gate.Dispose();
        http.Dispose();
    }

    private async ValueTask<string?> FetchAsync(string? refused, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (kept is { } known && !ReferenceEquals(known.Header, refused) && clock.GetUtcNow() < known.Until)
            {
                return known.Header;
            }

            acquire ??= options.ManagedIdentity ? ManagedIdentity() : Application();

            // MSAL keeps tokens by the system's clock: what it gives is new whenever ours has run out or was refused.
            var result = await acquire(kept is not null, cancellationToken);
            var header = $"Bearer {result.AccessToken}";
            Volatile.Write(ref kept, new Kept(header, result.ExpiresOn - Early));
            return header;
        }
        catch (MsalServiceException e)
        {
            throw new NoTokenException($"{e.ErrorCode} ({e.StatusCode})", e.IsRetryable || e.StatusCode is 0 or 429 or >= 500, e);
        }
        catch (MsalException e)
        {
            throw new NoTokenException(e.ErrorCode, e.IsRetryable, e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new NoTokenException(e.GetType().Name, isPassing: true, e);
        }
        catch (CryptographicException e)
        {
            throw new NoTokenException("Teams:CertificatePath cannot be read", isPassing: false, e);
        }
        finally
        {
            gate.Release();
        }
    }

    private Func<bool, CancellationToken, Task<AuthenticationResult>> Application()
    {
        var cloud = Cloud.Of(options.Cloud);
        var builder = ConfidentialClientApplicationBuilder.Create(options.AppId)
            .WithAuthority($"https://{cloud.LoginHost}/{options.TenantId ?? cloud.SharedTenant}")
            .WithInstanceDiscovery(enableInstanceDiscovery: false)
            .WithHttpClientFactory(http);
        builder = options.ClientSecret is { Length: > 0 } secret
            ? builder.WithClientSecret(secret)
            : builder.WithCertificate(Certificate(), sendX5C: true);
        var application = builder.Build();
        var scopes = new[] { cloud.Resource + "/.default" };
        return (anew, cancellationToken) => application.AcquireTokenForClient(scopes).WithForceRefresh(anew).ExecuteAsync(cancellationToken);
    }

    private Func<bool, CancellationToken, Task<AuthenticationResult>> ManagedIdentity()
    {
        var application = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.WithUserAssignedClientId(options.AppId)).WithHttpClientFactory(http).Build();
        var resource = Cloud.Of(options.Cloud).Resource;
        return (anew, cancellationToken) => application.AcquireTokenForManagedIdentity(resource).WithForceRefresh(anew).ExecuteAsync(cancellationToken);
    }

    private X509Certificate2 Certificate() => Path.GetExtension(options.CertificatePath!).Equals(".pem", StringComparison.OrdinalIgnoreCase)
        ? options.CertificatePassword is { Length: > 0 } password
            ? X509Certificate2.CreateFromEncryptedPemFile(options.CertificatePath!, password)
            : X509Certificate2.CreateFromPemFile(options.CertificatePath!)
        : X509CertificateLoader.LoadPkcs12FromFile(options.CertificatePath!, options.CertificatePassword);

    private sealed record Kept(string Header, DateTimeOffset Until);
}

/// <summary>MSAL's way to the network; where the settings name a token endpoint, that is asked instead of the cloud's.</summary>
internal sealed class TokenHttp(Uri? endpoint) : IMsalHttpClientFactory, IDisposable
{
    private readonly HttpClient client = new(new Redirected(endpoint)) { Timeout = TimeSpan.FromSeconds(15) };

    public HttpClient GetHttpClient() => client;

    public void Dispose() => client.Dispose();

    private sealed class Redirected(Uri? endpoint) : DelegatingHandler(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), AllowAutoRedirect = false })
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (endpoint is not null && request.RequestUri!.AbsolutePath.EndsWith("/oauth2/v2.0/token", StringComparison.Ordinal))
            {
                request.RequestUri = endpoint;
            }

            return base.SendAsync(request, cancellationToken);
        }
    }
}
