using System.ComponentModel.DataAnnotations;
using AdvocacyBot.Core.Localization;

namespace AdvocacyBot.Core.Programme;

/// <summary>Section <c>Programme</c>: what the organisation says about its programme.</summary>
public sealed class ProgrammeOptions
{
    public const string Section = "Programme";

    /// <summary>Shown in cards and pages.</summary>
    [Required, MaxLength(60)]
    public string Name { get; set; } = "AdvocacyBot";

    /// <summary>Changing it asks everybody to acknowledge the policy again.</summary>
    [Required, MaxLength(32)]
    public string PolicyVersion { get; set; } = "1";

    /// <summary>The social-media policy by language code; the built-in text where a language has none.</summary>
    public Dictionary<string, string> Policy { get; init; } = [];

    /// <summary>What changed with this version of the policy, by language code; shown to whoever acknowledged an older one.</summary>
    public Dictionary<string, string> PolicyChanges { get; init; } = [];

    /// <summary>Working minutes a week that people may officially spend on sharing; 0: nothing is said about it.</summary>
    [Range(0, 2400)]
    public int MinutesPerWeek { get; set; } = 30;

    /// <summary>Roles that stand here hold from the start on and cannot be changed in chat.</summary>
    [RolesAreComplete]
    public List<RoleSetting> Roles { get; init; } = [];

    /// <summary>The policy in a language, with the built-in one as the last resort.</summary>
    public string PolicyIn(Language language)
    {
        ArgumentNullException.ThrowIfNull(language);
        if (Policy.TryGetValue(language.Code, out var text) && !string.IsNullOrWhiteSpace(text))
        {
            return text;
        }

        return Texts.In(language)["Programme.DefaultPolicy"];
    }
}
