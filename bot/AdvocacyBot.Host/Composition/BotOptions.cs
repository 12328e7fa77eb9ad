namespace AdvocacyBot.Host.Composition;

/// <summary>Top-level settings.</summary>
internal sealed class BotOptions
{
    public const string PublicUrlMissing =
        "PublicUrl is not set. Links in posts are made from it, so outside Development it is needed: an absolute https address, e.g. PublicUrl=https://share.example.com.";

    /// <summary>Absolute address that links are made from; https, or http on loopback. Null: the listening address, in Development only.</summary>
    public Uri? PublicUrl { get; set; }
}

/// <summary>The host cannot start; the message says why and what to do.</summary>
internal sealed class StartupException(string message) : Exception(message);
