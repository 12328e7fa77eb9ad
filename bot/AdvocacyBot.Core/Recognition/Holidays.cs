using System.ComponentModel.DataAnnotations;
using AdvocacyBot.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Core.Recognition;

/// <summary>Section <c>Holidays</c>: days that hold for every workspace; owners add their own in chat.</summary>
public sealed class HolidayOptions : IValidatableObject
{
    public const string Section = "Holidays";

    /// <summary>As <see cref="HolidayRange"/> writes them: <c>2026-12-25</c>, <c>2026-12-24..2026-12-26 Europe/London</c>.</summary>
    public List<string> Days { get; init; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        for (var i = 0; i < Days.Count; i++)
        {
            if (HolidayRange.Parse(Days[i]) is null)
            {
                yield return new ValidationResult(
                    $"{Section}:{nameof(Days)}:{i} is '{Days[i]}'. Give a day or days such as 2026-12-25 or 2026-12-24..2026-12-26, with a zone such as Europe/London behind it where it is no holiday elsewhere.",
                    [nameof(Days)]);
            }
        }
    }
}

/// <summary>Reads the holidays that hold for a workspace: those of the settings and those that an owner named.</summary>
public sealed class Holidays(AdvocacyDb db, IOptions<HolidayOptions> options)
{
    public async Task<WorkCalendar> OfAsync(long workspaceId, CancellationToken cancellationToken)
    {
        var named = await db.RecognitionSettings.AsNoTracking().Where(s => s.WorkspaceId == workspaceId).Select(s => s.Holidays).FirstOrDefaultAsync(cancellationToken);
        if (options.Value.Days.Count == 0 && string.IsNullOrEmpty(named))
        {
            return WorkCalendar.WithoutHolidays;
        }

        return new WorkCalendar([.. options.Value.Days.Select(HolidayRange.Parse).OfType<HolidayRange>(), .. HolidayRange.ParseAll(named ?? "", out _)]);
    }
}
