namespace AdvocacyBot.Teams.Protocol;

/// <summary>
/// Addresses of one of Microsoft's clouds (learn.microsoft.com: bot-framework-rest-connector-authentication, ABS gov and China pages; proactive hosts: Teams'
/// send-proactive-messages page).
/// </summary>
internal sealed record Cloud
{
    public required Uri OpenIdMetadata { get; init; }

    /// <summary><c>iss</c> of incoming tokens.</summary>
    public required string Issuer { get; init; }

    public required string LoginHost { get; init; }

    /// <summary>What the bot's own tokens are for; with <c>/.default</c> a scope.</summary>
    public required string Resource { get; init; }

    /// <summary>Tenant of multi-tenant bots' own tokens.</summary>
    public required string SharedTenant { get; init; }

    /// <summary>Where Teams takes messages; a name, or <c>*.</c> and the end of one.</summary>
    public required IReadOnlyList<string> ServiceHosts { get; init; }

    public static Cloud Of(TeamsCloud cloud) => cloud switch
    {
        TeamsCloud.UsGov => UsGov,
        TeamsCloud.China => China,
        _ => Public,
    };

    private static readonly Cloud Public = new()
    {
        OpenIdMetadata = new Uri("https://login.botframework.com/v1/.well-known/openidconfiguration"),
        Issuer = "https://api.botframework.com",
        LoginHost = "login.microsoftonline.com",
        Resource = "https://api.botframework.com",
        SharedTenant = "botframework.com",
        ServiceHosts = ["smba.trafficmanager.net", "*.teams.microsoft.com", "*.botframework.com", "*.botapi.skype.com"],
    };

    private static readonly Cloud UsGov = new()
    {
        OpenIdMetadata = new Uri("https://login.botframework.azure.us/v1/.well-known/openidconfiguration"),
        Issuer = "https://api.botframework.us",
        LoginHost = "login.microsoftonline.us",
        Resource = "https://api.botframework.us",
        SharedTenant = "MicrosoftServices.onmicrosoft.us",
        ServiceHosts = ["*.teams.microsoft.us", "*.botframework.azure.us"],
    };

    private static readonly Cloud China = new()
    {
        OpenIdMetadata = new Uri("https://login.botframework.azure.cn/v1/.well-known/openidconfiguration"),
        Issuer = "https://api.botframework.azure.cn",
        LoginHost = "login.partner.microsoftonline.cn",
        Resource = "https://api.botframework.azure.cn",
        SharedTenant = "microsoftservices.partner.onmschina.cn",
        ServiceHosts = ["smba.trafficmanager.cn", "*.botframework.azure.cn", "*.teams.microsoftonline.cn"],
    };
}
