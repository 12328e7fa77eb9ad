using System.Text.Json;
using System.Text.Json.Serialization;
using AdvocacyBot.Core.Links;
using AdvocacyBot.Core.Localization;

namespace AdvocacyBot.Host.Links;

/// <summary><c>/click-rule</c> and <c>/click-rule.json</c>: the rule by which clicks are counted, printed from its own data; <c>?lang=he</c> chooses the language.</summary>
internal static class ClickRulePage
{
    public const string Path = "/click-rule";

    public static void MapClickRule(this IEndpointRouteBuilder endpoints)
    {
        var rule = endpoints.ServiceProvider.GetRequiredService<ClickRule>().Published;
        var data = JsonSerializer.SerializeToUtf8Bytes(rule, ClickRuleWire.Default.PublishedRule);
        endpoints.MapMethods(Path + ".json", [HttpMethods.Get, HttpMethods.Head], () => TypedResults.Bytes(data, "application/json"));
        endpoints.MapMethods(Path, [HttpMethods.Get, HttpMethods.Head], (HttpContext context) =>
        {
            var language = Language.Find(context.Request.Query["lang"]) ?? MessagePage.PreferredLanguage(context.Request);
            var texts = Texts.In(language);
            var title = Html.Encode(texts.Format("Evidence.RuleTitle", ("version", rule.Version)));
            return PageWriter.WriteAsync(context, StatusCodes.Status200OK, language, title, Body(rule, title, context.Request.PathBase.ToUriComponent(), texts));
        });
    }

    private static string Body(PublishedRule rule, string title, string root, Texts t) =>
        $"""
        <main class="message">
        <h1>{title}</h1>
        <p>{Html.Encode(t["Evidence.RuleWhat"])}</p>
        <h2>{Html.Encode(t["Evidence.RuleOrder"])}</h2>
        <ol>
        {string.Concat(Order(rule, t).Select(line => $"<li>{Html.Encode(line)}</li>\n"))}</ol>
        <h2>{Html.Encode(t["Evidence.RulePreviewsTitle"])}</h2>
        <table>
        <tr><th scope="col">{Html.Encode(t["Evidence.RuleNetwork"])}</th><th scope="col">{Html.Encode(t["Evidence.RuleAgent"])}</th></tr>
        {string.Concat(rule.Previews.Select(preview => $"<tr><td>{Html.Encode(preview.Network)}</td><td>{Agent(preview, t)}</td></tr>\n"))}</table>
        <h2>{Html.Encode(t["Evidence.RuleRobotsTitle"])}</h2>
        <p dir="ltr">{List(rule.Robots)}</p>
        <h2>{Html.Encode(t["Evidence.RulePeopleTitle"])}</h2>
        <p dir="ltr">{List(rule.People)}</p>
        <h2>{Html.Encode(t["Evidence.RuleSignsTitle"])}</h2>
        <p dir="ltr">{List(rule.Signs)}</p>
        <p>{Html.Encode(t.Format("Evidence.RuleData", ("address", root + Path + ".json")))}</p>
        </main>
        """;

    private static IEnumerable<string> Order(PublishedRule rule, Texts t) =>
    [
        t["Evidence.RuleHead"], t["Evidence.RuleBlank"], t["Evidence.RulePreview"], t["Evidence.RuleRobot"], t["Evidence.RulePeople"], t["Evidence.RuleSigns"],
        t["Evidence.RulePrefetch"], t["Evidence.RuleSharer"], t.Format("Evidence.RuleRepeat", ("minutes", rule.RepeatMinutes)), t["Evidence.RuleHuman"],
    ];

    private static string Agent(PublishedPreview preview, Texts t)
    {
        var parts = new List<string>();
        if (preview.Is is { } whole)
        {
            parts.Add(Html.Encode(t.Format("Evidence.RuleIs", ("text", whole))));
        }

        if (preview.Starts is { } start)
        {
            parts.Add(Html.Encode(t.Format("Evidence.RuleStarts", ("text", start))));
        }

        parts.AddRange(preview.All.Select(part => Html.Encode(t.Format("Evidence.RuleHas", ("text", part)))));
        return string.Join(", ", parts);
    }

    private static string List(IReadOnlyList<string> tokens) => string.Join(" · ", tokens.Select(token => $"<code>{Html.Encode(token.Trim())}</code>"));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PublishedRule))]
internal sealed partial class ClickRuleWire : JsonSerializerContext;
