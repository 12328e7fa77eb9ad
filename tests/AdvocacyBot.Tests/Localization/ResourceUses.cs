using System.Text.RegularExpressions;
using AdvocacyBot.Core.Assistance;
using AdvocacyBot.Core.Broadcasts;
using AdvocacyBot.Core.Budgets;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Digests;
using AdvocacyBot.Core.Goals;
using AdvocacyBot.Core.Links;
using AdvocacyBot.Core.Disclosures;
using AdvocacyBot.Core.Feeds;
using AdvocacyBot.Core.Leadership;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Networks;
using AdvocacyBot.Core.People;
using AdvocacyBot.Core.Programme;
using AdvocacyBot.Core.Recognition;
using AdvocacyBot.Core.Rewards;
using AdvocacyBot.Core.Reports;
using AdvocacyBot.Core.Rhythm;
using AdvocacyBot.Core.Sharing;
using AdvocacyBot.Teams.Outbound;
using AdvocacyBot.Core.Suggestions;
using AdvocacyBot.Core.Templates;
using AdvocacyBot.Slack.Outbound;
using Refusal = AdvocacyBot.Teams.Inbound.TokenVerdict;

namespace AdvocacyBot.Tests.Localization;

/// <summary>The keys that the sources ask for.</summary>
internal static partial class ResourceUses
{
    // Without documentation, whose names of types look like keys.
    private static readonly List<string> Sources = [.. ResourceFiles.Sources(".cs").Select(path =>
        string.Join('\n', File.ReadLines(path).Where(line => !line.TrimStart().StartsWith("///", StringComparison.Ordinal))))];

    private static readonly string[] ReportFigures = ["rate", "sharers", "opened", "said", "posted", "fetched", "clicked", "reactions"];

    private static readonly string[] ReportColumns =
    [
        "week", "rate", "couldSee", "acted", "sharers", "reactors", "suggesters", "clicks", "rung", "count", "people", "means", "campaign", "campaignActed", "openedPeople", "saidPeople",
        "postedPeople", "fetched", "reactions", "clicksPerSharer", "network", "types", "languages", "campaigns", "segment", "class", "requests", "counted", "claim", "claimed", "own",
    ];

    /// <summary>Keys made from parts, with all that the part can be. A new one found in the sources must be added here.</summary>
    private static readonly Dictionary<string, IEnumerable<string>> Made = new(StringComparer.Ordinal)
    {
        ["Campaigns.Button{key}"] = ["Results", "Delivery", "GoOn", "Edit", "Pause", "Resume", "Discard", "Close", "Duplicate", "Repeat", "Spend"],
        ["Campaigns.Moved{move}"] = new[] { CampaignMove.Pause, CampaignMove.Resume, CampaignMove.Close }.Select(move => move.ToString()),
        ["Campaigns.State{campaign.State}"] = Enum.GetNames<CampaignState>(),
        ["Campaigns.Type{campaign.ContentType}"] = Enum.GetNames<ContentType>(),
        ["Campaigns.State{known}"] = Enum.GetNames<CampaignState>(),
        ["Campaigns.Type{draft.ContentType}"] = Enum.GetNames<ContentType>(),
        ["Campaigns.Type{key}"] = Enum.GetNames<ContentType>(),
        ["Campaigns.Type{type}"] = Enum.GetNames<ContentType>(),
        ["Campaigns.Preview{not.Reason}"] = Enum.GetNames<LinkPreviewFailure>(),
        ["Broadcasts.Facet{facet}"] = Enum.GetNames<Facet>(),
        ["Broadcasts.Facet{w.Key}"] = Enum.GetNames<Facet>(),
        ["Broadcasts.Platform_{j.Platform}"] = [Platforms.Web, Platforms.Slack, Platforms.Teams],
        ["Broadcasts.Platform_{account.Platform}"] = [Platforms.Web, Platforms.Slack, Platforms.Teams],
        ["Broadcasts.Reason_{reason}"] = DeliveryReasons.Known,
        ["Campaigns.Type{value}"] = Enum.GetNames<ContentType>(),
        ["Common.Language_{value}"] = Language.All.Select(language => language.Code),
        ["Commands.{Name}"] = Commands,
        ["Common.Language_{language.Code}"] = Language.All.Select(language => language.Code),
        ["Common.Language_{turn.Person.Language.Code}"] = Language.All.Select(language => language.Code),
        ["Goals.Kind{kind}"] = Enum.GetNames<GoalKind>(),
        ["Goals.How{kind}"] = Enum.GetNames<GoalKind>(),
        ["Goals.Gap{goal.Gap}"] = Enum.GetNames<GoalGap>().Where(name => name != nameof(GoalGap.None)),
        ["Goals.Pace{goal.Pace}"] = [nameof(GoalPace.TooFewPeople), nameof(GoalPace.Reached), nameof(GoalPace.OnTrack)],
        ["Networks.{network.Manners}"] = NetworkCatalogue.Load().All.Select(network => network.Manners).OfType<string>(),
        ["Programme.Approval{outcome}Said"] = Enum.GetNames<ApprovalOutcome>(),
        ["Programme.Audit_{entry.Action.Replace('.', '_')}"] = AuditActions.All.Select(action => action.Replace('.', '_')),
        ["Programme.AuditKind_{kind}"] = AuditFilter.Kinds,
        ["Programme.AuditKind_{filter.Kind}"] = AuditFilter.Kinds,
        ["Recognition.Badge{family}"] = Enum.GetNames<BadgeFamily>(),
        ["Programme.Role{role}"] = ManageRoles.Each.Select(role => role.ToString()),
        ["Programme.Role{role}May"] = ManageRoles.Each.Select(role => role.ToString()),
        ["Programme.Roles{outcome}"] = Enum.GetNames<RolesOutcome>(),
        ["Reports.Figure_{key}"] = ReportFigures,
        ["Reports.Formula_{key}"] = [.. ReportFigures, .. ReportColumns.Where(key => key is not ("week" or "rung" or "means" or "campaign" or "network" or "types" or "languages" or "segment" or "class" or "counted" or "claim" or "claimed" or "own"))],
        ["Reports.Column_{key}"] = ReportColumns,
        ["Reports.Segment_{segment.Name}"] = ["department", "location", "persona"],
        ["Reports.Table_{key}"] = ["types", "languages"],
        ["Reports.Claim_{claim}"] = BenchmarkTable.Claims,
        ["Reports.Claimed_{claim}"] = BenchmarkTable.Claims,
        ["Reports.Class{c}"] = Enum.GetNames<ClickClass>(),
        ["Reports.Class{row.Class}"] = Enum.GetNames<ClickClass>(),
        ["Reports.Kind{what}"] = Enum.GetNames<LedgerKind>(),
        ["Reports.Rows_{kind}"] = ReportRows.Kinds,
        ["Suggestions.Reason{reason}"] = DeclineDialog.Reasons,
        ["Suggestions.{outcome}"] = Enum.GetNames<SuggestionOutcome>(),
        ["Templates.{Type}Title"] = Enum.GetNames<ContentType>(),
        ["Templates.{Type}Summary"] = Enum.GetNames<ContentType>(),
        ["Templates.{Example(i)}"] = ContentTemplates.All.SelectMany(template => Enumerable.Range(1, template.Examples).Select(i => $"{template.Type}Text{i}")),
        ["Feeds.Problem{failure}"] = Enum.GetNames<FeedFailure>(),
        ["Leadership.Stands{ask}"] = Enum.GetNames<SponsorAsk>(),
        ["Leadership.Answer{campaign.SponsorAsk}"] = [nameof(SponsorAsk.Agreed), nameof(SponsorAsk.Declined)],
        ["Leadership.You{verdict}"] = [nameof(SponsorAsk.Agreed), nameof(SponsorAsk.Declined)],
        ["Rhythm.Nth{recurrence.Nth}"] = Enumerable.Range(1, RecurrenceRule.LastOfMonth).Select(nth => nth.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ["Rhythm.Nth{nth}"] = Enumerable.Range(1, RecurrenceRule.LastOfMonth).Select(nth => nth.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ["Rhythm.Unit{unit}"] = Enum.GetNames<RecurrenceUnit>(),
        ["Slack.Reason_{reason}"] = SendErrors.Reasons,
        ["Teams.Reason_{reason}"] = TeamsReason.All,
        ["Teams.Refused{code}"] = Enum.GetNames<Refusal>().Where(name => name != nameof(Refusal.Fine)).Concat(["Remote", "NoKeys", "NotJson", "TooLarge", "NotActivity"]),
        ["Web.{name}Title"] = Literals(WebProblem()),
        ["Web.{name}Detail"] = Literals(WebProblem()),
    };

    /// <summary>What can be typed after <c>/advocate</c>.</summary>
    public static IEnumerable<string> Commands =>
        CampaignRoutes.Commands.Concat(ShareRoutes.Commands).Concat(SuggestionRoutes.Commands).Concat(AssistanceRoutes.Commands).Concat(BroadcastRoutes.Commands)
            .Concat(DigestRoutes.Commands).Concat(ProgrammeRoutes.Commands).Concat(RecognitionRoutes.Commands).Concat(RewardRoutes.Commands).Concat(BudgetRoutes.Commands).Concat(ReportRoutes.Commands)
            .Concat(FeedRoutes.Commands).Concat(LeadershipRoutes.Commands).Concat(DisclosureRoutes.Commands).Concat(PeopleRoutes.Commands).Concat(GoalRoutes.Commands).Concat(TemplateRoutes.Commands)
            .Select(route => route.Name);

    public static IEnumerable<string> Keys =>
    [
        .. PageKeys(),
        .. Literals(Key()).Where(key => ResourceFiles.All.ContainsKey(key.Split('.')[0])).SelectMany(Pages),
        .. Literals(MadeKey()).Where(pattern => ResourceFiles.All.ContainsKey(pattern.Split('.')[0])).SelectMany(Expand),
    ];

    public static IReadOnlyList<string> FormTitles { get; } = [.. Literals(FormTitle()).Distinct()];

    public static IReadOnlyList<string> FormActions { get; } = [.. Sources.SelectMany(source => FormAction().Matches(source)).SelectMany(action => KeysIn(action.Value)).Distinct()];

    public static IReadOnlyList<string> Buttons { get; } =
    [
        .. Sources.SelectMany(source => Button().Matches(source)).SelectMany(button => KeysIn(button.Value)).Concat(Expand("Campaigns.Button{key}")).Distinct(),
    ];

    /// <summary>The browser chat's page asks by the name alone, and makes two kinds of names.</summary>
    private static IEnumerable<string> PageKeys() => ResourceFiles.Sources(".js").Concat(ResourceFiles.Sources(".html"))
        .SelectMany(path => Quoted().Matches(File.ReadAllText(path))).Select(match => match.Groups["it"].Value)
        .Concat(Enum.GetNames<Roles>().Where(role => role != nameof(Roles.None)).Append("Employee").Select(role => "role" + role))
        .Concat(["themeAuto", "themeLight", "themeDark"])
        .Select(name => "WebPage." + name)
        .Where(key => ResourceFiles.Has(key, Language.English));

    private static IEnumerable<string> KeysIn(string source) => Key().Matches(source).Select(match => match.Groups["it"].Value);

    /// <summary>A page that only says something names the beginning of two keys.</summary>
    private static IEnumerable<string> Pages(string key) =>
        (key.StartsWith("LinkPages.", StringComparison.Ordinal) || key.StartsWith("Reports.", StringComparison.Ordinal)) && !ResourceFiles.Has(key, Language.English) ? [key + "Title", key + "Text"] : [key];

    private static IEnumerable<string> Expand(string pattern)
    {
        Assert.True(Made.TryGetValue(pattern, out var parts), $"Say in {nameof(ResourceUses)} what '{pattern}' can be.");
        return parts!.Select(part => Hole().Replace(pattern, part));
    }

    private static IEnumerable<string> Literals(Regex pattern) => Sources.SelectMany(source => pattern.Matches(source)).Select(match => match.Groups["it"].Value);

    [GeneratedRegex("""(?<!\$)"(?<it>[A-Z][A-Za-z]+\.\w+)""" + "\"")]
    private static partial Regex Key();

    [GeneratedRegex("""\$"(?<it>[A-Z][A-Za-z]+\.[^"]*\{[^"]*)""" + "\"")]
    private static partial Regex MadeKey();

    [GeneratedRegex("""["'`](?<it>\w+)["'`]""")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex Hole();

    [GeneratedRegex("""(?:\bOf|\bInvalid)\([^"\n]*"(?<it>[A-Z]\w+)""" + "\"")]
    private static partial Regex WebProblem();

    [GeneratedRegex("""Token = "",\s*Title = t\w*\["(?<it>[^"]+)"\]""")]
    private static partial Regex FormTitle();

    [GeneratedRegex(@"new FormAction\([^;\n]*")]
    private static partial Regex FormAction();

    [GeneratedRegex("""(?:new (?:ExecuteAction|OpenUrlAction)\s*\{\s*Title = |Button\()t\w*\[[^\]\n]*\]""")]
    private static partial Regex Button();
}
