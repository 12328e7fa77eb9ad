using System.Globalization;
using AdvocacyBot.Core.Broadcasts;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Localization;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Campaigns;

/// <summary>Checks channels and times against the database and the clock.</summary>
internal static class ScheduleValidation
{
    /// <summary>Where a campaign can be posted, by name: in the workspace itself, and in those it is one programme with.</summary>
    public static Task<List<Conversation>> ChannelsAsync(AdvocacyDb db, long workspaceId, CancellationToken cancellationToken) =>
        db.Conversations.AsNoTracking()
            .Where(c => (c.WorkspaceId == workspaceId || db.Workspaces.Any(own => own.Id == workspaceId
                    && db.Workspaces.Any(w => w.Id == c.WorkspaceId && w.RemovedAt == null && (w.ProgrammeId ?? w.Id) == (own.ProgrammeId ?? own.Id))))
                && c.RemovedAt == null && c.Kind != ConversationKind.Personal)
            .OrderBy(c => c.Name)
            .ToListAsync(cancellationToken);

    /// <summary>The zones of workspaces, which hold where a channel has none of its own.</summary>
    public static Task<Dictionary<long, string>> ZonesAsync(AdvocacyDb db, CancellationToken cancellationToken) =>
        db.Workspaces.AsNoTracking().ToDictionaryAsync(w => w.Id, w => w.TimeZone, cancellationToken);

    /// <summary>The ids that were chosen; what is no id is left out.</summary>
    public static IReadOnlyList<long> ChannelIds(FormInput input) =>
    [
        .. input["channels"].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0)
            .Distinct(),
    ];

    public static async Task<IReadOnlyDictionary<string, string>> CheckAsync(
        AdvocacyDb db, FormInput input, DialogContext context, CancellationToken cancellationToken)
    {
        var turn = context.Turn;
        var t = turn.Texts;
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        var chosen = ChannelIds(input);
        var channels = (await ChannelsAsync(db, turn.Workspace.Id, cancellationToken)).FindAll(c => chosen.Contains(c.Id));
        if ((channels.Count == 0 && AudienceForm.Read(input) is null) || channels.Count != chosen.Count)
        {
            errors["channels"] = t["Campaigns.ChannelsMissing"];
        }

        var start = CampaignTimes.Join(input["startDate"], input["startTime"]);
        var end = CampaignTimes.Join(input["endDate"], input["endTime"]);
        if (start is null)
        {
            errors["startDate"] = t["Campaigns.DateBroken"];
        }

        if (end is null)
        {
            errors["endDate"] = t["Campaigns.DateBroken"];
        }

        // Where there are only direct messages, the workspace's own clock is asked.
        var zones = await ZonesAsync(db, cancellationToken);
        var clocks = channels.Count > 0
            ? channels.ConvertAll(channel => (channel.Name, Zone: channel.TimeZone ?? zones[channel.WorkspaceId]))
            : [(turn.Workspace.Name, turn.Workspace.TimeZone)];
        foreach (var (place, zone) in clocks)
        {
            var startsAt = CampaignTimes.Instant(start, zone);
            var endsAt = CampaignTimes.Instant(end, zone);
            var name = Bidi.Isolate(place, t.Language);
            var clock = CampaignTimes.Local(turn.Now, zone).ToString("uuuu-MM-dd HH:mm", CultureInfo.InvariantCulture);

            // A running campaign keeps the start it had: it lies in the past, and is not asked about again.
            if (startsAt < turn.Now && !AlreadyStarted(context))
            {
                errors.TryAdd("startDate", t.Format("Campaigns.StartPast", ("channel", name), ("now", clock)));
            }

            if (endsAt <= turn.Now)
            {
                errors.TryAdd("endDate", t.Format("Campaigns.EndPast", ("channel", name), ("now", clock)));
            }
            else if (endsAt <= startsAt)
            {
                errors.TryAdd("endDate", t["Campaigns.EndBeforeStart"]);
            }
        }

        return errors;

        bool AlreadyStarted(DialogContext dialog) =>
            dialog.Stack is [.., var compose, _]
            && (long?)compose.Values["campaign"] is { } id
            && db.Campaigns.Any(c => c.Id == id && c.State != CampaignState.Draft && c.State != CampaignState.Scheduled && c.LocalStart == start);
    }
}
