using System.Globalization;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Programme;
using NodaTime;

namespace AdvocacyBot.Core.Rhythm;

/// <summary>The calendar, for <c>/advocate campaigns calendar [weeks from now]</c> and its buttons.</summary>
public sealed class ShowCalendar(ReadCalendar calendar, CalendarCards cards) : IActionHandler
{
    private const int Weeks = 5;

    /// <summary>About ten years each way.</summary>
    private const int Furthest = 520;

    public async Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        return Reply.ReplaceCard(((PrivateReply)await ShowAsync((int)token.Subject, turn, cancellationToken)).Card);
    }

    /// <param name="asked">A number of weeks from now, or anything else for the weeks around now.</param>
    public Task<Reply> ShowAsync(string asked, TurnContext turn, CancellationToken cancellationToken) =>
        ShowAsync(int.TryParse(asked, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var weeks) ? weeks : -1, turn, cancellationToken);

    private async Task<Reply> ShowAsync(int offset, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        offset = Math.Clamp(offset, -Furthest, Furthest);
        var zone = turn.Conversation.TimeZone;
        var today = CampaignTimes.Local(turn.Now, zone).Date;
        var begins = zone is "Asia/Jerusalem" or "Asia/Tel_Aviv" or "Israel" ? IsoDayOfWeek.Sunday : IsoDayOfWeek.Monday;
        var week = today.DayOfWeek == begins ? today : today.Previous(begins);
        var page = await calendar.RunAsync(week.PlusWeeks(offset), Weeks, turn, cancellationToken);
        return Reply.Private(cards.Card(page, offset, turn));
    }
}

/// <summary><em>Plan a campaign</em>: the compose dialog.</summary>
public sealed class PlanCampaign(DialogEngine dialogs) : IActionHandler
{
    public Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        return dialogs.BeginAsync(
            ComposeDialog.DialogId, ComposeDialog.With(new CampaignDraft { Language = turn.Language.Code }, campaignId: null), turn, cancellationToken);
    }
}
