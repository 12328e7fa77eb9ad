using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Teams;

/// <summary>What is wrong with the settings, said before the host starts: the key and what helps.</summary>
internal sealed class TeamsOptionsValidation(IHostEnvironment environment, IConfiguration configuration) : IValidateOptions<TeamsOptions>
{
    private const string Section = TeamsOptions.Section;

    public ValidateOptionsResult Validate(string? name, TeamsOptions options)
    {
        string[] failures =
        [
            .. Anonymous(options), .. Credentials(options), .. Tenants(options), .. Addresses(options),
        ];
        return failures.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private IEnumerable<string> Anonymous(TeamsOptions options)
    {
        if (!options.AllowAnonymous)
        {
            yield break;
        }

        if (!environment.IsDevelopment())
        {
            yield return $"{Section}:AllowAnonymous lets anybody speak for anybody. It is for trying the bot with Agents Playground in Development; remove it, and set {Section}:AppId.";
        }

        if (options.AppId is { Length: > 0 })
        {
            yield return $"{Section}:AllowAnonymous and {Section}:AppId exclude each other: with an AppId every request needs a token. Remove one.";
        }

        foreach (var address in Listening().Where(address => !IsLoopback(address)))
        {
            yield return $"{Section}:AllowAnonymous needs a host that only this machine reaches, but it listens at {address}. Use --urls=http://localhost:3978.";
        }
    }

    private static IEnumerable<string> Credentials(TeamsOptions options)
    {
        if (options.AppId is not { Length: > 0 })
        {
            yield break;
        }

        var given = new[] { options.ClientSecret is { Length: > 0 }, options.CertificatePath is { Length: > 0 }, options.ManagedIdentity }.Count(isGiven => isGiven);
        if (given != 1)
        {
            yield return $"{Section}:AppId needs {(given == 0 ? "one" : "only one")} of {Section}:ClientSecret (keep it in the environment: Teams__ClientSecret), {Section}:CertificatePath and {Section}:ManagedIdentity.";
        }

        if (options.CertificatePath is { Length: > 0 } file && !File.Exists(file))
        {
            yield return $"{Section}:CertificatePath: there is no file {file}.";
        }
    }

    private static IEnumerable<string> Tenants(TeamsOptions options)
    {
        if (options.AppId is not { Length: > 0 } || options.AllowedTenants.Count > 0)
        {
            yield break;
        }

        if (options.TenantId is not { Length: > 0 } tenant)
        {
            yield return $"{Section}:TenantId or {Section}:AllowedTenants is needed: whose people may use the bot. \"{TeamsOptions.AnyTenant}\" in AllowedTenants means everybody's.";
        }
        else if (tenant.Contains('.', StringComparison.Ordinal))
        {
            yield return $"{Section}:TenantId is a domain, and Teams says ids: write the tenant's id, or name the ids in {Section}:AllowedTenants.";
        }
    }

    private static IEnumerable<string> Addresses(TeamsOptions options)
    {
        foreach (var (key, address) in new[] { (nameof(options.OpenIdMetadataUrl), options.OpenIdMetadataUrl), (nameof(options.TokenEndpoint), options.TokenEndpoint) })
        {
            if (address is not null && !(address.IsAbsoluteUri && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))))
            {
                yield return $"{Section}:{key} has to be an absolute https address (http on loopback only).";
            }
        }

        if (options.TurnTimeout < TimeSpan.FromSeconds(1) || options.TurnTimeout > TimeSpan.FromMinutes(5))
        {
            yield return $"{Section}:TurnTimeout has to be from 00:00:01 to 00:05:00.";
        }
    }

    private IEnumerable<string> Listening()
    {
        foreach (var url in (configuration["urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            yield return url;
        }

        foreach (var key in new[] { "http_ports", "https_ports" })
        {
            if (configuration[key] is { Length: > 0 } ports)
            {
                yield return $"*:{ports}";
            }
        }

        foreach (var endpoint in configuration.GetSection("Kestrel:Endpoints").GetChildren())
        {
            yield return endpoint["Url"] ?? "*";
        }
    }

    private static bool IsLoopback(string address)
    {
        try
        {
            var host = BindingAddress.Parse(address).Host.Trim('[', ']');
            return host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var ip) && IPAddress.IsLoopback(ip));
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
