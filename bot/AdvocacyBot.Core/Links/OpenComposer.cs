using System.Data.Common;
using AdvocacyBot.Core.Ledger;
using AdvocacyBot.Core.Networks;
using AdvocacyBot.Core.Sharing;
using Microsoft.Extensions.Logging;

namespace AdvocacyBot.Core.Links;

/// <summary>What became of the wish to share to a network.</summary>
public abstract record ComposerResult
{
    private ComposerResult()
    {
    }

    /// <summary>No such share, or no such network.</summary>
    public sealed record Unknown : ComposerResult;

    /// <summary>The campaign is paused or closed.</summary>
    public sealed record NotRunning : ComposerResult;

    /// <summary>The network has no composer: the text is copied from the share page.</summary>
    public sealed record CopyInstead : ComposerResult;

    /// <param name="Composer">Opens the network's composer with the person's text and link.</param>
    public sealed record Open(Uri Composer) : ComposerResult;
}

/// <summary>A person opens a network's composer through their private link: the rung "opened", once for each network.</summary>
public sealed partial class OpenComposer(
    PrivateShares shares, NetworkCatalogue networks, PublicAddress address, ClickRule rule, Visits visits, LedgerWriter ledger, TimeProvider clock,
    ILogger<OpenComposer> logger)
{
    public async Task<ComposerResult> RunAsync(string privateCode, string networkKey, LinkVisit visit, CancellationToken cancellationToken)
    {
        if (networks.Find(networkKey) is not { } network || await shares.FindAsync(privateCode, cancellationToken) is not { } found)
        {
            return new ComposerResult.Unknown();
        }

        if (!found.IsRunning)
        {
            return new ComposerResult.NotRunning();
        }

        var link = address.Tracked(found.Share.Code, network.Letter).AbsoluteUri;
        if (network.Composer(found.Text, link, found.Campaign.Title) is not { } composer)
        {
            return new ComposerResult.CopyInstead();
        }

        // Chat programs and mail filters look at links, too.
        if (ClickRule.Classify(rule.Judge(visit.UserAgent), visit.Flags, repeat: false) == ClickClass.Human)
        {
            visits.MarkSharer(found.Share.Id, visit);
            await RecordAsync(found, network.Key, cancellationToken);
        }

        return new ComposerResult.Open(composer);
    }

    private async Task RecordAsync(PrivateShare found, string network, CancellationToken cancellationToken)
    {
        try
        {
            await ledger.AppendAsync([ShareEvents.Opened(found.Info, network, clock.GetUtcNow())], cancellationToken);
        }
        catch (DbException e)
        {
            // Who wants to share shall share, whatever our books say.
            Log.NotRecorded(logger, found.Share.Id, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "That share {Share} was opened could not be recorded")]
        public static partial void NotRecorded(ILogger logger, long share, Exception exception);
    }
}
