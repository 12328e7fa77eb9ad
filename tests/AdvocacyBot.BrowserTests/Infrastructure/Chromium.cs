using AdvocacyBot.Tests.Infrastructure;
using Microsoft.Playwright;

namespace AdvocacyBot.BrowserTests.Infrastructure;

/// <summary>The system's Chromium; Playwright's own download is not used.</summary>
internal static class Chromium
{
    /// <summary>What <c>CHROMIUM</c> names, else Debian's.</summary>
    public static readonly OptionalTool Browser = new(
        "Chromium", Find(), "Install it (Debian: apt-get install chromium), or name the program in the environment variable CHROMIUM.");

    /// <summary>Headless, and shut in: no name but those of this machine resolves.</summary>
    public static Task<IBrowser> LaunchAsync(IPlaywright playwright) => playwright.Chromium.LaunchAsync(new()
    {
        ExecutablePath = Browser.Require(),
        Args =
        [
            "--no-sandbox", // Chromium's sandbox does not start as root, which CI containers are; the pages are our own
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
        ],
    });

    private static string? Find()
    {
        var named = Environment.GetEnvironmentVariable("CHROMIUM");
        return new[] { string.IsNullOrEmpty(named) ? "/usr/bin/chromium" : named }.FirstOrDefault(File.Exists);
    }
}

/// <summary>A test that needs a browser.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ChromiumFactAttribute : FactAttribute
{
    public ChromiumFactAttribute() => Skip = Chromium.Browser.SkipReason;
}

/// <summary>As <see cref="ChromiumFactAttribute"/>, with cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ChromiumTheoryAttribute : TheoryAttribute
{
    public ChromiumTheoryAttribute() => Skip = Chromium.Browser.SkipReason;
}
