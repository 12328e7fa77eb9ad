using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Programme;
using AdvocacyBot.Core.Suggestions;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.People;

/// <summary>The buttons of <c>/advocate me</c> that open a form.</summary>
public sealed class MeActions(DialogEngine dialogs) : IActionHandler
{
    public Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(turn);
        return token.Verb switch
        {
            Me.SettingsVerb => dialogs.BeginAsync(MeDialog.DialogId, null, turn, cancellationToken),
            Me.SetUpVerb => dialogs.BeginAsync(SetUpDialog.DialogId, SetUpDialog.With(goOn: true), turn, cancellationToken),
            Me.PauseVerb => dialogs.BeginAsync(PauseDialog.DialogId, null, turn, cancellationToken),
            Me.EraseVerb => dialogs.BeginAsync(EraseDialog.DialogId, null, turn, cancellationToken),
            _ => dialogs.BeginAsync(Sharing.JoinDialog.DialogId, Sharing.JoinDialog.With(null, turn.Conversation.Id), turn, cancellationToken),
        };
    }
}

/// <summary><em>Leave the programme</em>: one press, at once; nothing unasked is sent any more and the name disappears from cards that stand.</summary>
public sealed class LeaveProgramme(AdvocacyDb db, OwnPreferences own, HideName hide, PeopleDirectory directory, AfterCommit afterCommit) : IActionHandler
{
    public async Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var person = await db.People.FirstAsync(p => p.Id == turn.Person.Id, cancellationToken);
        person.ConsentedAt = null;
        person.PolicyVersion = null;
        person.PolicyAcknowledgedAt = null;
        person.AppearByName = false;
        (await own.ChangeAsync(person.Id, turn.Now, cancellationToken)).LeftAt = turn.Now;
        await hide.RunAsync(person.Id, turn.Now, cancellationToken);
        afterCommit.Add(directory.Forget);
        return Reply.ReplaceCard(Notice.Card(turn.Texts, turn.Texts["People.Left"]));
    }
}
