namespace AdvocacyBot.Web;

/// <summary>Section <c>Web</c>: the browser chat.</summary>
public sealed class WebOptions
{
    public const string Section = "Web";

    /// <summary>Null: on in Development, off otherwise; the host decides. Anybody who can reach it can act as anybody in it.</summary>
    public bool? Enabled { get; set; }

    /// <summary>Host names, without port, that requests may be made to beside loopback names and the host of <c>PublicUrl</c>.</summary>
    public IList<string> AllowedHosts { get; init; } = [];
}
