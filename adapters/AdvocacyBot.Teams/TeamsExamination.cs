using AdvocacyBot.Teams.Inbound;
using AdvocacyBot.Teams.Outbound;
using AdvocacyBot.Teams.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace AdvocacyBot.Teams;

/// <summary>For "doctor": what is set, and whether both directions of trust work now.</summary>
internal static class TeamsExamination
{
    public static async Task<IReadOnlyList<(bool Fine, string Text)>> RunAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var options = services.GetRequiredService<IOptions<TeamsOptions>>().Value;
        if (options.AllowAnonymous)
        {
            return [(true, $"without tokens, for Agents Playground on this machine: point it to {TeamsChannel.MessagesPath}")];
        }

        return [(true, Registration(options)), await TokenAsync(services, options, cancellationToken), await KeysAsync(services, options, cancellationToken)];
    }

    private static string Registration(TeamsOptions options)
    {
        var credential = options.ManagedIdentity ? "managed identity" : options.ClientSecret is { Length: > 0 } ? "client secret" : "certificate";
        var tenants = options.AllowedTenants.Contains(TeamsOptions.AnyTenant) ? "people of any tenant"
            : $"people of {(options.AllowedTenants.Count > 0 ? string.Join(", ", options.AllowedTenants) : options.TenantId)}";
        return $"app {options.AppId} in the {options.Cloud} cloud, with {credential}, answers {tenants}; the Azure Bot's messaging endpoint is PublicUrl + {TeamsChannel.MessagesPath}";
    }

    private static async Task<(bool Fine, string Text)> TokenAsync(IServiceProvider services, TeamsOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await services.GetRequiredService<BotTokens>().GetAsync(refused: null, cancellationToken);
            return (true, "Entra gives the bot tokens");
        }
        catch (NoTokenException e)
        {
            return (false, e.IsPassing
                ? $"Entra cannot be asked for a token now ({e.Message}). Check that this machine reaches {options.TokenEndpoint?.Host ?? Cloud.Of(options.Cloud).LoginHost}."
                : $"Entra gives the bot no token ({e.Message}). Check Teams:AppId, Teams:TenantId and the secret or certificate; secrets expire.");
        }
    }

    private static async Task<(bool Fine, string Text)> KeysAsync(IServiceProvider services, TeamsOptions options, CancellationToken cancellationToken)
    {
        var address = options.OpenIdMetadataUrl ?? Cloud.Of(options.Cloud).OpenIdMetadata;
        try
        {
            var metadata = await OpenIdConnectConfigurationRetriever.GetAsync(
                address.AbsoluteUri, services.GetRequiredService<IDocumentRetriever>(), cancellationToken);
            var count = metadata.JsonWebKeySet?.Keys.Count ?? 0;
            return (count > 0, count > 0 ? $"{count} signing keys of incoming requests found" : $"{address} names no signing keys, so no request can be verified.");
        }
        catch (Exception e) when (e is IOException or HttpRequestException or InvalidOperationException or ArgumentException or OperationCanceledException)
        {
            return (false, $"{address} cannot be read, so no request can be verified. Check that this machine reaches {address.Host}.");
        }
    }
}
