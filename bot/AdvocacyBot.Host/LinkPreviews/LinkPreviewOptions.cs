using System.ComponentModel.DataAnnotations;

namespace AdvocacyBot.Host.LinkPreviews;

/// <summary>Section <c>LinkPreview</c>.</summary>
internal sealed class LinkPreviewOptions : IValidatableObject
{
    public const string Section = "LinkPreview";

    /// <summary>For one preview, redirects included.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:30", ErrorMessage = "LinkPreview:TimeLimit must be between 00:00:00.100 and 00:00:30.")]
    public TimeSpan TimeLimit { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Bytes of a page that are read, after decompression; what lies beyond is not looked at.</summary>
    [Range(1024, 4 * 1024 * 1024, ErrorMessage = "LinkPreview:MaxBytes must be between 1024 and 4194304.")]
    public int MaxBytes { get; set; } = 512 * 1024;

    [Range(0, 10, ErrorMessage = "LinkPreview:MaxRedirects must be between 0 and 10.")]
    public int MaxRedirects { get; set; } = 5;

    /// <summary>
    /// Hosts that are read although they are not on the public Internet, as <c>host</c> (ports 80 and 443) or <c>host:port</c>.
    /// A risk: everybody who may suggest a link can then make the bot fetch from these hosts and read the title of what they answer.
    /// Name an intranet's web server, never a host with an administration page, metadata service or database.
    /// </summary>
    public IList<string> AllowedHosts { get; set; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        LinkPreviews.AllowedHosts.FirstProblem(AllowedHosts) is { } problem ? [new ValidationResult(problem, [nameof(AllowedHosts)])] : [];
}
