namespace AdvocacyBot.Host.Composition;

/// <summary>Where the host listens: <c>urls</c>, or Kestrel's own settings, or the default.</summary>
internal static class ListeningAddress
{
    public const string Default = "http://localhost:3978";

    public static bool IsSet(IConfiguration configuration) =>
        !string.IsNullOrEmpty(configuration[WebHostDefaults.ServerUrlsKey])
        || !string.IsNullOrEmpty(configuration[WebHostDefaults.HttpPortsKey])
        || !string.IsNullOrEmpty(configuration[WebHostDefaults.HttpsPortsKey])
        || configuration.GetSection("Kestrel:Endpoints").Exists();

    /// <exception cref="StartupException">It is no address.</exception>
    public static void Check(IConfiguration configuration)
    {
        foreach (var url in (configuration[WebHostDefaults.ServerUrlsKey] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            try
            {
                _ = BindingAddress.Parse(url);
            }
            catch (FormatException)
            {
                throw new StartupException($"urls is '{url}', which is no address to listen on. Write it like {Default}.");
            }
        }
    }
}
