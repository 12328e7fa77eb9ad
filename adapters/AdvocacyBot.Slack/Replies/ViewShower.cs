using AdvocacyBot.Slack.Api;
using AdvocacyBot.Slack.Installations;

namespace AdvocacyBot.Slack.Replies;

/// <summary>Opens views, and changes the one that is open: never a second one on top, so that Slack's stack of three is not used up.</summary>
internal sealed class ViewShower(SlackClient client, TimeProvider clock)
{
    /// <summary>Shows a view in place of the one that is open, or opens it.</summary>
    /// <returns>False: there is none open any more and no right to open one.</returns>
    public async Task<bool> ShowAsync(RawJson view, Place place, CancellationToken cancellationToken)
    {
        if (place.Modal is { } open)
        {
            var updated = await client.UpdateViewAsync(place.At, new UpdateView(open.Id, view, open.Hash), cancellationToken);
            if (updated.Error == "hash_conflict")
            {
                // The person has typed on: what we have to say is newer all the same.
                updated = await client.UpdateViewAsync(place.At, new UpdateView(open.Id, view, null), cancellationToken);
            }

            return updated.IsOk;
        }

        return place.Trigger is { } trigger && clock.GetUtcNow() < trigger.Until
            && (await client.OpenViewAsync(place.At, new OpenView(trigger.Id, view), cancellationToken)).IsOk;
    }

    /// <summary>Opens a view that asks for a moment's patience.</summary>
    /// <returns>The place with the view in it; as it was where it cannot be opened.</returns>
    public async Task<Place> OpenLoadingAsync(Place place, CancellationToken cancellationToken)
    {
        var opened = await client.OpenViewAsync(place.At, new OpenView(place.Trigger!.Id, Drawing.Loading(place)), cancellationToken);
        return opened.Value?.View is { } view
            ? place with { Modal = new ShownModal(view.Id, view.Hash), Trigger = null }
            : place with { Trigger = null };
    }
}
