using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.People;
using AdvocacyBot.Core.Programme;
using AdvocacyBot.Slack.Api;
using AdvocacyBot.Slack.Installations;
using AdvocacyBot.Slack.Rendering;

namespace AdvocacyBot.Slack.Replies;

/// <summary>Messages for one person where there is no <c>response_url</c>.</summary>
internal sealed class PrivateMessages(SlackClient client, OpenForms forms, ActionTokens tokens)
{
    private static readonly TimeSpan ButtonLifetime = TimeSpan.FromDays(1);

    /// <summary>In the channel, seen by the person alone; where the bot is not in it, in their own conversation.</summary>
    public async Task SendAsync(SlackMessage message, Place place, CancellationToken cancellationToken)
    {
        var blocks = Drawing.Blocks(message);
        if (place is { PostTo: { } channel, IsPersonal: false })
        {
            var shown = await client.PostEphemeralAsync(
                place.At, new PostEphemeral(channel, place.UserId, message.Text, blocks) { ThreadTs = place.Thread }, cancellationToken);
            if (shown.Verdict is ApiVerdict.Ok or ApiVerdict.InDoubt)
            {
                return;
            }
        }

        // A "D…" that a command came from may be a conversation of two people: ours is asked for.
        if ((await client.OpenConversationAsync(place.At, place.UserId, cancellationToken)).Value?.Channel?.Id is { } direct)
        {
            await client.PostReplyAsync(place.At, new PostMessage(direct, message.Text, blocks), cancellationToken);
        }
    }

    /// <summary>A card with a button that opens the form that waits: Slack opens one only within three seconds of a press.</summary>
    public async Task<AdaptiveCard> OpenLaterAsync(Place place, CancellationToken cancellationToken)
    {
        var turn = await forms.TurnAsync(place, cancellationToken);
        var t = turn.Texts;
        return Notice.Card(t, t["Slack.FormWaits"], new ExecuteAction
        {
            Title = t["Slack.OpenForm"],
            Verb = ResumeDialog.Verb,
            Style = "positive",
            Data = new ActionData(tokens.Protect(new ActionToken(ResumeDialog.Verb, turn.Person.Id, turn.Conversation.Id, 0, 0, "", turn.Now + ButtonLifetime))),
        });
    }
}
