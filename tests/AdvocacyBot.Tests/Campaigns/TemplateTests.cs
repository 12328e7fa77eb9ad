using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Networks;
using AdvocacyBot.Tests.Infrastructure;

namespace AdvocacyBot.Tests.Campaigns;

public sealed class TemplateTests
{
    [Fact]
    public void Every_kind_of_content_has_one_with_examples_that_fit_its_networks()
    {
        var networks = NetworkCatalogue.Load();
        Assert.Equal(Enum.GetValues<ContentType>(), ContentTemplates.All.Select(t => t.Type).Order());
        Assert.All(ContentTemplates.All, template =>
        {
            Assert.InRange(template.Minutes, 1, 10);
            Assert.All(template.Networks, key => Assert.NotNull(networks.Find(key)));
            Assert.All(Language.All, language =>
            {
                Assert.InRange(template.Texts(language).Count, 1, 3);
                Assert.NotEqual(template.TitleHint(Texts.In(language)), template.SummaryHint(Texts.In(language)));
                Assert.All(template.Texts(language), text => Assert.All(template.Networks, key => Assert.True(networks.Find(key)!.Count(text.Text, "https://go.example.com/l/AbCdEfGhIj2").Fits)));
                Assert.All(template.Texts(language), text => Assert.DoesNotContain(text.Text, c => c is '[' or '{'));
            });
            Assert.InRange(ContentTemplates.Offer(template, Language.Hebrew).Count, 2, CampaignDraft.MaxTexts);
            Assert.Equal("he", ContentTemplates.Offer(template, Language.Hebrew)[0].Language);
        });
    }

    [Fact]
    public async Task Choosing_a_kind_offers_its_template_and_keeps_what_was_typed()
    {
        await using var bot = await TestBot.StartAsync();
        var content = CardReader.Form(await bot.CommandAsync("carmen", "campaign"));
        content = CardReader.Form(await bot.SubmitAsync("carmen", content, "template", ("contentType", "Job"), ("title", "A role"), ("link", "not yet"), ("minutes", "")));

        Assert.Contains("Template for “Job”", CardReader.Text(content.Card), StringComparison.Ordinal);
        Assert.Equal(("A role", "not yet", "Job", "2"), (CardReader.Inputs(content.Card)["title"], CardReader.Inputs(content.Card)["link"], CardReader.Inputs(content.Card)["contentType"], CardReader.Inputs(content.Card)["minutes"]));
        Assert.Contains("The role and where it is", CardReader.Elements(content.Card).OfType<Core.Cards.InputText>().Select(i => i.Placeholder));
        var texts = CardReader.Inputs(CardReader.Form(await bot.SubmitAsync("carmen", content, "next", ("link", "https://example.com/job"))).Card);
        Assert.Equal("linkedin,facebook,whatsapp,telegram,x,email", texts["networks"]);
        Assert.Equal(("en", "he"), (texts["textLanguage1"], texts["textLanguage5"]));
        Assert.All(Enumerable.Range(1, 5), i => Assert.NotEmpty(texts[$"text{i}"]));
    }

    [Fact]
    public async Task Another_kind_takes_the_place_of_the_first_ones_examples_and_own_words_stay()
    {
        await using var bot = await TestBot.StartAsync();
        var content = CardReader.Form(await bot.CommandAsync("dana", "campaign", TestBot.Hebrew));
        var texts = CardReader.Form(await bot.DispatchAsync(bot.Answer("dana", content, "next", TestBot.Hebrew, ("link", "https://example.com/a"), ("title", "x"))));
        texts = CardReader.Form(await bot.DispatchAsync(bot.Answer("dana", texts, "examples", TestBot.Hebrew, ("text1", "שלי"))));
        Assert.Equal(ContentTemplates.For(ContentType.News).Texts(Language.Hebrew)[0].Text, CardReader.Inputs(texts.Card)["text2"]);
        content = CardReader.Form(await bot.DispatchAsync(bot.Answer("dana", texts, "back", TestBot.Hebrew)));
        content = CardReader.Form(await bot.DispatchAsync(bot.Answer("dana", content, "template", TestBot.Hebrew, ("contentType", "Opinion"))));
        var inputs = CardReader.Inputs(CardReader.Form(await bot.DispatchAsync(bot.Answer("dana", content, "next", TestBot.Hebrew))).Card);

        Assert.Equal("שלי", inputs["text1"]);
        Assert.Equal(ContentTemplates.For(ContentType.Opinion).Texts(Language.Hebrew)[0].Text, inputs["text2"]);
        Assert.DoesNotContain(ContentTemplates.For(ContentType.News).Texts(Language.Hebrew)[0].Text, inputs.Values);
    }
}
