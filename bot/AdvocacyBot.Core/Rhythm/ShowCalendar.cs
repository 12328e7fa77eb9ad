using System.Globalization;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Programme;
using NodaTime;

namespace AdvocacyBot.Core.Rhythm;

/// <summary>The calendar, for <c>/advocate campaigns calendar [weeks from now]</c> and its buttons.</summary>
public sealed class ShowCalendar(ReadCalendar calendar, CalendarCards cards) : IActionHandler
{
    private const int Weeks = 5;

    /// <summary>From last week on.</summary>
    private const int Around = -1;

    /// <summary>About ten years each way.</summary>
    private const int Furthest = 520;

    public async Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        return token.Verb == RhythmRoutes.Page
            ? Reply.ReplaceCard(await CardAsync((int)token.Subject, turn, cancellationToken))
            : Reply.Private(await CardAsync(Around, turn, cancellationToken));
    }

    /// <param name="asked">A number of weeks from now, or anything else for the weeks around now.</param>
    public async Task<Reply> ShowAsync(string asked, TurnContext turn, CancellationToken cancellationToken) => Reply.Private(
        await CardAsync(int.TryParse(asked, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var weeks) ? weeks : Around, turn, cancellationToken));

    private async Task<AdaptiveCard> CardAsync(int offset, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        offset = Math.Clamp(offset, -Furthest, Furthest);
        var zone = turn.Conversation.TimeZone;
        var today = CampaignTimes.Local(turn.Now, zone).Date;
        var begins = zone is "Asia/Jerusalem" or "Asia/Tel_Aviv" or "Israel" ? IsoDayOfWeek.Sunday : IsoDayOfWeek.Monday;
        var week = today.DayOfWeek == begins ? today : today.Previous(begins);
        var page = await calendar.RunAsync(week.PlusWeeks(offset), Weeks, turn, cancellationToken);
        return cards.Card(page, offset, turn);
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
