namespace AdvocacyBot.Core.Links;

/// <summary>Where the outside reaches us; every address we hand out is made here.</summary>
public sealed class PublicAddress
{
    private Uri? root;

    /// <summary>Absolute, ends with a slash. Set once at start: the <c>PublicUrl</c> setting, else in Development the listening address.</summary>
    /// <exception cref="InvalidOperationException">Read before it is known.</exception>
    public Uri Root
    {
        get => root ?? throw new InvalidOperationException("PublicUrl is not known yet.");
        set => root = value.AbsoluteUri.EndsWith('/') ? value : new Uri(value.AbsoluteUri + "/");
    }

    /// <summary><c>/l/{code}</c>: the tracked link that stands in a post.</summary>
    /// <param name="code">A share's public code.</param>
    /// <param name="networkLetter">Says which network it was made for; null for none in particular.</param>
    public Uri Tracked(string code, char? networkLetter) => new(Root, $"l/{code}{networkLetter}");

    /// <summary><c>/go/{code}/{network}</c>: opens the network's composer and records that.</summary>
    /// <param name="privateCode">A share's private code.</param>
    /// <param name="network">Key of the network.</param>
    public Uri Composer(string privateCode, string network) => new(Root, $"go/{privateCode}/{network}");

    /// <summary><c>/s/{code}</c>: the share page.</summary>
    /// <param name="privateCode">A share's private code.</param>
    public Uri SharePage(string privateCode) => new(Root, $"s/{privateCode}");

    /// <summary><c>/people/export/{code}</c>: the page from which a person fetches their own data once.</summary>
    /// <param name="code">Of an export link.</param>
    public Uri PersonExport(string code) => new(Root, $"people/export/{code}");

    /// <summary><c>/audit/{token}</c>: the audit log as a file.</summary>
    /// <param name="token">Says whose it is, of what, and until when.</param>
    public Uri AuditFile(string token) => new(Root, $"audit/{token}");

    /// <summary><c>/report/in/{token}</c>: where a sign-in link to the report leads.</summary>
    /// <param name="token">Good for one sign-in.</param>
    public Uri ReportSignIn(string token) => new(Root, $"report/in/{token}");
}
