using AdvocacyBot.Teams;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;

namespace AdvocacyBot.Tests.Teams.Endpoint;

/// <summary>Settings that do not go together are named before the host starts.</summary>
public sealed class SettingsTests
{
    public static TheoryData<string, string, string> Wrong() => new()
    {
        { "AppId=a;TenantId=t", "Production", "Teams:ClientSecret" },
        { "AppId=a;TenantId=t;ClientSecret=s;ManagedIdentity=true", "Production", "only one" },
        { "AppId=a;TenantId=t;CertificatePath=/no/such/file.pfx", "Production", "/no/such/file.pfx" },
        { "AppId=a;ClientSecret=s", "Production", "Teams:AllowedTenants" },
        { "AppId=a;ClientSecret=s;TenantId=contoso.com", "Production", "domain" },
        { "AppId=a;ClientSecret=s;TenantId=t;OpenIdMetadataUrl=http://login.example/x", "Production", "Teams:OpenIdMetadataUrl" },
        { "AppId=a;ClientSecret=s;TenantId=t;TokenEndpoint=ftp://login.example/x", "Production", "Teams:TokenEndpoint" },
        { "AppId=a;ClientSecret=s;TenantId=t;TurnTimeout=00:10:00", "Production", "Teams:TurnTimeout" },
        { "AllowAnonymous=true", "Production", "Development" },
        { "AllowAnonymous=true", "Staging", "Development" },
        { "AllowAnonymous=true;AppId=a;ClientSecret=s;TenantId=t", "Development", "exclude" },
        { "AllowAnonymous=true;/urls=http://localhost:1,http://0.0.0.0:2", "Development", "http://0.0.0.0:2" },
        { "AllowAnonymous=true;/urls=http://*:3978", "Development", "http://*:3978" },
        { "AllowAnonymous=true;/http_ports=8080", "Development", "8080" },
        { "AllowAnonymous=true;/Kestrel:Endpoints:Http:Url=http://[::]:3978", "Development", "http://[::]:3978" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_wrong_is_named_by_its_key(string settings, string environment, string named)
    {
        var result = Validate(settings, environment);

        Assert.True(result.Failed);
        Assert.Contains(result.Failures!, failure => failure.Contains(named, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "Production")]
    [InlineData("AppId=a;ClientSecret=s;TenantId=t", "Production")]
    [InlineData("AppId=a;ClientSecret=s;AllowedTenants:0=*", "Production")]
    [InlineData("AppId=a;ClientSecret=s;Cloud=China;AllowedTenants:0=*", "Production")]
    [InlineData("AppId=a;ManagedIdentity=true;TenantId=t", "Production")]
    [InlineData("AppId=a;ClientSecret=s;TenantId=contoso.com;AllowedTenants:0=t", "Production")]
    [InlineData("AllowAnonymous=true", "Development")]
    [InlineData("AllowAnonymous=true;/urls=http://localhost:3978,http://[::1]:1,http://127.0.0.1:0", "Development")]
    public void What_goes_together_is_taken(string settings, string environment)
    {
        var result = Validate(settings, environment);
        Assert.True(result.Succeeded, string.Join("\n", result.Failures ?? []));
    }

    private static Microsoft.Extensions.Options.ValidateOptionsResult Validate(string settings, string environment)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            settings.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).Select(pair => KeyValuePair.Create(
                pair[0].StartsWith('/') ? pair[0][1..] : $"Teams:{pair[0]}", (string?)pair[1].Replace(',', ';')))).Build();
        var options = configuration.GetSection(TeamsOptions.Section).Get<TeamsOptions>() ?? new TeamsOptions();
        return new TeamsOptionsValidation(new HostingEnvironment { EnvironmentName = environment }, configuration).Validate(name: null, options);
    }
}
