using AdvocacyBot.Core.Links;
using AdvocacyBot.Core.Reports;

namespace AdvocacyBot.Host.Reports;

/// <summary>The cookie of a session: out of the reach of scripts and other sites, and only ever sent over https.</summary>
internal sealed class ReportCookie(PublicAddress address, IHostEnvironment environment)
{
    /// <summary>The prefix makes browsers insist on Secure and on this host.</summary>
    public const string Secure = "__Host-advocacy-report";

    private const string Plain = "advocacy-report";

    private bool IsHttps => address.Root.Scheme == Uri.UriSchemeHttps;

    private string Name => IsHttps ? Secure : Plain;

    /// <summary>Whether a session may be opened at all: over https, or while developing on this machine.</summary>
    public bool IsAllowed => IsHttps || (environment.IsDevelopment() && address.Root.IsLoopback);

    public string? Read(HttpContext context) => IsAllowed ? context.Request.Cookies[Name] : null;

    public void Set(HttpContext context, SignIn.Done session) => context.Response.Cookies.Append(Name, session.Token, Options(session.Lifetime));

    public void Clear(HttpContext context) => context.Response.Cookies.Delete(Name, Options(lifetime: null));

    private CookieOptions Options(TimeSpan? lifetime) => new()
    {
        HttpOnly = true, Secure = IsHttps, SameSite = SameSiteMode.Strict, Path = "/", MaxAge = lifetime, IsEssential = true,
    };
}
