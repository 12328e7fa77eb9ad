using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Networks;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Tests.Campaigns;

[BothDatabases]
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

    [Theory]
    [InlineData("carmen", TestBot.General)]
    [InlineData("dana", TestBot.Hebrew)]
    public async Task A_programmes_own_template_is_offered_until_it_goes_back_to_the_default(string person, string channel)
    {
        await using var bot = await TestBot.StartAsync();
        var t = Texts.In(person == "dana" ? Language.Hebrew : Language.English);
        var words = await OpenAsync(bot, person, channel, "Job");
        Assert.Contains(t["Templates.IsDefault"], CardReader.Text(words.Card), StringComparison.Ordinal);
        Assert.DoesNotContain(words.Actions, action => action.Id == "default");
        Assert.Equal(Texts.In(Language.Hebrew)["Templates.JobTitle"], CardReader.Inputs(words.Card)["title_he"]);
        var said = CardReader.Text(await bot.DispatchAsync(bot.Answer(
            person, words, "save", channel, ("minutes", "7"), ("networks", "linkedin,email"), ("title_en", "Role, place, team"), ("title_he", "תפקיד, מקום וצוות"),
            ("text1_en", "Come and work with us."), ("text2_en", ""), ("text3_en", ""), ("text1_he", "בואו לעבוד איתנו."), ("text2_he", ""), ("text3_he", ""))));
        Assert.Contains(t.Format("Templates.Saved", ("type", t["Campaigns.TypeJob"])), said, StringComparison.Ordinal);

        var (minutes, networks, texts) = await ComposedAsync(bot, "carmen");
        Assert.Equal(("7", "linkedin,email"), (minutes, networks));
        Assert.Equal(["Come and work with us.", "בואו לעבוד איתנו."], texts);
        var type = CardReader.Form(await bot.CommandAsync(person, "templates", channel));
        Assert.Contains(
            t.Format("Templates.Changed", ("type", t["Campaigns.TypeJob"])),
            CardReader.Elements(type.Card).OfType<Core.Cards.InputChoiceSet>().Single().Choices.Select(choice => choice.Title));
        await bot.CommandAsync(person, "cancel", channel);

        words = await OpenAsync(bot, person, channel, "Job");
        Assert.Equal("Role, place, team", CardReader.Inputs(words.Card)["title_en"]);
        await bot.DispatchAsync(bot.Answer(person, words, "default", channel));

        (minutes, networks, texts) = await ComposedAsync(bot, "carmen");
        Assert.Equal(("2", "linkedin,facebook,whatsapp,telegram,x,email", 5), (minutes, networks, texts.Count));
        Assert.Equal(
            [("Job=default", "Job=own"), ("Job=own", "Job=default")],
            await bot.QueryAsync(async db => (await db.Audit.Where(a => a.Action == "workspace.template_changed").OrderBy(a => a.Id).ToListAsync()).ConvertAll(a => (a.Before!, a.After!))));
    }

    [Fact]
    public async Task Own_examples_that_nobody_touched_make_room_and_one_saved_as_it_came_follows_the_product()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.SubmitAsync("carmen", await OpenAsync(bot, "carmen", TestBot.General, "Job"), "save", ("text1_en", "Only here."));
        var content = CardReader.Form(await bot.CommandAsync("carmen", "campaign"));
        content = CardReader.Form(await bot.SubmitAsync("carmen", content, "template", ("contentType", "Job"), ("title", "A role"), ("link", "https://example.com/job")));
        content = CardReader.Form(await bot.SubmitAsync("carmen", content, "template", ("contentType", "Event")));
        Assert.DoesNotContain("Only here.", CardReader.Inputs(CardReader.Form(await bot.SubmitAsync("carmen", content, "next")).Card).Values);
        await bot.CommandAsync("carmen", "cancel");

        await bot.SubmitAsync("carmen", await OpenAsync(bot, "carmen", TestBot.General, "News"), "save");
        Assert.Equal([ContentType.Job], await bot.QueryAsync(db => db.OwnTemplates.Select(o => o.ContentType).ToListAsync()));
    }

    [Fact]
    public async Task What_cannot_be_a_template_is_said_at_the_field()
    {
        await using var bot = await TestBot.StartAsync();
        var words = await OpenAsync(bot, "carmen", TestBot.General, "Opinion");

        var errors = CardReader.Errors(await bot.SubmitAsync(
            "carmen", words, "save", ("minutes", "0"), ("networks", "x"), ("title_en", new string('t', 151)), ("text1_en", new string('x', 400)), ("text2_en", "")));

        Assert.Equal(["minutes", "text1_en", "title_en"], errors.Keys.Order(StringComparer.Ordinal));
        errors = CardReader.Errors(await bot.SubmitAsync(
            "carmen", words, "save", ("networks", ""), ("text1_en", ""), ("text2_en", ""), ("text3_en", ""), ("text1_he", ""), ("text2_he", ""), ("text3_he", "")));
        Assert.Equal(["networks", "text1_en"], errors.Keys.Order(StringComparer.Ordinal));
    }

    private static async Task<Form> OpenAsync(TestBot bot, string person, string channel, string type)
    {
        var form = CardReader.Form(await bot.CommandAsync(person, "templates", channel));
        return CardReader.Form(await bot.DispatchAsync(bot.Answer(person, form, "next", channel, ("contentType", type))));
    }

    /// <summary>Minutes, networks and texts that a new job campaign gets from its template.</summary>
    private static async Task<(string Minutes, string Networks, List<string> Texts)> ComposedAsync(TestBot bot, string person)
    {
        var content = CardReader.Form(await bot.CommandAsync(person, "campaign"));
        content = CardReader.Form(await bot.SubmitAsync(person, content, "template", ("contentType", "Job"), ("title", "A role"), ("link", "https://example.com/job")));
        var minutes = CardReader.Inputs(content.Card)["minutes"];
        var texts = CardReader.Inputs(CardReader.Form(await bot.SubmitAsync(person, content, "next")).Card);
        await bot.CommandAsync(person, "cancel");
        return (minutes, texts["networks"], [.. Enumerable.Range(1, 5).Select(i => texts[$"text{i}"]).Where(text => text.Length > 0)]);
    }
}
