using System.Globalization;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Disclosures;
using AdvocacyBot.Core.Links;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Networks;

namespace AdvocacyBot.Core.Templates;

/// <summary>What the form of a template comes to, and what is wrong with it.</summary>
internal sealed class TemplateInput(AdvocacyDb db, NetworkCatalogue networks, PublicAddress address)
{
    public const int MostMinutes = 60;

    /// <summary>Example texts in each language.</summary>
    public const int MostTexts = 3;

    /// <summary>Slack shows 150 characters of a hint.</summary>
    private const int MaxHint = 150;

    public static IReadOnlyDictionary<string, string> CheckType(FormInput input, DialogContext context) =>
        Enum.TryParse<ContentType>(input["contentType"], out var type) && Enum.IsDefined(type)
            ? new Dictionary<string, string>()
            : new Dictionary<string, string> { ["contentType"] = context.Turn.Texts["Campaigns.ChooseOne"] };

    public async Task<IReadOnlyDictionary<string, string>> CheckAsync(FormInput input, DialogContext context, CancellationToken cancellationToken)
    {
        var t = context.Turn.Texts;
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Minutes(input) is null)
        {
            errors["minutes"] = t["Campaigns.MinutesBroken"];
        }

        var keys = Networks(input);
        var chosen = keys.Select(networks.Find).OfType<Network>().ToList();
        if (chosen.Count == 0 || chosen.Count != keys.Length)
        {
            errors["networks"] = t["Campaigns.NetworksMissing"];
        }

        var disclosure = await db.DisclosureAsync(context.Turn.Workspace.Id, cancellationToken);
        foreach (var language in Language.All)
        {
            foreach (var field in new[] { $"title_{language.Code}", $"summary_{language.Code}" }.Where(field => input[field].Length > MaxHint))
            {
                errors[field] = t.Plural("Campaigns.TooLong", input[field].Length - MaxHint, ("limit", MaxHint));
            }

            for (var i = 1; i <= MostTexts; i++)
            {
                var field = $"text{i}_{language.Code}";
                if (input[field].Length > 0 && ComposeValidation.TooLongFor(chosen, disclosure.Add(ShareText.Clean(input[field]), language.Code), disclosure, address.Root, t) is { } tooLong)
                {
                    errors[field] = tooLong;
                }
            }
        }

        if (Language.All.All(language => Texts(input, language).Length == 0))
        {
            errors[$"text1_{t.Language.Code}"] = t["Campaigns.TextsMissing"];
        }

        return errors;
    }

    public static TemplateWords Read(FormInput input) => new(
        Minutes(input) ?? 1,
        Networks(input),
        Language.All.ToDictionary(l => l.Code, l => Bidi.StripControls(input[$"title_{l.Code}"])),
        Language.All.ToDictionary(l => l.Code, l => Bidi.StripControls(input[$"summary_{l.Code}"])),
        Language.All.ToDictionary(l => l.Code, l => (IReadOnlyList<string>)Texts(input, l)));

    private static int? Minutes(FormInput input) =>
        int.TryParse(input["minutes"], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) && minutes is >= 1 and <= MostMinutes ? minutes : null;

    private static string[] Networks(FormInput input) => input["networks"].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string[] Texts(FormInput input, Language language) =>
        [.. Enumerable.Range(1, MostTexts).Select(i => ShareText.Clean(input[$"text{i}_{language.Code}"])).Where(text => text.Length > 0)];
}
