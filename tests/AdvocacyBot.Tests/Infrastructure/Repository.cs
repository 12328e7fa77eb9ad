namespace AdvocacyBot.Tests.Infrastructure;

/// <summary>Where the sources lie that the running tests were built from.</summary>
internal static class Repository
{
    private static readonly Lazy<string> Found = new(static () =>
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "AdvocacyBot.sln")))
            {
                return at.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds AdvocacyBot.sln; run the tests from inside the repository.");
    });

    public static string Folder(params ReadOnlySpan<string> parts) => Path.Combine([Found.Value, .. parts]);
}
