using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Templates;

namespace AdvocacyBot.Core.Campaigns;

/// <summary>What helps to compose one kind of content: hints, networks that suit it, how long sharing takes, and example texts in every language.</summary>
/// <param name="Type">The kind.</param>
/// <param name="Minutes">To share it.</param>
/// <param name="Networks">Keys of the catalogue, in the order offered; ones that the catalogue lacks are left out where it is used.</param>
/// <param name="Examples">How many example texts there are in each language.</param>
public sealed record ContentTemplate(ContentType Type, int Minutes, IReadOnlyList<string> Networks, int Examples)
{
    /// <summary>What the programme wrote; null: the product's words.</summary>
    public TemplateWords? Own { get; init; }

    /// <summary>What a good title says; empty where the programme wants no hint.</summary>
    public string TitleHint(Texts t)
    {
        ArgumentNullException.ThrowIfNull(t);
        return Own is not null ? Own.Titles.GetValueOrDefault(t.Language.Code, "") : t[$"Templates.{Type}Title"];
    }

    /// <inheritdoc cref="TitleHint"/>
    public string SummaryHint(Texts t)
    {
        ArgumentNullException.ThrowIfNull(t);
        return Own is not null ? Own.Summaries.GetValueOrDefault(t.Language.Code, "") : t[$"Templates.{Type}Summary"];
    }

    private string Example(int number) => $"{Type}Text{number}";

    /// <summary>Texts that colleagues could post; they can stand as they are.</summary>
    public IReadOnlyList<DraftText> Texts(Language language)
    {
        ArgumentNullException.ThrowIfNull(language);
        if (Own is not null)
        {
            return [.. Own.Texts.GetValueOrDefault(language.Code, []).Select(text => new DraftText(language.Code, text))];
        }

        var t = Localization.Texts.In(language);
        return [.. Enumerable.Range(1, Examples).Select(i => new DraftText(language.Code, t[$"Templates.{Example(i)}"]))];
    }
}

/// <summary>The templates that come with the product: one for each kind of content.</summary>
public static class ContentTemplates
{
    /// <summary>Offered texts in the campaign's own language come first, then those of the others, as many as a campaign takes.</summary>
    public static IReadOnlyList<DraftText> Offer(ContentTemplate template, Language first)
    {
        ArgumentNullException.ThrowIfNull(template);
        return [.. Language.All.OrderBy(l => l != first).SelectMany(l => template.Texts(l).Take(l == first ? 3 : 2)).Take(CampaignDraft.MaxTexts)];
    }

    public static IReadOnlyList<ContentTemplate> All { get; } =
    [
        new(ContentType.News, 2, ["linkedin", "x", "facebook", "threads", "bluesky"], 2),
        new(ContentType.Product, 2, ["linkedin", "x", "facebook", "threads", "bluesky"], 2),
        new(ContentType.Job, 2, ["linkedin", "facebook", "whatsapp", "telegram", "x", "email"], 3),
        new(ContentType.Event, 2, ["linkedin", "facebook", "x", "whatsapp", "copy"], 2),
        new(ContentType.DayInTheLife, 3, ["linkedin", "facebook", "threads", "copy"], 2),
        new(ContentType.ProductReview, 3, ["linkedin", "x", "reddit", "facebook"], 2),
        new(ContentType.CustomerStory, 2, ["linkedin", "x", "facebook", "email"], 2),
        new(ContentType.DemoVideo, 2, ["linkedin", "x", "facebook", "whatsapp"], 2),
        new(ContentType.Webinar, 2, ["linkedin", "email", "x", "facebook"], 2),
        new(ContentType.Opinion, 4, ["linkedin", "x", "threads", "bluesky"], 2),
        new(ContentType.EmployeeStory, 3, ["linkedin", "facebook", "threads", "copy"], 2),
    ];

    public static ContentTemplate For(ContentType type) => All.First(template => template.Type == type);
}
