using System.Net;
using System.Text.Json.Nodes;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Tests.Web.Support;

namespace AdvocacyBot.Tests.Web;

public sealed class PageTests
{
    [Fact]
    public async Task The_page_and_all_it_asks_for_are_served_under_a_strict_policy()
    {
        await using var host = await Caller.HostAsync();
        using var nobody = new Caller(host, "");

        using var page = await nobody.Http.GetAsync("/");
        var html = await page.Content.ReadAsStringAsync();

        Assert.Equal("text/html; charset=utf-8", page.Content.Headers.ContentType?.ToString());
        var policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'self'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        var files = System.Text.RegularExpressions.Regex.Matches(html, "(?:src|href)=\"(/web/[^\"]+)\"").Select(m => m.Groups[1].Value).ToList();
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            using var response = await nobody.Http.GetAsync(file);
            Assert.True(response.StatusCode == HttpStatusCode.OK, file);
        }
    }

    [Fact]
    public async Task An_unchanged_file_is_not_sent_again()
    {
        await using var host = await Caller.HostAsync();
        using var nobody = new Caller(host, "");
        using var first = await nobody.Http.GetAsync("/web/lib/adaptivecards.min.js");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/web/lib/adaptivecards.min.js");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using var second = await nobody.Http.SendAsync(request);

        Assert.Equal("text/javascript", first.Content.Headers.ContentType?.MediaType);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Fact]
    public async Task Every_text_of_the_page_is_there_in_every_language_with_the_same_placeholders()
    {
        await using var host = await Caller.HostAsync();
        using var nobody = new Caller(host, "");

        var strings = (await nobody.GetAsync("/web/api/state"))["strings"]!.AsObject();

        Assert.Equal(Language.All.Select(l => l.Code), strings.Select(s => s.Key));
        var english = strings["en"]!.AsObject();
        foreach (var (key, hebrew) in strings["he"]!.AsObject())
        {
            if (english[key] is { } text)
            {
                Assert.Equal(Placeholders(text), Placeholders(hebrew!));
            }

            Assert.False(string.IsNullOrWhiteSpace((string?)hebrew));
        }

        Assert.Empty(english.Select(e => e.Key).Except(strings["he"]!.AsObject().Select(h => h.Key)));
        Assert.NotNull(strings["he"]!["fixErrors_two"]);
    }

    [Fact]
    public void Every_refusal_is_there_in_every_language_with_the_same_placeholders()
    {
        var resources = new System.Resources.ResourceManager("AdvocacyBot.Web.Strings.Web", typeof(AdvocacyBot.Web.WebOptions).Assembly);
        Dictionary<string, string> Texts(System.Globalization.CultureInfo culture) => resources.GetResourceSet(culture, true, false)!
            .Cast<System.Collections.DictionaryEntry>().ToDictionary(e => (string)e.Key, e => (string)e.Value!);
        var english = Texts(System.Globalization.CultureInfo.InvariantCulture);
        var hebrew = Texts(Language.Hebrew.Culture);

        Assert.Equal(english.Keys.Order(), hebrew.Keys.Order());
        Assert.All(english, text => Assert.Equal(Placeholders(text.Value), Placeholders(hebrew[text.Key])));
    }

    private static IEnumerable<string> Placeholders(string text) => Placeholders(JsonValue.Create(text));

    private static IEnumerable<string> Placeholders(JsonNode text) =>
        System.Text.RegularExpressions.Regex.Matches((string)text!, @"\{\w+\}").Select(m => m.Value).Order();
}
