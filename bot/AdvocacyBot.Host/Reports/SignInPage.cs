using AdvocacyBot.Core.Localization;
using AdvocacyBot.Host.Links;

namespace AdvocacyBot.Host.Reports;

/// <summary>What a sign-in link shows: a button. Only pressing it uses the link up.</summary>
internal static class SignInPage
{
    public static Task WriteAsync(HttpContext context, string token)
    {
        var language = Wanted.By(context.Request);
        var t = Texts.In(language);
        var action = $"{context.Request.PathBase.ToUriComponent()}/report/in/{Uri.EscapeDataString(token)}";
        return ReportHtml.WriteAsync(
            context,
            StatusCodes.Status200OK,
            language,
            t["Reports.SignInTitle"],
            $"""
            <main class="message"><h1>{Html.Encode(t["Reports.SignInTitle"])}</h1><p>{Html.Encode(t["Reports.SignInText"])}</p>
            <form method="post" action="{Html.Encode(action)}"><button type="submit" class="main">{Html.Encode(t["Reports.SignInButton"])}</button></form></main>
            """);
    }
}
