using System.ComponentModel.DataAnnotations;
using NodaTime.Text;

namespace AdvocacyBot.Core.People;

/// <summary>Section <c>Contact</c>: how often and when people who chose nothing themselves are written to unasked.</summary>
public sealed class ContactOptions
{
    public const string Section = "Contact";

    private const string TimeForm = "^(([01][0-9]|2[0-3]):[0-5][0-9])?$";

    private static readonly LocalTimePattern Pattern = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    /// <summary>Most personal prompts to one person in any seven days.</summary>
    [Range(0, 100)]
    public int PromptsPerWeek { get; set; } = 5;

    /// <summary>Start of the quiet hours by each person's own clock, <c>HH:mm</c>; empty: none.</summary>
    [RegularExpression(TimeForm, ErrorMessage = "{0} is a time such as 20:00, or empty.")]
    public string QuietFrom { get; set; } = "";

    /// <summary>End of the quiet hours, <c>HH:mm</c>; before <see cref="QuietFrom"/>: the next morning.</summary>
    [RegularExpression(TimeForm, ErrorMessage = "{0} is a time such as 08:00, or empty.")]
    public string QuietTo { get; set; } = "";

    public QuietHours Quiet => Minutes(QuietFrom) is { } from && Minutes(QuietTo) is { } to ? new QuietHours(from, to, 0) : QuietHours.None;

    /// <summary>Minutes after midnight of <c>HH:mm</c>; null where it is no such time.</summary>
    public static int? Minutes(string text) =>
        Pattern.Parse(text ?? "").TryGetValue(default, out var time) ? (time.Hour * 60) + time.Minute : null;
}
