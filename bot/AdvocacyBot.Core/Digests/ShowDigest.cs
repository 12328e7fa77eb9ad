using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Programme;
using AdvocacyBot.Core.Recognition;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace AdvocacyBot.Core.Digests;

/// <summary>
/// <c>/advocate digest [last]</c>: shows the one who asks what the digest says, with a button that posts it. <c>/advocate digest month</c>: what leadership reads of the last
/// full month.
/// </summary>
public sealed class ShowDigest(AdvocacyDb db, DigestQuery query, DigestCards cards, ReadDigestExtras extras, ReadMonth months, ActionTokens tokens) : ICommandHandler
{
    public async Task<Reply> HandleAsync(CommandInvoked interaction, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(interaction);
        ArgumentNullException.ThrowIfNull(turn);
        var texts = turn.Texts;
        if (interaction.Arguments.Trim() is var asked && (asked.Equals("month", StringComparison.OrdinalIgnoreCase) || asked == "חודש"))
        {
            var month = PlanMonthlyNotes.Latest(turn.Workspace.TimeZone, Instant.FromDateTimeOffset(turn.Now));
            return Reply.Private(MonthNote.Build(await months.RunAsync(turn.Workspace.Id, month, turn.Person.Roles, turn.Now, cancellationToken), texts).Card);
        }

        if (turn.Conversation.Kind == ConversationKind.Personal)
        {
            return Reply.Private(Notice.Card(texts, texts["Digests.NotAChannel"]));
        }

        var argument = interaction.Arguments.Trim();
        var last = argument.Equals("last", StringComparison.OrdinalIgnoreCase);
        if (!last && argument.Length > 0 && !argument.Equals("now", StringComparison.OrdinalIgnoreCase))
        {
            return Reply.Private(Notice.Card(texts, texts.Format("Digests.UnknownPeriod", ("typed", DigestWords.Escape(argument)))));
        }

        var channel = await DigestChannel.In(db).FirstAsync(c => c.Id == turn.Conversation.Id, cancellationToken);
        var now = Instant.FromDateTimeOffset(turn.Now);
        var due = DigestWeek.Latest(channel.Schedule, now);
        var period = DigestWeek.Period(channel.TimeZone, last ? due.FirstDay : due.Date, now);
        var numbers = await query.ReadAsync(new DigestScope(channel.Id, period), turn.Now, cancellationToken);
        return Reply.Private(cards.Build(
            numbers,
            period,
            channel.TimeZone,
            texts,
            [new TextBlock(texts[last ? "Digests.PreviewLast" : "Digests.PreviewNow"]) { IsSubtle = true }],
            [PostNow(turn, channel.Id, period)],
            await extras.RunAsync(channel.WorkspaceId, period, channel.TimeZone, turn.Now, cancellationToken)).Card);
    }

    private ExecuteAction PostNow(TurnContext turn, long conversation, DigestPeriod period)
    {
        var token = new ActionToken(
            DigestRoutes.PostVerb, turn.Person.Id, conversation, PostDigestNow.DayNumber(period.FirstDay), 0, "", turn.Now.AddHours(12));
        return new ExecuteAction { Title = turn.Texts["Digests.PostNow"], Verb = token.Verb, Data = new ActionData(tokens.Protect(token)) };
    }
}
