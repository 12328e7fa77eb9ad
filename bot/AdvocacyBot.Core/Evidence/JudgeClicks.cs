using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Digests;
using AdvocacyBot.Core.Links;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Reports;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Evidence;

/// <summary><c>/advocate clicks [apply]</c>: what the newest click rule makes of the workspace's stored requests, beside what is counted now; then writes it.</summary>
public sealed class JudgeClicks(AdvocacyDb db, Database database, ReclassifyClicks reclassify, ClickRule rule) : ICommandHandler
{
    /// <summary>Requests that are judged while somebody waits; more are for the command line.</summary>
    internal const long Most = 200_000;

    private const int CampaignsShown = 8;

    public async Task<Reply> HandleAsync(CommandInvoked interaction, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(interaction);
        ArgumentNullException.ThrowIfNull(turn);
        var t = turn.Texts;
        var typed = interaction.Arguments.Trim();
        var apply = typed.Equals("apply", StringComparison.OrdinalIgnoreCase) || typed == "החלה";
        if (typed.Length > 0 && !apply)
        {
            return Reply.Private(Notice.Card(t, t.Format("Reports.ClicksUnknown", ("typed", CardText.Escape(typed)))));
        }

        // What the directory keeps may be seconds old; this changes what everybody reads.
        if (!await db.People.AnyAsync(p => p.Id == turn.Person.Id && (p.Roles & Roles.Owner) != Roles.None, cancellationToken))
        {
            return Explanations.RoleLost(turn);
        }

        if (await db.Clicks.OrderByDescending(c => c.Id).Select(c => c.Id).FirstOrDefaultAsync(cancellationToken) > Most)
        {
            return Reply.Private(Notice.Card(t, t["Reports.ClicksTooMany"]));
        }

        var done = await reclassify.RunAsync(rule, apply, turn.Person.Id, turn.Workspace.Id, cancellationToken);
        return Reply.Private(Notice.For(t,
        [
            new TextBlock(t.Format("Reports.ClicksTitle", ("version", done.RuleVersion))) { Weight = "Bolder", Style = "heading" },
            new TextBlock(
                done.Requests == 0 ? t["Reports.ClicksNone"]
                : done.Changed == 0 ? t.Plural("Reports.ClicksSame", done.Requests)
                : t.Plural(apply ? "Reports.ClicksDid" : "Reports.ClicksWould", done.Changed)),
            .. done.Changed == 0 ? Array.Empty<CardElement>() : [Sums(done, t), .. await CampaignsAsync(done, t, cancellationToken)],
            .. done.Changed == 0 || apply ? Array.Empty<CardElement>() : [new TextBlock(t["Reports.ClicksHow"]) { IsSubtle = true, Separator = true }],
        ]));
    }

    private static FactSet Sums(Reclassification done, Texts t) => new()
    {
        Facts =
        [
            new Fact(t["Reports.ClicksVisits"], FromTo(done.Campaigns.Sum(c => c.Before.Clicked), done.Campaigns.Sum(c => c.After.Clicked), t)),
            new Fact(t["Reports.ClicksFetched"], FromTo(done.Campaigns.Sum(c => c.Before.Fetched), done.Campaigns.Sum(c => c.After.Fetched), t)),
        ],
    };

    /// <summary>Those that change most; of a campaign that hardly anybody could see, nothing stands alone.</summary>
    private async Task<IReadOnlyList<CardElement>> CampaignsAsync(Reclassification done, Texts t, CancellationToken cancellationToken)
    {
        var most = done.Campaigns.Where(c => c.Changed > 0).OrderByDescending(c => c.Changed).ThenByDescending(c => c.CampaignId).Take(CampaignsShown).ToList();
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var transaction = await ReportReading.BeginAsync(connection, cancellationToken);
        var reading = new ReportReading(connection, transaction, database.IsSqlite, cancellationToken);
        var titles = await reading.TitlesAsync(most.Select(c => c.CampaignId));
        var lines = new List<CardElement>();
        foreach (var campaign in most)
        {
            if (titles.TryGetValue(campaign.CampaignId, out var title) && await reading.IsLargeAsync([campaign.CampaignId]))
            {
                lines.Add(new TextBlock(t.Format(
                    "Reports.ClicksCampaign",
                    ("title", DigestWords.Escape(title)),
                    ("visits", FromTo(campaign.Before.Clicked, campaign.After.Clicked, t)),
                    ("fetched", FromTo(campaign.Before.Fetched, campaign.After.Fetched, t)))) { Spacing = "Small" });
            }
        }

        return lines;
    }

    private static string FromTo(long before, long after, Texts t) => before == after
        ? t.Number(after)
        : t.Format("Reports.ClicksFromTo", ("before", t.Number(before)), ("after", t.Number(after)));
}
