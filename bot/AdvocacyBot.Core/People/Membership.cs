using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Programme;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.People;

/// <summary>Who is in a conversation, kept as stays, so that a past week's reach can be read again.</summary>
public sealed class RecordMembership(AdvocacyDb db) : IInteractionHandler<MemberChanged>
{
    public async Task<Reply> HandleAsync(MemberChanged interaction, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(interaction);
        ArgumentNullException.ThrowIfNull(turn);
        var open = await db.Memberships.FirstOrDefaultAsync(
            m => m.ConversationId == turn.Conversation.Id && m.PersonId == turn.Person.Id && m.LeftAt == null, cancellationToken);
        if (interaction.Joined && open is null)
        {
            db.Memberships.Add(new Membership { ConversationId = turn.Conversation.Id, PersonId = turn.Person.Id, JoinedAt = interaction.At });
        }
        else if (!interaction.Joined && open is not null && interaction.At >= open.JoinedAt)
        {
            open.LeftAt = interaction.At;
        }

        return Reply.None;
    }
}

/// <summary>The bot was added: it greets in the channel's language. Whoever brings it into a workspace without an owner becomes the owner.</summary>
public sealed class Welcome(AdvocacyDb db, AuditLog audit, PeopleDirectory directory, AfterCommit afterCommit) : IInteractionHandler<BotInstalled>
{
    public async Task<Reply> HandleAsync(BotInstalled interaction, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var conversation = await db.Conversations.FirstAsync(c => c.Id == turn.Conversation.Id, cancellationToken);
        conversation.RemovedAt = null;
        if (!await db.People.AnyAsync(p => p.WorkspaceId == turn.Workspace.Id && (p.Roles & Roles.Owner) != Roles.None, cancellationToken))
        {
            var person = await db.People.FirstAsync(p => p.Id == turn.Person.Id, cancellationToken);
            audit.Note(turn, AuditActions.RolesChanged, person.Id, person.Roles.ToString(), (person.Roles | Roles.Owner).ToString());
            person.Roles |= Roles.Owner;
        }

        afterCommit.Add(directory.Forget);
        var t = Texts.In(turn.Conversation.Language);
        return Reply.Public(Notice.Card(t, t["Chat.Welcome"]));
    }
}

/// <summary>The bot was removed: nothing more is sent there.</summary>
public sealed class Farewell(AdvocacyDb db, PeopleDirectory directory, AfterCommit afterCommit) : IInteractionHandler<BotRemoved>
{
    public async Task<Reply> HandleAsync(BotRemoved interaction, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(interaction);
        ArgumentNullException.ThrowIfNull(turn);
        await db.Conversations
            .Where(c => c.WorkspaceId == turn.Workspace.Id && (interaction.WholeWorkspace || c.Id == turn.Conversation.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.RemovedAt, turn.Now), cancellationToken);
        afterCommit.Add(directory.Forget);
        return Reply.None;
    }
}
