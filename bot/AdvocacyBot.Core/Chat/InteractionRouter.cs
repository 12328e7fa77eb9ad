using System.Diagnostics;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Ledger;
using AdvocacyBot.Core.People;
using AdvocacyBot.Core.Programme;
using AdvocacyBot.Core.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AdvocacyBot.Core.Chat;

/// <summary>
/// The one door for everything that adapters bring in: finds who and where, checks tokens and roles, runs the handler in a transaction in which the
/// interaction's key is written too, so that a repeated delivery has no second effect. Answers with a reply whatever happens.
/// </summary>
public sealed partial class InteractionRouter(
    IServiceScopeFactory scopes,
    Database database,
    PeopleDirectory directory,
    ActionTokens tokens,
    LedgerWriter ledger,
    RouteTable routes,
    TimeProvider clock,
    ErasedBook erased,
    ILogger<InteractionRouter> logger)
{
    private const int Attempts = 3;

    public async Task<Reply> DispatchAsync(Interaction interaction, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(interaction);
        using var span = BotTelemetry.Source.StartActivity("interaction");
        span?.SetTag("interaction.kind", interaction.GetType().Name).SetTag("platform", interaction.Workspace.Platform);
        var began = clock.GetTimestamp();
        TurnContext? turn = null;
        var failed = false;
        try
        {
            if (interaction is MemberChanged && await erased.HasAsync(interaction.Workspace, interaction.Person.Id, cancellationToken))
            {
                // The platform lists them; they themselves want to be forgotten.
                return Reply.None;
            }

            turn = await directory.ResolveAsync(interaction, cancellationToken);
            return interaction switch
            {
                CommandInvoked command => await CommandAsync(command, turn, cancellationToken),
                ActionPressed press => await PressAsync(press, turn, cancellationToken),
                FormSubmitted form => await FormAsync(form, turn, cancellationToken),
                MessageReceived message => await HandleAsync(message, turn, cancellationToken),
                ReactionChanged reaction => await HandleAsync(reaction, turn, cancellationToken),
                MemberChanged member => await HandleAsync(member, turn, cancellationToken),
                BotInstalled installed => await HandleAsync(installed, turn, cancellationToken),
                BotRemoved removed => await HandleAsync(removed, turn, cancellationToken),
                _ => Reply.None,
            };
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            failed = true;
            span?.SetStatus(ActivityStatusCode.Error);
            Log.Failed(logger, interaction.GetType().Name, e);
            return Explanations.Failed(turn, interaction.Locale) with { NotStored = Outage.Is(e) };
        }
        finally
        {
            BotTelemetry.Interacted(interaction.Workspace.Platform, interaction.GetType().Name, failed, clock.GetElapsedTime(began));
        }
    }

    private async Task<Reply> CommandAsync(CommandInvoked command, TurnContext turn, CancellationToken cancellationToken)
    {
        var route = routes.Command(command.Name);
        if (route is null)
        {
            return Explanations.UnknownCommand(command, turn, routes);
        }

        if (!RouteTable.Allows(route, turn.Person))
        {
            return await InScopeAsync(async services =>
                await services.GetRequiredService<Explanations>().NotAllowedAsync(route, turn, cancellationToken));
        }

        if (!route.Writes)
        {
            return await InScopeAsync(async services =>
                await ((ICommandHandler)services.GetRequiredService(route.Handler)).HandleAsync(command, turn, cancellationToken));
        }

        return await InTransactionAsync(
            command,
            services => (ICommandHandler)services.GetRequiredService(route.Handler),
            (handler, token) => handler.PrepareAsync(command, turn, token),
            (handler, token) => handler.HandleAsync(command, turn, token),
            cancellationToken) ?? await RepeatedAsync(turn, Reply.None, cancellationToken);
    }

    /// <summary>
    /// The effect is there, but its answer may never have arrived (the host was killed between the two): the form that is open now is shown again.
    /// </summary>
    private Task<Reply> RepeatedAsync(TurnContext turn, Reply otherwise, CancellationToken cancellationToken) => InScopeAsync(async services =>
        await services.GetRequiredService<DialogEngine>().RepromptAsync(turn, cancellationToken) ?? otherwise);

    private async Task<Reply> PressAsync(ActionPressed press, TurnContext turn, CancellationToken cancellationToken)
    {
        var verdict = tokens.Read(press.Token, out var token);
        if (verdict != TokenVerdict.Valid || token is null || routes.Action(token.Verb) is not { } route)
        {
            return Explanations.BadPress(verdict, turn);
        }

        if (token.PersonId != 0 && token.PersonId != turn.Person.Id)
        {
            return Explanations.NotYours(turn);
        }

        if (route.For != Roles.None && !turn.Person.Has(route.For))
        {
            return Explanations.RoleLost(turn);
        }

        if (route.Handler.IsAssignableTo(typeof(IAppendingActionHandler)))
        {
            return await InScopeAsync(async services =>
            {
                var handler = (IAppendingActionHandler)services.GetRequiredService(route.Handler);
                var decided = await handler.DecideAsync(press, token, turn, cancellationToken);
                var added = decided.Entries.Count > 0 && (await ledger.AppendAsync(decided.Entries, cancellationToken))[0];
                return decided.Reply(added);
            });
        }

        return await InTransactionAsync(
            press,
            services => (IActionHandler)services.GetRequiredService(route.Handler),
            (_, _) => Task.CompletedTask,
            (handler, ct) => handler.HandleAsync(press, token, turn, ct),
            cancellationToken) ?? await RepeatedAsync(turn, Explanations.Repeated(turn), cancellationToken);
    }

    private async Task<Reply> FormAsync(FormSubmitted form, TurnContext turn, CancellationToken cancellationToken)
    {
        var verdict = tokens.Read(form.Token, out var token);
        if (verdict != TokenVerdict.Valid || token is null || token.Verb != DialogEngine.FormVerb)
        {
            return Explanations.BadPress(verdict, turn);
        }

        if (token.PersonId != turn.Person.Id)
        {
            return Explanations.NotYours(turn);
        }

        return await InTransactionAsync(
            form,
            services => services.GetRequiredService<DialogEngine>(),
            (engine, ct) => engine.PrepareAsync(form, ct),
            async (engine, ct) => await engine.ContinueAsync(form, token, turn, ct) ?? Explanations.FormOutdated(turn),
            cancellationToken) ?? await RepeatedAsync(turn, Explanations.FormOutdated(turn), cancellationToken);
    }

    private async Task<Reply> HandleAsync<T>(T interaction, TurnContext turn, CancellationToken cancellationToken)
        where T : Interaction =>
        await InTransactionAsync(
            interaction,
            services => services.GetRequiredService<IInteractionHandler<T>>(),
            (handler, token) => handler.PrepareAsync(interaction, turn, token),
            (handler, token) => handler.HandleAsync(interaction, turn, token),
            cancellationToken) ?? Reply.None;

    private async Task<Reply> InScopeAsync(Func<IServiceProvider, Task<Reply>> handle)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await handle(scope.ServiceProvider);
    }

    /// <returns>Null for an interaction whose effect is there already.</returns>
    private async Task<Reply?> InTransactionAsync<THandler>(
        Interaction interaction,
        Func<IServiceProvider, THandler> resolve,
        Func<THandler, CancellationToken, Task> prepare,
        Func<THandler, CancellationToken, Task<Reply>> handle,
        CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var scope = scopes.CreateAsyncScope();
            var handler = resolve(scope.ServiceProvider);
            await prepare(handler, cancellationToken);

            using var write = await database.EnterWriteAsync(cancellationToken);
            var db = scope.ServiceProvider.GetRequiredService<AdvocacyDb>();
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            try
            {
                var key = $"{interaction.Workspace.Platform}:{interaction.Workspace.Id}:{interaction.DedupKey}";
                var at = interaction.At.ToUnixTimeMilliseconds();
                var added = await db.Database.ExecuteSqlAsync(
                    $"""INSERT INTO seen_interactions ("Key", "At") VALUES ({key}, {at}) ON CONFLICT DO NOTHING""", cancellationToken);
                if (added == 0)
                {
                    return null;
                }

                var reply = await handle(handler, cancellationToken);
                if (reply is FormErrorsReply)
                {
                    // Nothing happened: the same form may be sent again.
                    return reply;
                }

                await db.SaveChangesAsync(cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                scope.ServiceProvider.GetRequiredService<AfterCommit>().Run();
                return reply;
            }
            catch (Exception e) when (attempt < Attempts && Collision.Is(e))
            {
                Log.Collided(logger, interaction.GetType().Name, attempt);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "{Interaction} failed")]
        public static partial void Failed(ILogger logger, string interaction, Exception exception);

        [LoggerMessage(2, LogLevel.Information, "{Interaction} met a concurrent change (attempt {Attempt})")]
        public static partial void Collided(ILogger logger, string interaction, int attempt);
    }
}
