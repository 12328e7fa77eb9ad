using AdvocacyBot.Core.Assistance;
using AdvocacyBot.Core.Data;

namespace AdvocacyBot.Tests.Assistance;

public sealed class AnswerSearchTests
{
    private static readonly ApprovedAnswer[] Library =
    [
        New(1, "en", "late delivery", "Sorry that it came late; our service desk puts it right."),
        New(2, "en", "price, too expensive", "Fair point. What it includes stands on our page."),
        New(3, "he", "איחור במשלוח", "מצטערים על האיחור; השירות שלנו יטפל בזה."),
        New(4, "en", "delivery", "Our delivery times stand on the site."),
        New(5, "en", "boycott", "I understand. I speak for myself."),
    ];

    [Theory]
    [InlineData("My delivery was LATE again!!", "en", "1 4")]
    [InlineData("Much too expensive…", "en", "2")]
    [InlineData("המשלוח הגיע באיחור של שבוע", "he", "3")]
    [InlineData("והאיחור?", "he", "3")]
    [InlineData("I like it", "en", "")]
    [InlineData("", "en", "")]
    public void What_shares_words_with_the_occasion_is_found_best_first(string said, string language, string ids) =>
        Assert.Equal(ids, string.Join(' ', AnswerSearch.Find(said, language, Library).Select(answer => answer.Id)));

    [Fact]
    public void No_more_than_three_are_offered_and_the_askers_language_comes_first()
    {
        var many = Enumerable.Range(1, 9).Select(id => New(id, id < 5 ? "he" : "en", "delivery", "Words.")).ToList();

        Assert.Equal([5, 6, 7], AnswerSearch.Find("delivery", "en", many).Select(answer => answer.Id));
    }

    [Theory]
    [InlineData("don't", "dont")]
    [InlineData("צה\"ל", "צהל")]
    [InlineData("C# is no word of three", "three word")]
    public void Words_are_what_people_mean_by_them(string text, string words) =>
        Assert.Equal(words, string.Join(' ', AnswerSearch.Words(text).Order(StringComparer.Ordinal)));

    private static ApprovedAnswer New(long id, string language, string occasion, string text) => new() { Id = id, Language = language, Occasion = occasion, Text = text };
}
