using System.Text;
using AdvocacyBot.Core.Links;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Networks;
using AdvocacyBot.Core.Sharing;

namespace AdvocacyBot.Host.Links;

/// <summary>The share page's inside.</summary>
internal static class SharePageHtml
{
    /// <summary>What can have been done before the page is shown.</summary>
    public static readonly IReadOnlySet<string> Notes = new HashSet<string>(StringComparer.Ordinal) { "said", "undone", "saved" };

    /// <param name="view">The share.</param>
    /// <param name="text">In the field; not saved yet where there is a problem with it.</param>
    /// <param name="note">One of <see cref="Notes"/>.</param>
    /// <param name="problem">With the text.</param>
    /// <param name="address">Makes the links.</param>
    public static string Body(SharePageView view, string text, string? note, string? problem, PublicAddress address)
    {
        var t = Texts.In(view.Language);
        var share = view.Share;
        var link = address.Tracked(share.Code, null).AbsoluteUri;
        var campaign = Language.First(view.Campaign.Language);
        var html = new StringBuilder();
        html.Append("<main class=\"share\">");
        if (note is not null)
        {
            html.Append($"<p class=\"note\" role=\"status\">{Html.Encode(t[$"SharePages.Note_{note}"])}</p>");
        }

        html.Append($"<header lang=\"{campaign.Code}\" dir=\"{campaign.Direction}\">");
        if (view.Campaign.ImageUrl is { } image)
        {
            html.Append($"<img src=\"{Html.Encode(image)}\" alt=\"{Html.Encode(view.Campaign.ImageAlt)}\">");
        }

        html.Append($"<h1>{Html.Encode(view.Campaign.Title)}</h1>");
        if (view.Campaign.Summary.Length > 0)
        {
            html.Append($"<p>{Html.Encode(view.Campaign.Summary)}</p>");
        }

        html.Append("</header>");
        if (!view.Open)
        {
            return html.Append($"<p class=\"note\" role=\"status\">{Html.Encode(t["LinkPages.NotRunningText"])}</p></main>").ToString();
        }

        var own = Language.First(share.Language);
        html.Append("<form method=\"post\">")
            .Append($"<label for=\"text\">{Html.Encode(t["SharePages.Text"])}</label>")
            .Append($"<textarea id=\"text\" name=\"text\" rows=\"6\" lang=\"{own.Code}\" dir=\"auto\"{(problem is null ? "" : " aria-invalid=\"true\" aria-describedby=\"problem\"")}>\n{Html.Encode(text)}</textarea>");
        if (problem is not null)
        {
            html.Append($"<p id=\"problem\" class=\"problem\" role=\"alert\">{Html.Encode(problem)}</p>");
        }

        html.Append("<div class=\"row\">")
            .Append($"<button name=\"do\" value=\"save\">{Html.Encode(t["SharePages.Save"])}</button>")
            .Append($"<button type=\"button\" id=\"copy\" hidden data-done=\"{Html.Encode(t["SharePages.Copied"])}\">{Html.Encode(t["Sharing.CopyText"])}</button>")
            .Append($"<button type=\"button\" id=\"native\" hidden>{Html.Encode(t["SharePages.Native"])}</button>")
            .Append("</div></form>")
            .Append($"<p class=\"link\">{Html.Encode(t["SharePages.Link"])} <a id=\"link\" href=\"{Html.Encode(link)}\" dir=\"ltr\" rel=\"nofollow\">{Html.Encode(link)}</a></p>");

        html.Append($"<h2>{Html.Encode(t["SharePages.Networks"])}</h2><ul class=\"networks\">");
        foreach (var network in view.Networks)
        {
            var count = network.Count(share.Text, address.Tracked(share.Code, network.Letter).AbsoluteUri, view.Campaign.Title);
            if (!count.Fits)
            {
                html.Append($"<li class=\"problem\">{Html.Encode(NetworkTexts.TooLong(network, count, view.Language))}</li>");
            }
            else if (network.Template is not null)
            {
                html.Append($"<li><a class=\"button\" href=\"{Html.Encode(address.Composer(share.PrivateCode, network.Key).AbsoluteUri)}\" target=\"_blank\" rel=\"noopener noreferrer\">{Html.Encode(NetworkTexts.Open(network, view.Language))}</a>");
                if (NetworkTexts.CopyFirst(network, view.Language) is { } hint)
                {
                    html.Append($"<small>{Html.Encode(hint)}</small>");
                }

                html.Append("</li>");
            }
        }

        html.Append("</ul><form method=\"post\" class=\"claim\">");
        html.Append(view.Said
            ? $"<p>{Html.Encode(t["Sharing.SaidAlready"])}</p><button name=\"do\" value=\"undo\">{Html.Encode(t["Sharing.Undo"])}</button>"
            : $"<button name=\"do\" value=\"said\" class=\"primary\">{Html.Encode(t["Sharing.ISharedIt"])}</button>");
        return html.Append($"</form><p class=\"small\">{Html.Encode(t["SharePages.Voluntary"])}</p></main>").ToString();
    }
}
