using AdvocacyBot.Core.Networks;

namespace AdvocacyBot.Tests.Networks;

public sealed class TextCountTests
{
    private const string Link = "https://go.example.com/l/abcdefghjkx"; // 36 characters
    private const string Family = "👨‍👩‍👧‍👦"; // 11 UTF-16 units, 25 bytes

    private static readonly NetworkCatalogue Catalogue = NetworkCatalogue.Load();

    [Theory]
    [InlineData("linkedin", "שלום", 4, 3000)]
    [InlineData("linkedin", "😀", 2, 3000)]
    [InlineData("facebook", "hello", 5, 63206)]
    [InlineData("x", "hello", 5 + 1 + 23, 280)]
    [InlineData("x", "", 23, 280)]
    [InlineData("x", Family, 2 + 1 + 23, 280)]
    [InlineData("bluesky", "hello", 5 + 1 + 36, 300)]
    [InlineData("bluesky", Family, 1 + 1 + 36, 300)]
    [InlineData("bluesky", "e\u0301", 1 + 1 + 36, 300)]
    [InlineData("threads", "hello", 5, 500)]
    [InlineData("threads", "שלום", 4, 500)]
    [InlineData("threads", "hi 😀", 3 + 4, 500)]
    [InlineData("threads", Family, 25, 500)]
    [InlineData("threads", "1 𝒜", 3, 500)]
    [InlineData("telegram", "hello", 5 + 1 + 36, 4096)]
    [InlineData("reddit", "one\ntwo", 7, 300)]
    [InlineData("reddit", " ", 5, 300)]
    [InlineData("copy", "hello", 5 + 1 + 36, 0)]
    public void Each_network_counts_its_own_way(string network, string text, int used, int limit)
    {
        var count = Catalogue.Find(network)!.Count(text, Link, "Title");

        Assert.Equal(new TextCount(used, limit, 0), count);
        Assert.True(count.Fits);
    }

    [Fact]
    public void WhatsApp_is_counted_as_the_address_that_carries_it()
    {
        var network = Catalogue.Find("whatsapp")!;

        Assert.Equal("https://wa.me/?text=".Length + (4 * 6) + "%0A".Length + Uri.EscapeDataString(Link).Length, network.Count("שלום", Link).Used);
        Assert.False(network.Count(new string('ש', 400), Link).Fits);
    }

    [Fact]
    public void Email_is_counted_with_its_subject_and_stays_under_2000()
    {
        var network = Catalogue.Find("email")!;
        var room = network.Limit - network.Count("x", Link, "Subject").Used + 1;

        Assert.Equal(0, network.Count(new string('x', room), Link, "Subject").Over);
        Assert.Equal(1999, network.Composer(new string('x', room), Link, "Subject")!.AbsoluteUri.Length);
        Assert.Equal(1, network.Count(new string('x', room), Link, "Subjects").Over);
    }

    [Fact]
    public void Over_is_how_much_to_take_away()
    {
        var count = Catalogue.Find("x")!.Count(new string('a', 300), Link);

        Assert.Equal(new TextCount(324, 280, 44), count);
        Assert.Equal(0, Catalogue.Find("x")!.Count(new string('a', 256), Link).Over);
    }

    [Fact]
    public void A_lone_surrogate_is_counted_as_the_replacement_that_is_sent() =>
        Assert.Equal(2 + 1 + 23, Catalogue.Find("x")!.Count("\uD83D", Link).Used);
}
