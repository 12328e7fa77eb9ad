using System.ComponentModel.DataAnnotations;

namespace AdvocacyBot.Core.Conversions;

/// <summary>Section <c>Conversions</c>.</summary>
public sealed class ConversionOptions
{
    public const string Section = "Conversions";

    /// <summary>An applicant or lead counts for the personal link that was visited last, if that was at most so many days before.</summary>
    [Range(1, 365)]
    public int WindowDays { get; set; } = 30;

    internal TimeSpan Window => TimeSpan.FromDays(WindowDays);
}
