using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Dialogs;

namespace AdvocacyBot.Core.Campaigns;

/// <summary>
/// Looks whether there is a picture at the address that a form gives. Only a plain no counts (not found, or a page instead of a picture): an address that the
/// bot cannot reach may well be reached by those who will see the card.
/// </summary>
public sealed class PictureCheck(ILinkPreview previews) : IFormPreparation
{
    /// <summary>Ids of the inputs that hold a picture's address.</summary>
    private static readonly string[] Fields = ["imageUrl", "sponsorImage"];

    private readonly HashSet<string> missing = new(StringComparer.Ordinal);

    public async Task PrepareAsync(FormSubmitted form, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(form);
        foreach (var field in Fields)
        {
            if (form.Action != DialogEngine.CancelAction
                && form.Inputs.TryGetValue(field, out var typed)
                && ComposeValidation.WebAddress(typed.Trim()) is { } address
                && IsMissing(await previews.FetchAsync(address, cancellationToken)))
            {
                missing.Add(typed.Trim());
            }
        }
    }

    /// <summary>Whether it was seen that there is no picture at the address.</summary>
    public bool Misses(string address) => missing.Contains(address);

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
