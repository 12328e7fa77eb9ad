using System.Globalization;
using AdvocacyBot.Core.Data;

namespace AdvocacyBot.Core.Programme;

/// <summary>Which entries of the audit log somebody looks at.</summary>
/// <param name="Kind">What the actions' names begin with, one of <see cref="Kinds"/>; "" for all.</param>
/// <param name="Actor">Id of who changed something, <see cref="BySettings"/>, or 0 for anybody.</param>
/// <param name="Days">How far back, one of <see cref="Periods"/>; 0 for all the time.</param>
public sealed record AuditFilter(string Kind, long Actor, int Days)
{
    public const long BySettings = -1;

    public static readonly AuditFilter All = new("", 0, 0);

    /// <summary>The kinds of things that the log is about.</summary>
    public static readonly IReadOnlyList<string> Kinds = [.. AuditActions.All.Select(action => action.Split('.')[0]).Distinct(StringComparer.Ordinal)];

    public static readonly IReadOnlyList<int> Periods = [7, 30, 90];

    /// <summary>Reads what <see cref="ToString"/> wrote; what is none of it filters nothing.</summary>
    public static AuditFilter Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Split(';') is [var kind, var actor, var days] ? Of(kind, actor, days) : All;
    }

    /// <summary>As chosen in the form.</summary>
    public static AuditFilter Of(string kind, string actor, string days) => new(
        Kinds.Contains(kind, StringComparer.Ordinal) ? kind : "",
        long.TryParse(actor, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var id) ? id : 0,
        int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out var back) && Periods.Contains(back) ? back : 0);

    /// <summary>The workspace's entries that it lets through.</summary>
    public IQueryable<AuditEntry> Apply(IQueryable<AuditEntry> entries, long workspaceId, DateTimeOffset now)
    {
        var (prefix, since) = (Kind + ".", now.AddDays(-Days));
        entries = entries.Where(e => e.WorkspaceId == workspaceId);
        entries = Kind.Length == 0 ? entries : entries.Where(e => e.Action.StartsWith(prefix));
        entries = Actor switch
        {
            0 => entries,
            BySettings => entries.Where(e => e.ActorId == null),
            _ => entries.Where(e => e.ActorId == Actor),
        };
        return Days == 0 ? entries : entries.Where(e => e.At >= since);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Kind};{Actor};{Days}");
}
