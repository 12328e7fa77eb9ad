using AdvocacyBot.Teams;
using AdvocacyBot.Teams.Protocol;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Tests.Teams.Endpoint;

/// <summary>
/// Microsoft's clouds, as its own sources have them: botbuilder-dotnet (AuthenticationConstants, GovernmentAuthenticationConstants) and MicrosoftDocs/bot-docs
/// (articles/how-to-deploy-china-cloud.md, how-to-deploy-gov-cloud-high.md); hosts from msteams-docs send-proactive-messages.
/// </summary>
public sealed class CloudTests
{
    [Theory]
    [InlineData(TeamsCloud.Public, "https://login.botframework.com/v1/.well-known/openidconfiguration", "https://api.botframework.com", "login.microsoftonline.com", "botframework.com")]
    [InlineData(TeamsCloud.UsGov, "https://login.botframework.azure.us/v1/.well-known/openidconfiguration", "https://api.botframework.us", "login.microsoftonline.us", "MicrosoftServices.onmicrosoft.us")]
    [InlineData(TeamsCloud.China, "https://login.botframework.azure.cn/v1/.well-known/openidconfiguration", "https://api.botframework.azure.cn", "login.partner.microsoftonline.cn", "microsoftservices.partner.onmschina.cn")]
    public void Each_has_its_own_issuer_keys_and_login(TeamsCloud of, string metadata, string issuer, string login, string tenant)
    {
        var cloud = Cloud.Of(of);

        Assert.Equal((metadata, issuer, issuer, login, tenant), (cloud.OpenIdMetadata.AbsoluteUri, cloud.Issuer, cloud.Resource, cloud.LoginHost, cloud.SharedTenant));
    }

    [Theory]
    [InlineData(TeamsCloud.Public, "https://smba.trafficmanager.net/emea/tenant/", true)]
    [InlineData(TeamsCloud.Public, "https://smba.infra.gcc.teams.microsoft.com/teams", true)]
    [InlineData(TeamsCloud.Public, "https://smba.infra.gov.teams.microsoft.us/teams", false)]
    [InlineData(TeamsCloud.UsGov, "https://smba.infra.gov.teams.microsoft.us/teams", true)]
    [InlineData(TeamsCloud.UsGov, "https://smba.infra.dod.teams.microsoft.us/teams", true)]
    [InlineData(TeamsCloud.UsGov, "https://smba.trafficmanager.net/amer/", false)]
    [InlineData(TeamsCloud.China, "https://smba.trafficmanager.cn/teams", true)]
    [InlineData(TeamsCloud.China, "https://smba.trafficmanager.net/teams/", false)]
    public void Tokens_go_to_the_hosts_of_their_own_cloud_alone(TeamsCloud cloud, string serviceUrl, bool trusted) =>
        Assert.Equal(trusted, new ServiceHosts(Options.Create(new TeamsOptions { Cloud = cloud })).Trusts(serviceUrl));
}
