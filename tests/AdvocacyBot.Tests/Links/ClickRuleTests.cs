using System.Text;
using AdvocacyBot.Core.Links;

namespace AdvocacyBot.Tests.Links;

public sealed class ClickRuleTests
{
    private const string Chrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
    private const string IPhone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148";
    private const string Android = "Mozilla/5.0 (Linux; Android 14; Pixel 8; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/129.0.0.0 Mobile Safari/537.36";

    private static readonly ClickRule Rule = ClickRule.Load();

    [Theory]
    [InlineData("LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)", "linkedin")]
    [InlineData("LinkedInBot/1.0 (compatible; Mozilla/5.0; Jakarta Commons-HttpClient/3.1 +http://www.linkedin.com)", "linkedin")]
    [InlineData("facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)", "facebook")]
    [InlineData("facebookexternalhit/1.1", "facebook")]
    [InlineData("Facebot", "facebook")]
    [InlineData(
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0",
        "imessage")]
    [InlineData("facebookexternalhit/1.1; kakaotalk-scrap/1.0; +https://devtalk.kakao.com/t/scrap/33984", "kakaotalk")]
    [InlineData("facebookexternalhit/1.1;line-poker/1.0", "line")]
    [InlineData("facebookexternalhit/1.1 (compatible; Blueno/1.0; +http://naver.me/scrap)", "naver")]
    [InlineData("facebookexternalhit/1.1;belly-scrap/1.0; +https://blog.naver.com/whaleteam/221250531643", "naver")]
    [InlineData("Mozilla/5.0 (compatible; The Lounge IRC Client; +https://github.com/thelounge/thelounge) facebookexternalhit/1.1 Twitterbot/1.0", "other")]
    [InlineData("RemindPreview/1.0 facebookexternalhit/1.0", "other")]
    [InlineData("Twitterbot/1.0", "x")]
    [InlineData("TelegramBot (like TwitterBot)", "telegram")]
    [InlineData("WhatsApp/2.23.20.0 A", "whatsapp")]
    [InlineData("WhatsApp/2.23.20.0 i", "whatsapp")]
    [InlineData("WhatsApp/2.2413.51 N", "whatsapp")]
    [InlineData("WhatsApp/2.2413.51 W", "whatsapp")]
    [InlineData("WhatsApp/2", "signal")]
    [InlineData("Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)", "slack")]
    [InlineData("Slack-ImgProxy (+https://api.slack.com/robots)", "slack")]
    [InlineData("Slackbot 1.0 (+https://api.slack.com/robots)", "slack")]
    [InlineData("Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5 skype-url-preview@microsoft.com", "teams")]
    [InlineData("Mozilla/5.0 (compatible; MicrosoftPreview/2.0; +https://aka.ms/MicrosoftPreview)", "teams")]
    [InlineData("Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)", "discord")]
    [InlineData("Mozilla/5.0 (compatible; redditbot/1.0; +http://www.reddit.com/feedback)", "reddit")]
    [InlineData("Mozilla/5.0 (compatible; Bluesky Cardyb/1.1; +mailto:support@bsky.app)", "bluesky")]
    [InlineData("Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; Bluesky Cardyb/1.2; +mailto:support@bsky.app) Chrome/131.0.0.0 Safari/537.36", "bluesky")]
    [InlineData("http.rb/5.1.1 (Mastodon/4.2.0; +https://instance/)", "mastodon")]
    [InlineData("Mastodon/4.2.0 (http.rb/5.1.1; +https://mastodon.social/)", "mastodon")]
    [InlineData("Mozilla/5.0 (compatible; Pinterestbot/1.0; +http://www.pinterest.com/bot.html)", "pinterest")]
    [InlineData("Pinterest/0.2 (+http://www.pinterest.com/)", "pinterest")]
    [InlineData("Pinterest/1.0", "pinterest")]
    [InlineData("XING-contenttabreceiver/2.0", "xing")]
    [InlineData("TWITTERBOT/1.0", "x")]
    public void A_preview_fetcher_is_a_crawler_of_its_own_network(string agent, string network) =>
        Assert.Equal(new AgentVerdict(ClickClass.Crawler, network), Rule.Judge(agent));

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("meta-externalagent/1.1 (+https://developers.facebook.com/docs/sharing/webmasters/crawler)")]
    [InlineData("meta-externalfetcher/1.1")]
    [InlineData("facebookcatalog/1.0")]
    [InlineData("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)")]
    [InlineData("Mozilla/5.0 (compatible; Google-InspectionTool/1.0;)")]
    [InlineData("Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)")]
    [InlineData("Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/13.1.1 Safari/605.1.15 (Applebot/0.1; +http://www.apple.com/go/applebot)")]
    [InlineData("DuckDuckBot/1.1; (+http://duckduckgo.com/duckduckbot.html)")]
    [InlineData("Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)")]
    [InlineData("Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)")]
    [InlineData("Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko); compatible; ChatGPT-User/1.0; +https://openai.com/bot")]
    [InlineData("Mozilla/5.0 (compatible; OAI-SearchBot/1.0; +https://openai.com/searchbot)")]
    [InlineData("Mozilla/5.0 (compatible; ClaudeBot/1.0; +claudebot@anthropic.com)")]
    [InlineData("Mozilla/5.0 (compatible; Claude-User/1.0)")]
    [InlineData("Mozilla/5.0 (compatible; PerplexityBot/1.0; +https://perplexity.ai/perplexitybot)")]
    [InlineData("Mozilla/5.0 (Linux; Android 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Mobile Safari/537.36 (compatible; Bytespider; spider-feedback@bytedance.com)")]
    [InlineData("Mozilla/5.0 (compatible; Amazonbot/0.1; +https://developer.amazon.com/support/amazonbot)")]
    [InlineData("CCBot/2.0 (https://commoncrawl.org/faq/)")]
    [InlineData("Microsoft Office Existence Discovery")]
    [InlineData("Mozilla/4.0 (compatible; ms-office; MSOffice 16)")]
    [InlineData("curl/8.5.0")]
    [InlineData("Wget/1.21.4")]
    [InlineData("python-requests/2.32.3")]
    [InlineData("Go-http-client/2.0")]
    [InlineData("okhttp/4.12.0")]
    [InlineData("axios/1.7.2")]
    [InlineData("Java/17.0.9")]
    [InlineData("http.rb/5.1.1")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/129.0.0.0 Safari/537.36")]
    [InlineData("Mozilla/5.0+(compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)")]
    [InlineData("SomethingNew/1.0 (+https://new.example/about)")]
    [InlineData("Mozilla/5.0 (compatible; NeverSeenBot/3.0)")]
    public void Other_declared_robots_are_robots(string agent) =>
        Assert.Equal(new AgentVerdict(ClickClass.Robot, null), Rule.Judge(agent));

    [Theory]
    [InlineData(Chrome)]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15")]
    [InlineData(IPhone + " [LinkedInApp]/9.32.2485")]
    [InlineData(Android + " [LinkedInApp]/2.312.70")]
    [InlineData(IPhone + " [FBAN/FBIOS;FBAV/480.0.0.30.107;FBBV/645;FBDV/iPhone15,2;FBLC/he_IL]")]
    [InlineData(Android + " [FB_IAB/FB4A;FBAV/480.0.0.54.88;]")]
    [InlineData(IPhone + " Instagram 300.0.0.18.110 (iPhone15,2; iOS 17_5; he_IL; scale=3.00)")]
    [InlineData(IPhone + " Twitter for iPhone/10.50")]
    [InlineData(IPhone + " KAKAOTALK 10.4.5")]
    [InlineData(IPhone + " Safari Line/13.7.1")]
    [InlineData(Android + " Telegram-Android/11.2.3 (Google Pixel 8; Android 14; SDK 34; HIGH)")]
    [InlineData(IPhone + " [Pinterest/iOS]")]
    [InlineData(IPhone + " Snapchat/12.40.0.40 (like Safari/8615.3.12)")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Teams/1.6.00.4472 Chrome/102.0 Electron/19.1.8 Safari/537.36")]
    [InlineData("Mozilla/5.0 (Linux; Android 11; CUBOT NOTE 20 Build/RP1A; CUBOT; Cubot/1) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36")]
    public void People_in_browsers_and_in_apps_are_people(string agent) =>
        Assert.Equal(new AgentVerdict(ClickClass.Human, null), Rule.Judge(agent));

    [Fact]
    public void Scanners_that_call_themselves_browsers_cannot_be_told_from_people() =>
        Assert.Equal(ClickClass.Human, Rule.Judge("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/79.0.3945.88 Safari/537.36").Class);

    [Fact]
    public void Only_what_is_stored_of_an_agent_is_judged()
    {
        var longAgent = Chrome.PadRight(ClickRule.AgentLength - 4) + "Twitterbot/1.0";

        Assert.Equal(Rule.Judge(longAgent[..ClickRule.AgentLength]), Rule.Judge(longAgent));
        Assert.Equal(ClickClass.Human, Rule.Judge(longAgent).Class);
    }

    [Theory]
    [InlineData(ClickClass.Human, ClickFlags.None, false, ClickClass.Human)]
    [InlineData(ClickClass.Human, ClickFlags.Navigate, false, ClickClass.Human)]
    [InlineData(ClickClass.Human, ClickFlags.NoAcceptLanguage, false, ClickClass.Human)]
    [InlineData(ClickClass.Human, ClickFlags.None, true, ClickClass.Repeat)]
    [InlineData(ClickClass.Human, ClickFlags.Sharer, true, ClickClass.Sharer)]
    [InlineData(ClickClass.Human, ClickFlags.Prefetch | ClickFlags.Sharer, true, ClickClass.Prefetch)]
    [InlineData(ClickClass.Human, ClickFlags.Head | ClickFlags.Prefetch, true, ClickClass.Head)]
    [InlineData(ClickClass.Crawler, ClickFlags.None, true, ClickClass.Crawler)]
    [InlineData(ClickClass.Crawler, ClickFlags.Prefetch | ClickFlags.Sharer, false, ClickClass.Crawler)]
    [InlineData(ClickClass.Crawler, ClickFlags.Head, false, ClickClass.Head)]
    [InlineData(ClickClass.Robot, ClickFlags.Navigate, true, ClickClass.Robot)]
    [InlineData(ClickClass.Robot, ClickFlags.Head, true, ClickClass.Head)]
    public void A_request_is_sorted_by_the_first_thing_that_fits(ClickClass agent, ClickFlags flags, bool repeat, ClickClass expected) =>
        Assert.Equal(expected, ClickRule.Classify(new AgentVerdict(agent, null), flags, repeat));

    [Fact]
    public void Sorting_allocates_nothing()
    {
        var verdict = Rule.Judge(Chrome);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var people = 0;
        for (var i = 0; i < 1000; i++)
        {
            people += ClickRule.Classify(verdict, ClickFlags.Navigate, repeat: false) == ClickClass.Human ? 1 : 0;
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(1000, people);
    }

    [Fact]
    public void The_rule_says_its_version_and_window()
    {
        Assert.Equal(1, Rule.Version);
        Assert.Equal(TimeSpan.FromMinutes(30), Rule.RepeatWindow);
    }

    [Theory]
    [InlineData("""{ "version": 0, "repeatMinutes": 30, "previews": [], "robots": [], "people": [], "signs": [] }""", "'version' must be 1 or more")]
    [InlineData("""{ "version": 1, "repeatMinutes": -1, "previews": [], "robots": [], "people": [], "signs": [] }""", "'repeatMinutes' must not be negative")]
    [InlineData("""{ "version": 1, "repeatMinutes": 30, "previews": [{ "network": "x" }], "robots": [], "people": [], "signs": [] }""", "entry of 'x'")]
    [InlineData("""{ "version": 1, "repeatMinutes": 30, "previews": [], "robots": [""], "people": [], "signs": [] }""", "empty tokens")]
    [InlineData("""{ "version": 1, "repeatMinutes": 30, "previews": [], "robots": [], "people": [] }""", "signs")]
    [InlineData("""{ "version": 1, "repeatMinutes": 30, "previews": null, "robots": [], "people": [], "signs": [] }""", "previews")]
    [InlineData("null", "holds null")]
    [InlineData("{", "own.json")]
    public void A_mistake_in_the_file_is_named(string json, string message)
    {
        var exception = Assert.Throws<InvalidDataException>(() => ClickRule.Load(new MemoryStream(Encoding.UTF8.GetBytes(json)), "own.json"));

        Assert.StartsWith("own.json: ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }
}
