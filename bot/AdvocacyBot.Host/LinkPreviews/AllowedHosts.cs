namespace AdvocacyBot.Host.LinkPreviews;

/// <summary>The parsed <see cref="LinkPreviewOptions.AllowedHosts"/>.</summary>
internal sealed class AllowedHosts
{
    private readonly HashSet<(string Host, int Port)> entries = [];

    public AllowedHosts(IEnumerable<string> entries)
    {
        foreach (var entry in entries)
        {
            var (host, port) = Parse(entry) ?? throw new FormatException(Problem(entry));
            if (port is { } one)
            {
                this.entries.Add((host, one));
            }
            else
            {
                this.entries.Add((host, 80));
                this.entries.Add((host, 443));
            }
        }
    }

    public bool Contains(string asciiHost, int port) => entries.Contains((asciiHost, port));

    /// <summary>What is wrong with the first bad entry, or null.</summary>
    public static string? FirstProblem(IEnumerable<string> entries) =>
        entries.Where(entry => Parse(entry) is null).Select(Problem).FirstOrDefault();

    private static string Problem(string entry) =>
        $"LinkPreview:AllowedHosts has '{entry}'; write a host such as intranet.example.com, intranet.example.com:8080 or [fd00::1]:8080, without scheme and path.";

    // A scheme without a default port keeps "no port" apart from "port 80".
    private static (string Host, int? Port)? Parse(string entry) =>
        Uri.TryCreate($"host://{entry}", UriKind.Absolute, out var uri)
        && uri.HostNameType is UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6
        && uri.UserInfo.Length == 0 && uri.AbsolutePath is "" or "/" && uri.Query.Length == 0 && uri.Fragment.Length == 0
        && !entry.EndsWith('/')
            ? (uri.IdnHost.ToLowerInvariant(), uri.Port < 0 ? null : uri.Port)
            : null;
}
