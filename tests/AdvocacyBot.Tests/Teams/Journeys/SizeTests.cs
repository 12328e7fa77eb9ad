using AdvocacyBot.Core.Localization;
using AdvocacyBot.Tests.Teams.Support;

namespace AdvocacyBot.Tests.Teams.Journeys;

/// <summary>What is longer than Teams shows is said to be so; nothing of what was there before is lost.</summary>
public sealed class SizeTests
{
    private static readonly string Long = new('א', 60_000);

    [Theory]
    [InlineData("en-GB")]
    [InlineData("he-IL")]
    public async Task An_answer_that_Teams_would_not_take_is_a_line_instead(string locale)
    {
        await using var host = await TeamsHost.StartAsync();
        var t = Texts.In(Language.First(locale));
        var alex = new TeamsUser(host, "alex", locale);
        host.Connector.AddPersonal(alex.Id);
        await alex.InstallAsync(alex.Personal);
        await alex.SayAsync(alex.Personal, "campaign");
        var form = alex.SeeOwn(alex.Personal);

        Assert.Equal(t["TeamsChat.TooLong"], (await form.PressAsync(alex, t["Campaigns.Next"], ("link", "nonsense"), ("title", "A title"), ("summary", Long))).Line);

        var texts = (await alex.SeeOwn(alex.Personal).PressAsync(alex, t["Campaigns.Next"], ("link", "https://example.com/a"), ("title", "A title"))).Card;
        Assert.Contains(t["Campaigns.TextsTitle"], texts.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_a_dialog_it_is_the_dialogs_last_line()
    {
        await using var host = await TeamsHost.StartAsync();
        var t = Texts.In(Language.English);
        var alex = new TeamsUser(host, "alex");
        host.Connector.AddPersonal(alex.Id);
        await alex.InstallAsync(alex.Personal);
        var form = (await alex.InvokeAsync(alex.Personal, "composeExtension/fetchTask", new() { ["commandId"] = "campaign", ["commandContext"] = "compose" })).Card;

        Assert.Equal(t["TeamsChat.TooLong"], (await form.PressAsync(alex, t["Campaigns.Next"], ("link", "nonsense"), ("title", "A title"), ("summary", Long))).Line);
    }
}
