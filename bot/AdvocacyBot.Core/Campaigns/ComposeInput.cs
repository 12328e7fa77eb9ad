using System.Globalization;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Leadership;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Networks;
using AdvocacyBot.Core.Templates;

namespace AdvocacyBot.Core.Campaigns;

/// <summary>What the forms of composing come to. Fields that were not judged yet may hold anything: what cannot be used is kept as it was typed, or left as it was.</summary>
internal static class ComposeInput
{
    public static CampaignDraft Content(FormInput input, CampaignDraft draft, IReadOnlyList<SponsorChoice> sponsors)
    {
        var sponsor = SponsorFields.Read(
            input, sponsors, new SponsorWords(draft.SponsorId, draft.SponsorName, draft.SponsorMessage, draft.SponsorImageUrl, draft.SponsorImageAlt, draft.SponsorAsk));
        return draft with
        {
            Link = ComposeValidation.WebAddress(input["link"])?.AbsoluteUri ?? input["link"],
            Title = Bidi.StripControls(input["title"]),
            Summary = Bidi.StripControls(input["summary"]),
            ImageUrl = input["imageUrl"],
            ImageAlt = Bidi.StripControls(input["imageAlt"]),
            ContentType = Enum.TryParse<ContentType>(input["contentType"], out var type) && Enum.IsDefined(type) ? type : draft.ContentType,
            Language = Language.Find(input["language"])?.Code ?? draft.Language,
            Minutes = int.TryParse(input["minutes"], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) ? minutes : draft.Minutes,
            SponsorId = sponsor.Id,
            SponsorName = sponsor.Name,
            SponsorMessage = sponsor.Message,
            SponsorImageUrl = sponsor.ImageUrl,
            SponsorImageAlt = sponsor.ImageAlt,
            SponsorAsk = sponsor.Ask,
        };
    }

    public static CampaignDraft Texts(FormInput input, CampaignDraft draft) => draft with
    {
        Texts =
        [
            .. Enumerable.Range(1, CampaignDraft.MaxTexts)
                .Where(i => input[$"text{i}"].Length > 0)
                .Select(i => new DraftText(Language.Find(input[$"textLanguage{i}"])?.Code ?? draft.Language, ShareText.Clean(input[$"text{i}"]))),
        ],
        Networks = input["networks"].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
    };

    /// <summary>Time and networks of the kind, and its example texts below what is written.</summary>
    public static CampaignDraft FromTemplate(CampaignDraft draft, ProgrammeTemplates templates, NetworkCatalogue networks)
    {
        var template = templates.For(draft.ContentType);
        return WithExamples(draft, templates) with { Minutes = template.Minutes, Networks = [.. template.Networks.Where(key => networks.Find(key) is not null)] };
    }

    /// <summary>Examples of the kind below what is written; those of another kind that were offered before and left as they were make room.</summary>
    public static CampaignDraft WithExamples(CampaignDraft draft, ProgrammeTemplates templates)
    {
        var first = Language.First(draft.Language);
        var offered = templates.Offered(first);
        var own = draft.Texts.Where(text => !offered.Contains(text)).ToList();
        return draft with { Texts = [.. own.Concat(ContentTemplates.Offer(templates.For(draft.ContentType), first)).Take(CampaignDraft.MaxTexts)] };
    }
}
