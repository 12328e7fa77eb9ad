using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.People;

namespace AdvocacyBot.Core.Broadcasts;

/// <summary>Puts an audience together: who is in it, and what is done about each.</summary>
public sealed class PlanAudience(AudienceQuery query, ContactRules rules)
{
    /// <summary>From this far ahead on, what may change until the start is decided at the start.</summary>
    private static readonly TimeSpan SomeOtherTime = TimeSpan.FromHours(1);

    /// <param name="campaign">Whose workspace and content decide; its words do not matter.</param>
    /// <param name="audience">By direct message.</param>
    /// <param name="channels">Where the campaign is posted as well.</param>
    /// <param name="start">When it is to start, if not now.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async Task<IReadOnlyList<Recipient>> RunAsync(
        Campaign campaign, Audience audience, IReadOnlyCollection<long> channels, DateTimeOffset? start, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(audience);
        var people = (await query.PeopleAsync(campaign.WorkspaceId, cancellationToken)).Where(audience.Includes).ToList();
        var inChannels = await query.InChannelsAsync(channels, cancellationToken);
        var accounts = people.SelectMany(human => human.Accounts).Select(account => account.PersonId).ToList();
        var at = start > now ? start.Value : now;
        var verdicts = await rules.CheckAsync(accounts, Contact.Prompt(campaign), at, cancellationToken);
        return AudiencePlan.Decide(people, inChannels, verdicts, campaign.WorkspaceId, at - now > SomeOtherTime);
    }

    /// <summary>The channels an audience "in its channels" stands for.</summary>
    public async Task<IReadOnlyList<long>> ChannelsAsync(long workspaceId, Audience audience, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(audience);
        var people = (await query.PeopleAsync(workspaceId, cancellationToken)).Where(audience.Includes).ToList();
        return await query.ChannelsOfAsync(workspaceId, people, cancellationToken);
    }
}
