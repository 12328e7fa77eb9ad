using System.Net;
using System.Text;
using System.Text.Json;
using AdvocacyBot.Core.Links;
using AdvocacyBot.Tests.Host.Support;
using AdvocacyBot.Tests.Infrastructure;
using AngleSharp.Html.Parser;

namespace AdvocacyBot.Tests.Links;

/// <summary>What is published of the rule is the rule.</summary>
public sealed class ClickRulePublishedTests
{
    private const string Begin = "<!-- the lists: written by the test from click-rule.json -->";
    private const string End = "<!-- end of the lists -->";

    private static readonly PublishedRule Rule = ClickRule.Load().Published;

    [Fact]
    public async Task The_page_in_the_docs_prints_the_lists_as_they_are()
    {
        var page = await File.ReadAllTextAsync(Repository.Folder("docs", "click-rule.md"));
        Assert.StartsWith($"# The click rule, version {Rule.Version}\n", page, StringComparison.Ordinal);
        Assert.Contains($"within the last {Rule.RepeatMinutes} minutes", page, StringComparison.Ordinal);

        // Where this fails, put what it expects between the two marks.
        Assert.Equal(Lists(), page[page.IndexOf(Begin, StringComparison.Ordinal)..(page.IndexOf(End, StringComparison.Ordinal) + End.Length)]);
    }

    [Theory]
    [InlineData("?lang=en", "The first line that fits decides", "ltr")]
    [InlineData("?lang=he", "השורה הראשונה שמתאימה מכריעה", "rtl")]
    public async Task The_running_bot_prints_it_too(string query, string heading, string direction)
    {
        using var folder = new HostFolder();
        await using var host = LiveHost.Start(folder);
        using var http = host.Http();

        using var answer = await http.GetAsync(new Uri("/click-rule" + query, UriKind.Relative));
        var page = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());
        var data = JsonDocument.Parse(await http.GetStringAsync(new Uri("/click-rule.json", UriKind.Relative))).RootElement;

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(direction, page.DocumentElement.GetAttribute("dir"));
        Assert.Contains(page.QuerySelectorAll("h2"), h => h.TextContent == heading);
        Assert.Equal(Rule.Previews.Count + 1, page.QuerySelectorAll("tr").Length);
        Assert.Equal(Rule.Robots.Count + Rule.People.Count + Rule.Signs.Count, page.QuerySelectorAll("code").Length);
        Assert.Equal((Rule.Version, Rule.Previews.Count), (data.GetProperty("version").GetInt32(), data.GetProperty("previews").GetArrayLength()));
    }

    private static string Lists()
    {
        var lists = new StringBuilder(Begin).Append("\n\n### Preview crawlers, in this order\n\n| network | the user agent |\n|---|---|\n");
        foreach (var preview in Rule.Previews)
        {
            List<string> parts = [];
            if (preview.Is is { } whole)
            {
                parts.Add($"is `{whole}`");
            }

            if (preview.Starts is { } start)
            {
                parts.Add($"begins with `{start}`");
            }

            parts.AddRange(preview.All.Select(part => $"has `{part}`"));
            lists.Append($"| {preview.Network} | {string.Join(", ", parts)} |\n");
        }

        foreach (var (title, tokens) in new[] { ("Named robots, libraries and monitors", Rule.Robots), ("Apps' own browsers", Rule.People), ("A robot's usual marks", Rule.Signs) })
        {
            lists.Append($"\n### {title}\n\n{string.Join(" · ", tokens.Select(token => $"`{token.Trim()}`"))}\n");
        }

        return lists.Append('\n').Append(End).ToString();
    }
}
