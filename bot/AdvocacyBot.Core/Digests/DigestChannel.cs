using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Localization;

namespace AdvocacyBot.Core.Digests;

/// <summary>What the digest needs to know of a channel; zone and language are settled against the workspace's.</summary>
internal sealed record DigestChannel
{
    public required long Id { get; init; }

    public required long WorkspaceId { get; init; }

    public required ConversationKind Kind { get; init; }

    public required string TimeZone { get; init; }

    public required string LanguageCode { get; init; }

    public required bool DigestOn { get; init; }

    public required DayOfWeek? DigestDay { get; init; }

    public required int DigestHour { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The bot was removed from the channel or from the whole workspace.</summary>
    public required bool Removed { get; init; }

    public DigestSchedule Schedule => new(TimeZone, DigestDay, DigestHour);

    public Language Language => Language.First(LanguageCode);

    public static IQueryable<DigestChannel> In(AdvocacyDb db) =>
        from c in db.Conversations
        join w in db.Workspaces on c.WorkspaceId equals w.Id
        select new DigestChannel
        {
            Id = c.Id,
            WorkspaceId = c.WorkspaceId,
            Kind = c.Kind,
            TimeZone = c.TimeZone ?? w.TimeZone,
            LanguageCode = c.Language ?? w.Language,
            DigestOn = c.DigestOn,
            DigestDay = c.DigestDay,
            DigestHour = c.DigestHour,
            CreatedAt = c.CreatedAt,
            Removed = c.RemovedAt != null || w.RemovedAt != null,
        };
}
