using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Localization;

namespace AdvocacyBot.Tests.Cards;

public sealed class OwnWordsTests
{
    [Theory]
    [InlineData("he", "he", "Ambassadors יוצאת לדרך", true)]
    [InlineData("he", "he", "We won", false)]
    [InlineData("he", "he", "2026!", true)]
    [InlineData("he", "en", "יוצאים לדרך", true)]
    [InlineData("he", "en", "We won", false)]
    [InlineData("en", "he", "We won פרס", false)]
    [InlineData("en", "he", "זכינו", true)]
    [InlineData("en", "en", "\"שלום\" means hello", false)]
    public void Words_run_in_their_own_direction(string written, string around, string words, bool rightToLeft)
    {
        var part = Assert.Single(OwnWords.In(Language.First(written), Language.First(around), "emphasis", new TextBlock(words)));
        Assert.Equal(rightToLeft, part.Rtl);
        Assert.Equal("emphasis", part.Style);
    }

    [Fact]
    public void Parts_of_two_directions_stand_in_containers_of_their_own_and_a_picture_where_it_was()
    {
        var parts = OwnWords.In(Language.Hebrew, Language.Hebrew, style: null, new Image("https://example.com/a.png", "a"), new TextBlock("זכינו"), new TextBlock("We won"), new TextBlock("שוב"));
        Assert.Equal([true, false, true], parts.Select(part => part.Rtl!.Value));
        Assert.Equal([2, 1, 1], parts.Select(part => part.Items.Count));
        Assert.IsType<Image>(parts[0].Items[0]);
    }
}
