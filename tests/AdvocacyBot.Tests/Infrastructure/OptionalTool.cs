namespace AdvocacyBot.Tests.Infrastructure;

/// <summary>
/// A program that some tests need and a developer's machine may lack: without it they are reported as skipped. Where
/// <c>ADVOCACY_REQUIRE_ALL=1</c>, as in CI, they run all the same and fail with the message of <see cref="Require"/>.
/// </summary>
internal sealed record OptionalTool(string Name, string? Path, string HowToGet)
{
    private static bool RequireAll => Environment.GetEnvironmentVariable("ADVOCACY_REQUIRE_ALL") == "1";

    /// <summary>For <see cref="FactAttribute.Skip"/>: null where the test runs.</summary>
    public string? SkipReason => Path is null && !RequireAll ? Missing : null;

    private string Missing => $"{Name} was not found. {HowToGet}";

    /// <exception cref="InvalidOperationException">The program is absent.</exception>
    public string Require() => Path ?? throw new InvalidOperationException(Missing);
}
