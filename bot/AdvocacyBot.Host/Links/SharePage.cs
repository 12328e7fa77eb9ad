using System.Text;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Links;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Networks;
using AdvocacyBot.Core.Programme;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Host.Links;

/// <summary>What the share page shows beside the share.</summary>
/// <param name="Text">As it is shared, or as it was sent and not accepted.</param>
/// <param name="Said">Whether the claim "I shared it" stands.</param>
/// <param name="NoticeKey">Text that says what was just done; null for nothing.</param>
/// <param name="Problem">What is wrong with the text; null for nothing.</param>
internal sealed record SharePageState(string Text, bool Said, string? NoticeKey, string? Problem);

/// <summary>The share page: the person's text, their link, the networks. Works without script; the script adds copying and the device's own share sheet.</summary>
internal sealed class SharePage(SharePageActions actions, PublicAddress address, IOptions<ProgrammeOptions> programme)
{
    public Task WriteAsync(HttpContext context, int status, PrivateShare found, SharePageState state)
    {
        var language = Language.First(found.Share.Language);
        var texts = Texts.In(language);
        var root = context.Request.PathBase.ToUriComponent();
        var body = new StringBuilder()
            .Append("""<main class="share">""")
            .Append(Header(found.Campaign, texts))
            .Append(state.NoticeKey is null ? "" : $"""<p class="notice" role="status">{Html.Encode(texts[state.NoticeKey])}</p>""")
            .Append(TextForm(found, state, texts, root))
            .Append(LinkBox(found, texts))
            .Append(NetworkList(found, state, texts, root))
            .Append(Claim(found, state, texts, root))
            .Append("</main>");
        return PageWriter.WriteAsync(
            context, status, language, Html.Encode(texts.Format("LinkPages.PageTitle", ("title", found.Campaign.Title))), body.ToString());
    }

    private string Header(Campaign campaign, Texts texts)
    {
        var image = campaign.ImageUrl is { } url && url.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            ? $"""<img src="{Html.Encode(url)}" alt="{Html.Encode(campaign.ImageAlt)}" referrerpolicy="no-referrer">"""
            : "";
        var sponsor = campaign.ShowsSponsor ? Sponsor(campaign) : "";
        return
            $"""
            <header>
            <p class="programme">{Html.Encode(programme.Value.Name)}</p>
            <h1 dir="auto">{Html.Encode(campaign.Title)}</h1>
            {image}{sponsor}
            </header>
            """;
    }

    private static string Sponsor(Campaign campaign)
    {
        var picture = campaign.SponsorImageUrl is { } url && url.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            ? $"""<img class="sponsor" src="{Html.Encode(url)}" alt="{Html.Encode(campaign.SponsorImageAlt)}" referrerpolicy="no-referrer">"""
            : "";
        var name = campaign.SponsorName is { Length: > 0 } ? $"<cite>{Html.Encode(campaign.SponsorName)}</cite>" : "";
        return $"""<blockquote dir="auto">{picture}<p>{Html.Encode(campaign.SponsorMessage)}</p>{name}</blockquote>""";
    }

    private static string TextForm(PrivateShare found, SharePageState state, Texts texts, string root) =>
        $"""
        <form method="post" action="{root}/s/{found.Share.PrivateCode}" class="card">
        <label for="text">{Html.Encode(texts["LinkPages.TextLabel"])}</label>
        <textarea id="text" name="text" rows="7" dir="auto" required maxlength="{SharePageActions.LongestText}" aria-describedby="text-hint{(state.Problem is null ? "" : " text-problem\" aria-invalid=\"true")}">
        {Html.Encode(state.Text)}</textarea>
        {Added(found, state, texts)}{(state.Problem is null ? "" : $"""<p id="text-problem" class="problem" role="alert">{Html.Encode(state.Problem)}</p>""")}
        <p id="text-hint" class="hint">{Html.Encode(texts["LinkPages.TextHint"])}</p>
        <div class="row">
        <button type="submit" class="quiet">{Html.Encode(texts["LinkPages.Save"])}</button>
        <button type="button" class="main" data-copy hidden>{Html.Encode(texts["LinkPages.Copy"])}</button>
        <button type="button" class="quiet" data-share hidden>{Html.Encode(texts["LinkPages.ShareElsewhere"])}</button>
        </div>
        <p class="hint" role="status" data-status data-copied="{Html.Encode(texts["LinkPages.Copied"])}" data-failed="{Html.Encode(texts["LinkPages.CopyFailed"])}"></p>
        </form>
        """;

    /// <summary>The script puts the words back where they were taken out, so that what is copied is what the composers get.</summary>
    private static string Added(PrivateShare found, SharePageState state, Texts texts) => found.Disclosure.For(state.Text, found.Share.Language) is { } words
        ? $"""<p class="hint" data-disclosures="{Html.Encode(System.Text.Json.JsonSerializer.Serialize(found.Disclosure.ByLanguage.Values))}" data-disclosure="{Html.Encode(words)}">{Html.Encode(texts.Format("Disclosures.WillBeAdded", ("words", words)))}</p>"""
        : "";

    private string LinkBox(PrivateShare found, Texts texts) =>
        $"""
        <section class="card">
        <label for="link">{Html.Encode(texts["LinkPages.LinkLabel"])}</label>
        <div class="row">
        <input id="link" readonly dir="ltr" value="{Html.Encode(address.Tracked(found.Share.Code, null).AbsoluteUri)}" aria-describedby="link-hint">
        <button type="button" class="quiet" data-copy-link hidden>{Html.Encode(texts["LinkPages.CopyLink"])}</button>
        </div>
        <p id="link-hint" class="hint">{Html.Encode(texts["LinkPages.LinkHint"])}</p>
        </section>
        """;

    private string NetworkList(PrivateShare found, SharePageState state, Texts texts, string root)
    {
        var list = new StringBuilder();
        foreach (var (network, count) in actions.Offered(found, state.Text))
        {
            if (network.Template is not null)
            {
                list.Append(NetworkItem(found, network, count, texts.Language, root));
            }
        }

        return list.Length == 0
            ? ""
            : $"""
            <section class="card" aria-labelledby="networks">
            <h2 id="networks">{Html.Encode(texts["LinkPages.NetworksTitle"])}</h2>
            <p class="hint">{Html.Encode(texts["LinkPages.NetworksHint"])}</p>
            <ul class="networks">{list}</ul>
            </section>
            """;
    }

    private static string NetworkItem(PrivateShare found, Network network, TextCount count, Language language, string root)
    {
        var label = Html.Encode(NetworkTexts.Open(network, language));
        if (NetworkTexts.TooLong(network, count, language) is { } tooLong)
        {
            return $"""<li><span class="network off" aria-disabled="true">{label}</span><p class="problem">{Html.Encode(tooLong)}</p></li>""";
        }

        var hint = NetworkTexts.CopyFirst(network, language) ?? NetworkTexts.Manners(network, language);
        return
            $"""
            <li><a class="network" href="{root}/go/{found.Share.PrivateCode}/{network.Key}" target="_blank" rel="noopener"{(network.PrefillsText ? "" : " data-copies")}>{label}</a>
            {(hint is null ? "" : $"""<p class="hint">{Html.Encode(hint)}</p>""")}</li>
            """;
    }

    private static string Claim(PrivateShare found, SharePageState state, Texts texts, string root) => state.Said
        ? $"""
          <form method="post" action="{root}/s/{found.Share.PrivateCode}/undo" class="card done">
          <input type="hidden" name="generation" value="{found.Share.Generation}">
          <p>{Html.Encode(texts["LinkPages.SaidDone"])}</p>
          <button type="submit" class="quiet">{Html.Encode(texts["Sharing.Undo"])}</button>
          </form>
          """
        : $"""
          <form method="post" action="{root}/s/{found.Share.PrivateCode}/said" class="card">
          <input type="hidden" name="generation" value="{found.Share.Generation}">
          <button type="submit" class="main">{Html.Encode(texts["LinkPages.Said"])}</button>
          <p class="hint">{Html.Encode(texts["LinkPages.SaidHint"])}</p>
          </form>
          """;
}
