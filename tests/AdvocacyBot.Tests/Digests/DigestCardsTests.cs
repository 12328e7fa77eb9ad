using System.Text.Json;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Digests;
using AdvocacyBot.Core.Goals;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Programme;
using AdvocacyBot.Core.Recognition;
using AdvocacyBot.Core.Suggestions;
using AdvocacyBot.Tests.Infrastructure;
using NodaTime;

namespace AdvocacyBot.Tests.Digests;

public sealed class DigestCardsTests
{
    private static readonly ManualTimeProvider Clock = new(DigestWorld.Monday.AddHours(9));
    private static readonly ActionTokens Tokens = new(new byte[32], Clock);
    private static readonly DigestCards Cards = new(Tokens, Clock);
    private static readonly DigestPeriod Week = DigestWeek.Period("Etc/UTC", new LocalDate(2026, 11, 16), Instant.FromDateTimeOffset(DigestWorld.Monday));

    private static readonly DigestNumbers Busy = new()
    {
        ConversationId = 1,
        Rate = new DigestRate(5, 13),
        RateBefore = new DigestRate(4, 13),
        GroupSize = 13,
        Acted = 5,
        Sharers = 4,
        Reactors = 2,
        Suggesters = 1,
        Opened = new DigestRung(4, 6),
        Said = new DigestRung(2, 2),
        Posted = new DigestRung(1, 1),
        Fetched = 3,
        Clicked = 20,
        Reactions = 2,
        BestCampaigns = [new(3, "Launch *day*", 5, 18) { Sharers = 5, Named = ["Dana", "נועה"] }, new(2, "יום פתוח", 1, 2) { Sharers = 1 }],
        NewCampaigns = [new(3, "Launch *day*")],
        Credited = [new("יום פתוח", new Credit(["Noa"], 1))],
        Milestone = new DigestMilestone(MilestoneKind.Rate, 25, ""),
        Thanked = ["Dana", "נועה"],
        Coming = [new(9, "Webinar", new DateTimeOffset(2026, 11, 25, 10, 0, 0, TimeSpan.Zero))],
        Newest = new RunningCampaign(3, 33, "Launch *day*"),
    };

    [Fact]
    public void The_headline_says_the_rate_in_words_with_its_formula_and_the_thirteen_percent_beside_it()
    {
        var texts = AllTexts(Build(Busy, Language.English));

        Assert.Contains("38% of the people who could see a campaign took part: 5 of 13", texts);
        Assert.Contains(texts, t => t.Contains("5\u00A0÷\u00A013", StringComparison.Ordinal));
        Assert.Contains(texts, t => t.Contains("13% of employees", StringComparison.Ordinal));
        Assert.Contains("Up 7 percentage points from the week before", texts);
        Assert.Equal("Weekly digest: 38% took part, 5 of 13", Cards.Build(Busy, Week, "Etc/UTC", Texts.In(Language.English)).Summary);
    }

    [Theory]
    [InlineData(4, 12, "Up 5 percentage points from the week before", "עלייה של 5 נקודות אחוז לעומת השבוע הקודם")]
    [InlineData(7, 19, "Up 1 percentage point from the week before", "עלייה של נקודת אחוז אחת לעומת השבוע הקודם")]
    [InlineData(2, 5, "Down 2 percentage points from the week before", "ירידה של שתי נקודות אחוז לעומת השבוע הקודם")]
    [InlineData(5, 13, "The same as the week before", "ללא שינוי לעומת השבוע הקודם")]
    [InlineData(4, 4, "The week before has no rate to compare with", "בשבוע הקודם לא היה שיעור השתתפות שאפשר להשוות אליו")]
    public void The_change_is_told_between_the_percentages_shown_and_never_gives_away_a_small_group(int acted, int couldSee, string english, string hebrew)
    {
        var numbers = Busy with { RateBefore = new DigestRate(acted, couldSee) };

        Assert.Contains(english, AllTexts(Build(numbers, Language.English)));
        Assert.Contains(hebrew, AllTexts(Build(numbers, Language.Hebrew)));
    }

    [Fact]
    public void The_first_week_says_so()
    {
        var texts = AllTexts(Build(Busy with { RateBefore = null, FirstWeek = true }, Language.English));

        Assert.Contains("This is the first week with a campaign here, so there is nothing to compare with yet", texts);
    }

    [Fact]
    public void A_running_week_is_not_compared_with_a_full_one()
    {
        var running = DigestWeek.Period("Etc/UTC", new LocalDate(2026, 11, 23), Instant.FromDateTimeOffset(DigestWorld.Monday.AddDays(2)));

        var texts = AllTexts(Cards.Build(Busy, running, "Etc/UTC", Texts.In(Language.English)).Card);

        Assert.Contains("This week so far: November 23 to November 25", texts);
        Assert.DoesNotContain(texts, t => t.Contains("week before", StringComparison.Ordinal));
    }

    [Fact]
    public void The_chart_of_teams_has_a_fallback_of_whole_blocks_in_columns_and_both_say_the_same()
    {
        foreach (var language in Language.All)
        {
            var chart = Assert.Single(Build(Busy, language).Body.OfType<HorizontalBarChart>());
            var fallback = Assert.IsType<Container>(chart.Fallback);
            var rows = fallback.Items.OfType<ColumnSet>().Select(row => row.Columns.Select(c => Assert.IsType<TextBlock>(Assert.Single(c.Items)).Text).ToArray()).ToList();

            Assert.Equal([6, 2, 1, 3, 20], chart.Data.Select(d => d.Y));
            Assert.Equal(chart.Data.Select(d => d.X), rows.Select(row => row[0]));
            Assert.Equal(["███", "█", "█", "██", "██████████"], rows.Select(row => row[1]));
            Assert.Equal(["6", "2", "1", "3", "20"], rows.Select(row => row[2]));
            Assert.Equal(language.RightToLeft, fallback.Rtl);
            Assert.All(fallback.Items.OfType<ColumnSet>().SelectMany(row => row.Columns), column => Assert.Equal(language.RightToLeft, column.Rtl));
        }
    }

    [Fact]
    public void The_bars_are_said_in_words_too_with_people_apart_from_shares() => Assert.Contains(
        "In words: Opened to share: 6 (4 people); Said to be shared: 2 (2 people); Post’s address given: 1 (1 person); Previews fetched by networks: 3; Visits through the links: 20.",
        AllTexts(Build(Busy, Language.English)));

    [Theory]
    [InlineData(0, 10, "–")]
    [InlineData(1, 1000, "█")]
    [InlineData(10, 10, "██████████")]
    [InlineData(1, 4, "███")]
    public void A_bar_is_as_long_as_its_share_of_the_longest_and_never_vanishes(int count, int longest, string bar) => Assert.Equal(bar, DigestChart.Bar(count, longest));

    [Fact]
    public void Words_of_people_are_escaped_and_isolated()
    {
        var english = AllTexts(Build(Busy, Language.English));
        var hebrew = AllTexts(Build(Busy, Language.Hebrew));

        Assert.Contains("“Launch \\*day\\*” went furthest: shared by Dana and \u2068נועה\u2069 and 3 more people, and 18 visits came through their links.", english);
        Assert.Contains("It began as a suggestion: “\u2068יום פתוח\u2069”. Suggested by Noa and one more colleague.", english);
        Assert.Contains("A milestone: participation passed 25% this week.", english);
        Assert.Contains(hebrew, t => t.StartsWith("”\u2068Launch \\*day\\*\u2069“ הגיע הכי רחוק: שותף על ידי ", StringComparison.Ordinal) && t.EndsWith("עם 18 כניסות דרך הקישורים.", StringComparison.Ordinal));
        Assert.Contains(hebrew, t => t.StartsWith("זה התחיל מהצעה: ”יום פתוח“", StringComparison.Ordinal));
        Assert.Contains("אבן דרך: ההשתתפות עברה השבוע את 25%.", hebrew);
    }

    [Fact]
    public void There_are_three_stories_at_most_and_each_is_left_out_where_there_is_nothing_to_tell()
    {
        Assert.Equal(3, Stories(Busy).Count);
        Assert.Empty(Stories(Busy with { BestCampaigns = [], Credited = [], Milestone = null }));
        Assert.Equal(["It began as a suggestion: “\u2068יום פתוח\u2069”. Suggested by a colleague."], Stories(Busy with { BestCampaigns = [], Credited = [new("יום פתוח", new Credit([], 1))], Milestone = null }));

        // The newest of several.
        Assert.Contains(Stories(Busy with { Credited = [new("Old", new Credit([], 1)), new("New", new Credit([], 1))] }), story => story.Contains("“New”", StringComparison.Ordinal));
        Assert.Contains("A beginning: the first week with a campaign here, and 1 person took part.", Stories(Busy with { Milestone = new DigestMilestone(MilestoneKind.FirstWeek, 1, "") }));
        Assert.Contains("A milestone: 25 people here took up “Launch”.", Stories(Busy with { Milestone = new DigestMilestone(MilestoneKind.Campaign, 25, "Launch") }));
    }

    [Theory]
    [InlineData(5, new[] { "Dana" }, true)]
    [InlineData(4, new[] { "Dana" }, false)]
    [InlineData(2, new string[0], true)]
    [InlineData(1, new string[0], false)]
    [InlineData(1, new[] { "Dana" }, false)]
    public void A_story_tells_visits_only_where_they_are_not_one_persons_own_number(int sharers, string[] named, bool told) => Assert.Equal(
        told,
        Stories(Busy with { BestCampaigns = [new(3, "Launch", sharers, 18) { Sharers = sharers, Named = named }] })[0].Contains("18", StringComparison.Ordinal));

    [Fact]
    public void A_small_group_reads_only_of_suggestions_whose_people_all_agreed_to_be_named()
    {
        var small = Busy with { GroupSize = 4 };

        Assert.Empty(Stories(small));
        Assert.Equal(["It began as a suggestion: “Open day”. Suggested by Noa."], Stories(small with { Credited = [new("Open day", new Credit(["Noa"], 0))] }));
    }

    [Theory]
    [InlineData(5, 0, 0, 5, "A holiday week: nobody was expected to share", "שבוע של חג: לא הייתה ציפייה לשתף")]
    [InlineData(5, 0, 3, 5, "It was a holiday week, so it is not compared", "זה היה שבוע של חג, ולכן אין השוואה")]
    [InlineData(0, 5, 3, 5, "The week before was a holiday, so there is nothing to compare with", "השבוע הקודם היה שבוע של חג, ולכן אין למה להשוות")]
    [InlineData(2, 0, 3, 5, "2 of the 5 working days were holidays, so it is not compared with the week before", "שניים מתוך 5 ימי העבודה היו חג, ולכן אין השוואה לשבוע הקודם")]
    [InlineData(1, 0, 3, 5, "1 of the 5 working days was a holiday, so it is not compared with the week before", "אחד מתוך 5 ימי העבודה היה חג, ולכן אין השוואה לשבוע הקודם")]
    [InlineData(2, 0, 6, 5, "Up 8 percentage points from the week before", "עלייה של 8 נקודות אחוז לעומת השבוע הקודם")]
    public void Weeks_with_holidays_are_said_kindly_and_never_count_as_a_fall(int holidays, int holidaysBefore, int acted, int actedBefore, string english, string hebrew)
    {
        var numbers = Busy with { Rate = new DigestRate(acted, 13), RateBefore = new DigestRate(actedBefore, 13), Acted = acted };
        var extras = new DigestExtras(new WorkWeek(5, holidays), new WorkWeek(5, holidaysBefore), []);

        foreach (var (language, wanted) in new[] { (Language.English, english), (Language.Hebrew, hebrew) })
        {
            var digest = Cards.Build(numbers, Week, "Etc/UTC", Texts.In(language), extras: extras);
            Assert.Contains(wanted, AllTexts(digest.Card));
            Assert.Contains(wanted, digest.Card.Speak, StringComparison.Ordinal);
            Assert.DoesNotContain(AllTexts(digest.Card), t => t.StartsWith("Down", StringComparison.Ordinal) || t.StartsWith("ירידה", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_holiday_week_without_a_campaign_is_no_failure_either()
    {
        var digest = Cards.Build(
            new DigestNumbers { ConversationId = 1, GroupSize = 13 }, Week, "Etc/UTC", Texts.In(Language.English), extras: new DigestExtras(new WorkWeek(5, 5), WorkWeek.Usual, []));

        Assert.Contains("It does not count as a fall. Welcome back, and enjoy what is coming.", AllTexts(digest.Card));
        Assert.Equal("Weekly digest: a holiday week", digest.Summary);
    }

    [Fact]
    public void Goals_stand_in_the_digest_with_their_pace()
    {
        var goal = new GoalProgress
        {
            GoalId = 1, Kind = GoalKind.PeopleActive, Target = 40, Value = 12, Expected = 20, Elapsed = 0.5, Pace = GoalPace.Behind,
            StartsOn = new LocalDate(2026, 10, 1), EndsOn = new LocalDate(2026, 12, 31),
        };
        foreach (var language in Language.All)
        {
            var texts = Texts.In(language);
            Assert.Contains(GoalWords.Sentence(goal, texts), AllTexts(Cards.Build(Busy, Week, "Etc/UTC", texts, extras: new DigestExtras(WorkWeek.Usual, WorkWeek.Usual, [goal])).Card));
        }
    }

    [Fact]
    public void People_who_agreed_are_thanked_by_name_and_the_rest_as_a_number()
    {
        Assert.Contains("Thank you for sharing: Dana and \u2068נועה\u2069, and 2 more people", AllTexts(Build(Busy, Language.English)));
        Assert.Contains("תודה על השיתוף: \u2068Dana\u2069 ונועה, ועוד שני אנשים", AllTexts(Build(Busy, Language.Hebrew)));
        Assert.Contains("Thank you to the 4 people who shared", AllTexts(Build(Busy with { Thanked = [] }, Language.English)));
        Assert.Contains("Thank you for sharing: Dana", AllTexts(Build(Busy with { Thanked = ["Dana"], Sharers = 1 }, Language.English)));
        var many = Enumerable.Range(10, 30).Select(n => $"N{n}").ToList();
        Assert.Contains(AllTexts(Build(Busy with { Thanked = many, Sharers = 30 }, Language.English)), t => t.EndsWith("N18 and N19, and 20 more people", StringComparison.Ordinal));
    }

    [Fact]
    public void A_small_group_sees_thanks_and_what_is_coming_and_no_number()
    {
        var small = Busy with { GroupSize = 4, Rate = new DigestRate(2, 4), Thanked = ["Dana"], Sharers = 2 };

        foreach (var language in Language.All)
        {
            var card = Build(small, language);
            var texts = AllTexts(card);

            Assert.Empty(card.Body.OfType<HorizontalBarChart>());
            Assert.Empty(card.Body.OfType<FactSet>());
            Assert.Empty(card.Body.OfType<ColumnSet>());
            Assert.Contains(texts, t => t.EndsWith(language.RightToLeft ? "\u2068Dana\u2069" : "Dana", StringComparison.Ordinal));
            Assert.Contains(texts, t => t.Contains("Webinar", StringComparison.Ordinal));
            Assert.DoesNotContain(texts, t => t.Contains('%', StringComparison.Ordinal));
            Assert.DoesNotContain("%", card.Speak, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_quiet_week_is_kind_and_says_what_helps()
    {
        var quiet = new DigestNumbers { ConversationId = 1, Rate = new DigestRate(0, 13), GroupSize = 13 };
        var texts = AllTexts(Build(quiet, Language.English));

        Assert.Contains("A quiet week: 13 people could see a campaign, and nobody took part yet", texts);
        Assert.Contains(texts, t => t.Contains("What helps", StringComparison.Ordinal));
        Assert.DoesNotContain("0%", string.Concat(texts), StringComparison.Ordinal);
        Assert.Equal("digest.suggest", Assert.IsType<ExecuteAction>(Assert.Single(Build(quiet, Language.English).Actions!)).Verb);
    }

    [Fact]
    public void Without_a_campaign_there_is_no_rate()
    {
        var card = Cards.Build(new DigestNumbers { ConversationId = 1, GroupSize = 13 }, Week, "Etc/UTC", Texts.In(Language.English));

        Assert.Contains("No campaign was live here this week, so there is no participation rate", AllTexts(card.Card));
        Assert.Equal("Weekly digest: no campaign was live", card.Summary);
    }

    [Fact]
    public void One_in_a_thousand_is_not_nothing() => Assert.Contains(
        "Less than 1% of the people who could see a campaign took part: 1 of 1,000",
        AllTexts(Build(Busy with { Rate = new DigestRate(1, 1_000) }, Language.English)));

    [Fact]
    public void The_button_shares_the_newest_open_campaign()
    {
        var share = Assert.IsType<ExecuteAction>(Assert.Single(Build(Busy, Language.Hebrew).Actions!));

        Assert.Equal(TokenVerdict.Valid, Tokens.Read(share.Data.Token, out var token));
        Assert.Equal(new ActionToken("share", 0, 3, 33, 0, "", Clock.GetUtcNow().AddDays(60)), token);
        Assert.Equal(("share", "שתפו עכשיו"), (share.Verb, share.Title));
    }

    [Fact]
    public void What_is_coming_stands_at_the_channels_own_time()
    {
        var english = AllTexts(Cards.Build(Busy, Week, "Asia/Jerusalem", Texts.In(Language.English)).Card);
        var hebrew = AllTexts(Cards.Build(Busy, Week, "Asia/Jerusalem", Texts.In(Language.Hebrew)).Card);

        Assert.Contains("Webinar: Wednesday, November 25, 12:00", english);
        Assert.Contains("\u2068Webinar\u2069: יום רביעי, 25 בנובמבר, 12:00", hebrew);
    }

    [Fact]
    public void The_longest_digest_fits_what_teams_takes()
    {
        var title = new string('א', 300);
        var long_ = Busy with
        {
            BestCampaigns = [.. Enumerable.Range(1, 3).Select(n => new CampaignResult(n, title, 5, 5))],
            NewCampaigns = [.. Enumerable.Range(1, 50).Select(n => new CampaignName(n, title))],
            Coming = [.. Enumerable.Range(1, 50).Select(n => new ComingCampaign(n, title, Clock.GetUtcNow()))],
            Thanked = [.. Enumerable.Range(1, 200).Select(_ => title)],
            Sharers = 200,
        };

        Assert.InRange(CardJson.SerializeToUtf8(Build(long_, Language.Hebrew)).Length, 1, 20_000);
        Assert.Contains("ועוד 45 קמפיינים", AllTexts(Build(long_, Language.Hebrew)));
    }

    [Fact]
    public void No_hebrew_line_has_a_sign_or_slash_that_the_direction_would_turn_round()
    {
        foreach (var text in AllTexts(Build(Busy, Language.Hebrew)).Where(t => !t.Contains('\u2066', StringComparison.Ordinal)))
        {
            Assert.DoesNotMatch(@"[-+−÷/]\s?\d|\d\s?[-+−÷/]", text);
        }
    }

    [Fact]
    public async Task Every_digest_passes_the_official_parser()
    {
        DigestNumbers[] all =
        [
            Busy,
            Busy with { GroupSize = 4 },
            Busy with { RateBefore = null, FirstWeek = true, Thanked = [], Coming = [] },
            new() { ConversationId = 1, Rate = new DigestRate(0, 13), GroupSize = 13 },
            new() { ConversationId = 1, GroupSize = 13 },
        ];

        await CardConformance.AssertValidAsync([.. from numbers in all from language in Language.All select CardJson.Serialize(Build(numbers, language))]);
    }

    private static IReadOnlyList<string> Stories(DigestNumbers numbers) => DigestStories.Of(numbers, Texts.In(Language.English));

    internal static IReadOnlyList<string> AllTexts(AdaptiveCard card)
    {
        using var json = JsonDocument.Parse(CardJson.Serialize(card));
        return [.. Strings(json.RootElement.GetProperty("body"))];
    }

    private static AdaptiveCard Build(DigestNumbers numbers, Language language) => Cards.Build(numbers, Week, "Etc/UTC", Texts.In(language)).Card;

    private static IEnumerable<string> Strings(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Strings),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p =>
            p.Value.ValueKind == JsonValueKind.String && p.Name is "text" or "title" or "value" ? [p.Value.GetString()!] : Strings(p.Value)),
        _ => [],
    };
}
