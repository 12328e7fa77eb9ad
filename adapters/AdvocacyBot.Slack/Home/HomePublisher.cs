using System.Collections.Concurrent;
using AdvocacyBot.Slack.Api;
using AdvocacyBot.Slack.Installations;
using AdvocacyBot.Slack.People;
using AdvocacyBot.Slack.Replies;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Localization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AdvocacyBot.Slack.Home;

/// <summary>
/// Publishes people's Home tabs: when they open them, and after they pressed something there. Slack shows what was published last; it never asks. Who asks while
/// one is being published gets one more, however often they ask.
/// </summary>
internal sealed partial class HomePublisher(
    IServiceScopeFactory scopes, SlackClient client, PeopleBook people, OpenForms forms, InFlight inFlight, ILogger<HomePublisher> logger)
{
    private readonly ConcurrentDictionary<(string Installation, string User), bool> asked = new();

    public void Ask(Installation at, string userId)
    {
        // Whoever adds it runs; whoever finds it there asks for one more.
        if (asked.AddOrUpdate((at.Id, userId), _ => false, (_, _) => true))
        {
            return;
        }

        inFlight.Track(RunAsync(at, userId, inFlight.Stopping));
    }

    /// <summary>After something was pressed there. Who has just had themselves erased is not met again by it.</summary>
    public void AskAgain(Installation at, string userId) => inFlight.Track(AskAgainAsync(at, userId, inFlight.Stopping));

    private async Task AskAgainAsync(Installation at, string userId, CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<AdvocacyDb>();
            var (platform, workspace) = (at.Workspace.Platform, at.Workspace.Id);
            if (await db.People.AnyAsync(p => p.ExternalId == userId && db.Workspaces.Any(w => w.Id == p.WorkspaceId && w.Platform == platform && w.ExternalId == workspace), cancellationToken))
            {
                Ask(at, userId);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Log.Failed(logger, userId, e);
        }
    }

    private async Task RunAsync(Installation at, string userId, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Yield();
            do
            {
                asked[(at.Id, userId)] = false;
                await PublishAsync(at, userId, cancellationToken);
            }
            while (!asked.TryRemove(new((at.Id, userId), false)));
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            asked.TryRemove((at.Id, userId), out _);
            Log.Failed(logger, userId, e);
        }
    }

    private async Task PublishAsync(Installation at, string userId, CancellationToken cancellationToken)
    {
        var profile = await people.FindAsync(at, userId, cancellationToken);
        var place = new Place
        {
            At = at,
            Conversation = new ConversationRef(userId, ConversationKind.Personal),
            UserId = userId,
            Language = Language.First(profile?.Locale),
        };
        var turn = await forms.TurnAsync(place, cancellationToken);
        await using var scope = scopes.CreateAsyncScope();
        var content = await scope.ServiceProvider.GetRequiredService<HomeQuery>().ReadAsync(turn, cancellationToken);
        var view = Drawing.View(HomeRenderer.Render(content, turn.Texts));
        await client.PublishViewAsync(at, new PublishView(userId, view), cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The Home tab of {Person} could not be published")]
        public static partial void Failed(ILogger logger, string person, Exception exception);
    }
}
