using System.Text.RegularExpressions;

namespace AdvocacyBot.Core.People;

/// <summary>
/// Addresses of people's own profiles. Each network has hosts and a form of its own; what people type for short (<c>@noa</c>, <c>linkedin.com/in/noa</c>, tracking
/// parameters, <c>m.</c> hosts) becomes the plain address. A network that an operator added takes any https address.
/// </summary>
public static partial class ProfileAddress
{
    public const int MaxLength = 300;

    private static readonly Dictionary<string, Rule?> Rules = new(StringComparer.Ordinal)
    {
        ["linkedin"] = new(["linkedin.com"], LinkedIn(), "https://www.linkedin.com/in/", "https://www.linkedin.com/in/noa"),
        ["x"] = new(["x.com", "twitter.com"], X(), "https://x.com/", "https://x.com/noa"),
        ["facebook"] = new(["facebook.com", "fb.com"], Facebook(), "https://www.facebook.com/", "https://www.facebook.com/noa.levi"),
        ["bluesky"] = new(["bsky.app"], Bluesky(), "https://bsky.app/profile/", "https://bsky.app/profile/noa.bsky.social"),
        ["threads"] = new(["threads.net", "threads.com"], Threads(), "https://www.threads.com/@", "https://www.threads.com/@noa"),
        ["telegram"] = new(["t.me", "telegram.me"], Telegram(), "https://t.me/", "https://t.me/noa_levi"),
        ["reddit"] = new(["reddit.com"], Reddit(), "https://www.reddit.com/user/", "https://www.reddit.com/user/noa"),
        ["instagram"] = new(["instagram.com"], Instagram(), "https://www.instagram.com/", "https://www.instagram.com/noa"),
        ["youtube"] = new(["youtube.com"], YouTube(), "https://www.youtube.com/@", "https://www.youtube.com/@noa"),

        // A phone's contacts have no address of their own.
        ["whatsapp"] = null, ["email"] = null, ["copy"] = null,
    };

    /// <summary>Whether people have a profile there.</summary>
    public static bool Has(string network) => !Rules.TryGetValue(network, out var rule) || rule is not null;

    /// <summary>What such an address looks like.</summary>
    public static string Example(string network) => Rules.GetValueOrDefault(network)?.Example ?? "https://example.com/noa";

    /// <summary>The plain address of what was typed.</summary>
    /// <param name="network">Key of the catalogue.</param>
    /// <param name="typed">An address, with or without <c>https://</c>, or the name alone.</param>
    /// <returns>Null where it is no profile of that network.</returns>
    public static string? Parse(string network, string typed)
    {
        ArgumentNullException.ThrowIfNull(typed);
        var text = typed.Trim();
        if (text.Length is 0 or > MaxLength || !Has(network) || text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)))
        {
            return null;
        }

        if (Rules.GetValueOrDefault(network) is not { } rule)
        {
            return Address(text) is { } any && any.Host.Contains('.', StringComparison.Ordinal) ? any.AbsoluteUri : null;
        }

        if (!text.Contains('/', StringComparison.Ordinal))
        {
            // The name alone.
            return rule.Name(text.TrimStart('@')) is { } name ? rule.Prefix + name : null;
        }

        if (Address(text) is not { } address || !rule.Hosts.Any(host => IsAt(address.Host, host)))
        {
            return null;
        }

        // Facebook has profiles without a name.
        if (network == "facebook" && address.AbsolutePath == "/profile.php")
        {
            return FacebookNumber().Match(address.Query) is { Success: true } number ? $"https://www.facebook.com/profile.php?id={number.Groups["id"].Value}" : null;
        }

        return rule.Path.Match(Uri.UnescapeDataString(address.AbsolutePath)) is { Success: true } path && rule.Name(path.Groups["name"].Value) is { } found
            ? rule.Prefix + found
            : null;
    }

    private static Uri? Address(string text) =>
        Uri.TryCreate(text.Contains("://", StringComparison.Ordinal) ? text : "https://" + text, UriKind.Absolute, out var address)
            && address.Scheme is "https" or "http" && address.UserInfo.Length == 0 && address.IsDefaultPort
            && Uri.TryCreate("https" + address.AbsoluteUri[address.Scheme.Length..], UriKind.Absolute, out var secure)
            ? secure
            : null;

    private static bool IsAt(string host, string wanted) =>
        host.Equals(wanted, StringComparison.OrdinalIgnoreCase) || host.EndsWith("." + wanted, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"^/in/(?<name>[\p{L}\p{N}%_-]{3,100})/?$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex LinkedIn();

    [GeneratedRegex("^/@?(?<name>[A-Za-z0-9_]{1,15})/?$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex X();

    [GeneratedRegex("^/(?<name>[A-Za-z0-9.]{5,50})/?$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Facebook();

    [GeneratedRegex("^[?&]id=(?<id>[0-9]{5,20})(&.*)?$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex FacebookNumber();

    [GeneratedRegex(@"^/profile/(?<name>did:plc:[a-z0-9]{24}|[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+)/?$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Bluesky();

    [GeneratedRegex("^/@(?<name>[A-Za-z0-9._]{1,30})/?$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Threads();

    [GeneratedRegex("^/(?<name>[A-Za-z][A-Za-z0-9_]{3,31})/?$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Telegram();

    [GeneratedRegex("^/(user|u)/(?<name>[A-Za-z0-9_-]{3,20})/?$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Reddit();

    [GeneratedRegex("^/(?<name>[A-Za-z0-9._]{1,30})/?$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Instagram();

    [GeneratedRegex(@"^/@(?<name>[\p{L}\p{N}._-]{3,30})/?$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex YouTube();

    /// <summary>Pages of a network that stand where a name could.</summary>
    private static readonly HashSet<string> NoNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "home", "intent", "search", "explore", "login", "settings", "share", "sharer", "sharer.php", "profile.php", "groups", "pages", "watch", "joinchat", "about", "i",
    };

    private sealed record Rule(IReadOnlyList<string> Hosts, Regex Path, string Prefix, string Example)
    {
        /// <summary>The name as it stands in an address; null where it cannot be one.</summary>
        public string? Name(string name)
        {
            var before = new Uri(Prefix).AbsolutePath;
            return !NoNames.Contains(name) && Path.IsMatch(before + name) ? Uri.EscapeDataString(name).Replace("%3A", ":", StringComparison.Ordinal) : null;
        }
    }
}
