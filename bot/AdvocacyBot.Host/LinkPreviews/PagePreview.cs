using System.Text.RegularExpressions;
using AdvocacyBot.Core.Campaigns;

namespace AdvocacyBot.Host.LinkPreviews;

/// <summary>Which of a page's tags fill which field.</summary>
internal static partial class PagePreview
{
    public static LinkPreview From(PageTags tags, Uri link, AllowedHosts allowed) => new()
    {
        Link = LinkAddress.Canonical(link),
        Title = PreviewText.Clean(tags.Meta("og:title", "twitter:title") ?? tags.Title, 200),
        Description = PreviewText.Clean(tags.Meta("og:description", "twitter:description", "description"), 500),
        ImageUrl = Image(tags, link, allowed),
        ImageAlt = PreviewText.Clean(tags.Meta("og:image:alt", "twitter:image:alt"), 300),
        Language = LanguageTag(tags.Meta("og:locale")) ?? LanguageTag(tags.Language),
        SiteName = PreviewText.Clean(tags.Meta("og:site_name", "application-name"), 100),
        ContentTypeHint = tags.Meta("og:type")?.Trim().ToLowerInvariant() is { } type && TypeName().IsMatch(type) ? type : null,
    };

    // The first that may be shown: an address that only the page's own network knows helps no reader.
    private static Uri? Image(PageTags tags, Uri link, AllowedHosts allowed)
    {
        var start = Uri.TryCreate(link, tags.BaseHref?.Trim(), out var at) ? at : link;
        foreach (var name in (ReadOnlySpan<string>)["og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src"])
        {
            if (Uri.TryCreate(start, tags.Meta(name)?.Trim(), out var image) && LinkAddress.Problem(image, allowed) is null)
            {
                return LinkAddress.Canonical(image);
            }
        }

        return null;
    }

    private static string? LanguageTag(string? claimed) =>
        claimed?.Trim().Replace('_', '-') is { } tag && Bcp47().IsMatch(tag) ? tag : null;

    [GeneratedRegex(@"\A[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Bcp47();

    [GeneratedRegex(@"\A[a-z0-9._:-]{1,40}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TypeName();
}
