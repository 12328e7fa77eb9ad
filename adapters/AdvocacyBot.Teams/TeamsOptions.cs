namespace AdvocacyBot.Teams;

/// <summary>Which of Microsoft's clouds the bot is registered in.</summary>
public enum TeamsCloud
{
    Public = 0,

    /// <summary>GCC High and DoD.</summary>
    UsGov = 1,

    /// <summary>Operated by 21Vianet.</summary>
    China = 2,
}

/// <summary>Section <c>Teams</c>: the bot's registration with Microsoft. On as soon as <see cref="AppId"/> is set.</summary>
public sealed class TeamsOptions
{
    public const string Section = "Teams";

    /// <summary>Any tenant, in <see cref="AllowedTenants"/>.</summary>
    public const string AnyTenant = "*";

    /// <summary>Microsoft App ID of the Azure Bot; with a managed identity its client id.</summary>
    public string? AppId { get; set; }

    /// <summary>Entra tenant of the app registration: id or domain. Null: an older multi-tenant bot.</summary>
    public string? TenantId { get; set; }

    /// <summary>Client secret of the app registration; one of secret, certificate and managed identity.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>PKCS#12 (<c>.pfx</c>) or PEM file with certificate and private key.</summary>
    public string? CertificatePath { get; set; }

    /// <summary>Of <see cref="CertificatePath"/>, where it has one.</summary>
    public string? CertificatePassword { get; set; }

    /// <summary>The bot is a user-assigned managed identity, and runs in Azure with that identity.</summary>
    public bool ManagedIdentity { get; set; }

    public TeamsCloud Cloud { get; set; } = TeamsCloud.Public;

    /// <summary>Tenants whose people the bot answers. Empty: that of <see cref="TenantId"/>, which has to be its id then; <c>*</c>: any.</summary>
    public IList<string> AllowedTenants { get; init; } = [];

    /// <summary>Hosts, beside Microsoft's own, that messages and tokens may be sent to; exact names, or <c>*.example.com</c>.</summary>
    public IList<string> AllowedServiceHosts { get; init; } = [];

    /// <summary>Longest time one turn may take, of which Teams waits about 15 seconds; from 1 second to 5 minutes.</summary>
    public TimeSpan TurnTimeout { get; set; } = TimeSpan.FromSeconds(14);

    /// <summary>
    /// Takes activities without a token and sends without one: for Microsoft 365 Agents Playground, in Development, on loopback only; elsewhere the host does
    /// not start.
    /// </summary>
    public bool AllowAnonymous { get; set; }

    /// <summary>OpenID metadata of who signs incoming tokens, instead of the cloud's: private clouds and tests.</summary>
    public Uri? OpenIdMetadataUrl { get; set; }

    /// <summary>Issuer of incoming tokens, instead of the cloud's.</summary>
    public string? TokenIssuer { get; set; }

    /// <summary>Where the bot gets its own tokens, instead of the cloud's login host.</summary>
    public Uri? TokenEndpoint { get; set; }

    internal bool IsOn => AppId is { Length: > 0 } || AllowAnonymous;
}
