using System.Globalization;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Disclosures;
using AdvocacyBot.Core.Leadership;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Networks;

namespace AdvocacyBot.Core.Campaigns;

/// <summary>What a campaign's fields must be. Every message says what is wrong and what to do.</summary>
internal static class ComposeValidation
{
    public const int MaxTitle = 150;
    public const int MaxSummary = 600;
    public const int MaxLink = 1500;

    /// <summary>The longest personal link that is counted in: a code of 11 characters after the public address.</summary>
    private const string CodeOfFullLength = "AbCdEfGhIj2";

    public static Dictionary<string, string> Content(FormInput input, IReadOnlyList<SponsorChoice> sponsors, PictureCheck pictures, Texts t)
    {
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        if (input["link"].Length == 0)
        {
            errors["link"] = t["Campaigns.LinkMissing"];
        }
        else if (WebAddress(input["link"]) is null)
        {
            errors["link"] = t["Campaigns.LinkBroken"];
        }
        else if (input["link"].Length > MaxLink)
        {
            errors["link"] = TooLong(input["link"], MaxLink, t);
        }

        if (input["title"].Length == 0)
        {
            errors["title"] = t["Campaigns.TitleMissing"];
        }

        Limit("title", MaxTitle);
        Limit("summary", MaxSummary);
        Limit("imageAlt", 200);
        if (input["imageUrl"].Length > 0 && WebAddress(input["imageUrl"]) is null)
        {
            errors["imageUrl"] = t["Campaigns.ImageBroken"];
        }
        else if (pictures.Misses(input["imageUrl"]))
        {
            errors["imageUrl"] = t["Campaigns.ImageNotThere"];
        }
        else if (input["imageUrl"].Length == 0 && input["imageAlt"].Length > 0)
        {
            errors["imageUrl"] = t["Campaigns.ImageMissing"];
        }
        else if (input["imageUrl"].Length > 0 && input["imageAlt"].Length == 0)
        {
            errors["imageAlt"] = t["Campaigns.ImageAltMissing"];
        }

        SponsorFields.Check(input, sponsors, pictures, errors, t);
        if (!int.TryParse(input["minutes"], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) || minutes is < 1 or > 60)
        {
            errors["minutes"] = t["Campaigns.MinutesBroken"];
        }

        if (!Enum.TryParse<ContentType>(input["contentType"], out var type) || !Enum.IsDefined(type))
        {
            errors["contentType"] = t["Campaigns.ChooseOne"];
        }

        if (Language.Find(input["language"]) is null)
        {
            errors["language"] = t["Campaigns.ChooseOne"];
        }

        return errors;

        void Limit(string field, int limit)
        {
            if (input[field].Length > limit)
            {
                errors[field] = TooLong(input[field], limit, t);
            }
        }
    }

    public static Dictionary<string, string> TextsOf(FormInput input, NetworkCatalogue networks, DisclosureRule disclosure, Uri publicRoot, Texts t)
    {
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        var keys = input["networks"].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var chosen = keys.Select(networks.Find).OfType<Network>().ToList();
        if (chosen.Count == 0 || chosen.Count != keys.Length)
        {
            errors["networks"] = t["Campaigns.NetworksMissing"];
        }

        var any = false;
        for (var i = 1; i <= CampaignDraft.MaxTexts; i++)
        {
            var text = input[$"text{i}"];
            if (text.Length == 0)
            {
                continue;
            }

            any = true;
            if (Language.Find(input[$"textLanguage{i}"]) is null)
            {
                errors[$"textLanguage{i}"] = t["Campaigns.ChooseOne"];
            }

            var shared = disclosure.Add(ShareText.Clean(text), input[$"textLanguage{i}"]);
            if (TooLongFor(chosen, shared, disclosure, publicRoot, t) is { } tooLong)
            {
                errors[$"text{i}"] = tooLong;
            }
        }

        if (!any)
        {
            errors["text1"] = t["Campaigns.TextsMissing"];
        }

        return errors;
    }

    /// <summary>What to say of a text that is too long for some of the networks, with the link and the disclosure that belong to it; null: it fits.</summary>
    /// <param name="chosen">The networks.</param>
    /// <param name="shared">The text with its disclosure.</param>
    /// <param name="disclosure">That was added.</param>
    /// <param name="publicRoot">Of the links.</param>
    /// <param name="t">The composing person's language.</param>
    internal static string? TooLongFor(IEnumerable<Network> chosen, string shared, DisclosureRule disclosure, Uri publicRoot, Texts t)
    {
        var link = new Uri(publicRoot, "l/" + CodeOfFullLength).AbsoluteUri;
        var tooLong = chosen.Select(network => NetworkTexts.TooLong(network, network.Count(shared, link), t.Language)).OfType<string>().ToList();
        return tooLong.Count == 0
            ? null
            : string.Join(' ', [.. tooLong, .. !disclosure.IsRequired ? Array.Empty<string>() : [t["Disclosures.Counted"]], t["Campaigns.TextTooLongHint"]]);
    }

    /// <summary>An absolute http or https address without user and password, or null.</summary>
    public static Uri? WebAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
        && uri.UserInfo.Length == 0
        && uri.Host.Length > 0
        && (uri.Host.Contains('.', StringComparison.Ordinal) || uri.IsLoopback || uri.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6)
        && !text.Any(char.IsControl)
        && !text.Contains(' ', StringComparison.Ordinal)
            ? uri
            : null;

    private static string TooLong(string value, int limit, Texts t) =>
        t.Plural("Campaigns.TooLong", value.Length - limit, ("limit", limit));
}
