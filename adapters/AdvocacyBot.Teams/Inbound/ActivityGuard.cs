using AdvocacyBot.Teams.Protocol;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Teams.Inbound;

/// <summary>
/// Whether a verified sender may say what the activity says. Only Teams is heard: other channels of an Azure Bot, such as web chat, let their users name any
/// person and tenant they like.
/// </summary>
internal sealed class ActivityGuard(ServiceHosts hosts, IOptions<TeamsOptions> options)
{
    public const string Teams = "msteams";

    private readonly HashSet<string> tenants = Tenants(options.Value);
    private readonly bool anyTenant = options.Value.AllowAnonymous || options.Value.AllowedTenants.Contains(TeamsOptions.AnyTenant);

    /// <param name="activity">As it came.</param>
    /// <param name="token">Null where none is needed.</param>
    public TokenVerdict Check(Activity activity, VerifiedToken? token)
    {
        if (activity.ChannelId != Teams)
        {
            return TokenVerdict.WrongChannel;
        }

        if (token is not null && !token.Endorsements.Contains(Teams, StringComparer.Ordinal))
        {
            return TokenVerdict.NotEndorsed;
        }

        // The raw strings: addresses differ in case at most.
        if (token is not null && !string.Equals(token.ServiceUrl, activity.ServiceUrl, StringComparison.OrdinalIgnoreCase))
        {
            return TokenVerdict.WrongServiceUrl;
        }

        if (!hosts.Trusts(activity.ServiceUrl))
        {
            return TokenVerdict.UntrustedHost;
        }

        return IsAllowed(activity) ? TokenVerdict.Fine : TokenVerdict.WrongTenant;
    }

    private static HashSet<string> Tenants(TeamsOptions options)
    {
        IEnumerable<string> allowed = options.AllowedTenants.Count > 0 || options.TenantId is null ? options.AllowedTenants : [options.TenantId];
        return allowed.ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Said in two places, which must not differ. The token says no tenant: it is only as true as its sender.</summary>
    private bool IsAllowed(Activity activity)
    {
        var one = activity.Conversation?.TenantId;
        var other = activity.ChannelData?.Tenant?.Id;
        return (one is null || other is null || one.Equals(other, StringComparison.OrdinalIgnoreCase))
            && (one ?? other) is { Length: > 0 } tenant
            && (anyTenant || tenants.Contains(tenant));
    }
}
