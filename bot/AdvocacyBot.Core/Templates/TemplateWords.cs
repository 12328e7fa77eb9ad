using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Localization;

namespace AdvocacyBot.Core.Templates;

/// <summary>What a programme wrote into a template; by language code.</summary>
/// <param name="Minutes">To share it.</param>
/// <param name="Networks">Keys of the catalogue.</param>
/// <param name="Titles">What a good title says.</param>
/// <param name="Summaries">What a good summary says.</param>
/// <param name="Texts">That colleagues could post.</param>
public sealed record TemplateWords(
    int Minutes,
    IReadOnlyList<string> Networks,
    IReadOnlyDictionary<string, string> Titles,
    IReadOnlyDictionary<string, string> Summaries,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Texts)
{
    // So that Hebrew stays readable in the database.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static TemplateWords Parse(string stored) => JsonSerializer.Deserialize<TemplateWords>(stored, Json)!;

    /// <summary>The same words as a template that comes with the product.</summary>
    public static TemplateWords Of(ContentTemplate template)
    {
        ArgumentNullException.ThrowIfNull(template);
        return new TemplateWords(
            template.Minutes,
            template.Networks,
            Language.All.ToDictionary(l => l.Code, l => template.TitleHint(Localization.Texts.In(l))),
            Language.All.ToDictionary(l => l.Code, l => template.SummaryHint(Localization.Texts.In(l))),
            Language.All.ToDictionary(l => l.Code, l => (IReadOnlyList<string>)[.. template.Texts(l).Select(text => text.Text)]));
    }

    /// <summary>As the composing forms use it.</summary>
    public ContentTemplate Template(ContentType type) => new(type, Minutes, Networks, 0) { Own = this };

    public string ToJson() => JsonSerializer.Serialize(this, Json);
}
