using System.ComponentModel.DataAnnotations;

namespace AdvocacyBot.Core.Rhythm;

/// <summary>Section <c>Rhythm</c>: when comms are warned, privately and of each thing once a week at most.</summary>
public sealed class RhythmOptions
{
    public const string Section = "Rhythm";

    /// <summary>Comms are warned when no campaign starts in so many days from now; 0: never.</summary>
    [Range(0, 60, ErrorMessage = "Rhythm:NothingForDays must be between 0 and 60.")]
    public int NothingForDays { get; set; } = 7;

    /// <summary>Comms are warned when a channel has more prompts than this within seven days; 0: never.</summary>
    [Range(0, 100, ErrorMessage = "Rhythm:MostPromptsPerWeek must be between 0 and 100.")]
    public int MostPromptsPerWeek { get; set; } = 3;

    /// <summary>Comms are warned when a channel's participation falls so many weeks running; 0: never.</summary>
    [Range(0, 8, ErrorMessage = "Rhythm:FallingWeeks must be between 0 and 8.")]
    public int FallingWeeks { get; set; } = 3;
}
