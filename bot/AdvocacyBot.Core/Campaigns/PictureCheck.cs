using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Dialogs;

namespace AdvocacyBot.Core.Campaigns;

/// <summary>
/// Looks whether there is a picture at the address that a form gives. Only a plain no counts (not found, or a page instead of a picture): an address that the
/// bot cannot reach may well be reached by those who will see the card.
/// </summary>
public sealed class PictureCheck(ILinkPreview previews) : IFormPreparation
{
    public const string Field = "imageUrl";

    private string? missing;

    public async Task PrepareAsync(FormSubmitted form, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(form);
        if (form.Action != DialogEngine.CancelAction
            && form.Inputs.TryGetValue(Field, out var typed)
            && ComposeValidation.WebAddress(typed.Trim()) is { } address
            && IsMissing(await previews.FetchAsync(address, cancellationToken)))
        {
            missing = typed.Trim();
        }
    }

    /// <summary>Whether it was seen that there is no picture at the address.</summary>
    public bool Misses(string address) => address.Length > 0 && address == missing;

    // A picture is no page: that is how the fetch of a good one ends.
    private static bool IsMissing(LinkPreviewResult result) => result switch
    {
        LinkPreviewResult.Found => true,
        LinkPreviewResult.NotFetched { Reason: LinkPreviewFailure.HttpError, Detail: "404" or "410" } => true,
        LinkPreviewResult.NotFetched { Reason: LinkPreviewFailure.NotHtml, Detail: { } type } =>
            !type.StartsWith("image/", StringComparison.OrdinalIgnoreCase) && !type.Equals("application/octet-stream", StringComparison.OrdinalIgnoreCase),
        _ => false,
    };
}
