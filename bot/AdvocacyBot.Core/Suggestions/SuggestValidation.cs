using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Localization;

namespace AdvocacyBot.Core.Suggestions;

/// <summary>What a suggestion's fields must be. Every message says what is wrong and what to do.</summary>
internal static class SuggestValidation
{
    public const int MaxWhy = 500;
    public const int MaxText = 2000;

    public static IReadOnlyDictionary<string, string> Check(FormInput input, DialogContext context)
    {
        var t = context.Turn.Texts;
        var errors = Words(input, t);
        if (context.Turn.Person.ConsentedAt is null && input["agree"] != "true")
        {
            errors["agree"] = t["Suggestions.AgreeMissing"];
        }

        return errors;
    }

    public static Dictionary<string, string> Words(FormInput input, Texts t)
    {
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        if (input["link"].Length > 0 && ComposeValidation.WebAddress(input["link"]) is null)
        {
            errors["link"] = t["Suggestions.LinkBroken"];
        }
        else if (input["link"].Length == 0 && input["text"].Length == 0 && input["mediaUrl"].Length == 0)
        {
            errors["link"] = t["Suggestions.NothingGiven"];
        }

        if (input["mediaUrl"].Length > 0 && ComposeValidation.WebAddress(input["mediaUrl"]) is null)
        {
            errors["mediaUrl"] = t["Suggestions.MediaBroken"];
        }

        if (Language.Find(input["language"]) is null)
        {
            errors["language"] = t["Campaigns.ChooseOne"];
        }

        foreach (var (field, limit) in new[] { ("link", ComposeValidation.MaxLink), ("mediaUrl", ComposeValidation.MaxLink), ("title", ComposeValidation.MaxTitle), ("why", MaxWhy), ("text", MaxText) })
        {
            if (input[field].Length > limit)
            {
                errors[field] = t.Plural("Campaigns.TooLong", input[field].Length - limit, ("limit", limit));
            }
        }

        return errors;
    }

    /// <summary>The checked fields.</summary>
    public static SuggestionDraft Draft(FormInput input) => new()
    {
        Link = input["link"].Length == 0 ? "" : ComposeValidation.WebAddress(input["link"])!.AbsoluteUri,
        Title = Bidi.StripControls(input["title"]),
        Why = Bidi.StripControls(input["why"]),
        Text = Networks.ShareText.Clean(input["text"]),
        MediaUrl = input["mediaUrl"].Length == 0 ? "" : ComposeValidation.WebAddress(input["mediaUrl"])!.AbsoluteUri,
        Language = input["language"],
        ByName = input["appear"] == "true",
    };
}
