using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.People;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Slack.Replies;

/// <summary>The form that a person's dialog waits with, drawn again.</summary>
internal sealed class OpenForms(IServiceScopeFactory scopes, PeopleDirectory directory, TimeProvider clock)
{
    public ValueTask<TurnContext> TurnAsync(Place place, CancellationToken cancellationToken) => directory.ResolveAsync(
        new MessageReceived
        {
            Workspace = place.At.Workspace,
            Conversation = place.Conversation,
            Person = new PersonRef(place.UserId),
            Locale = place.Language.Code,
            DedupKey = "",
            At = clock.GetUtcNow(),
            Text = "",
        },
        cancellationToken);

    /// <returns>Null: none waits.</returns>
    public async Task<Form?> FindAsync(Place place, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var turn = await TurnAsync(place, cancellationToken);
        return await scope.ServiceProvider.GetRequiredService<DialogEngine>().RepromptAsync(turn, cancellationToken) is OpenFormReply { Form: var form } ? form : null;
    }
}
