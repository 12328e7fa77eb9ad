using AdvocacyBot.Core.Assistance;
using AdvocacyBot.Core.Broadcasts;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Conversions;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Digests;
using AdvocacyBot.Core.Disclosures;
using AdvocacyBot.Core.Feeds;
using AdvocacyBot.Core.Goals;
using AdvocacyBot.Core.Leadership;
using AdvocacyBot.Core.Ledger;
using AdvocacyBot.Core.Links;
using AdvocacyBot.Core.Networks;
using AdvocacyBot.Core.People;
using AdvocacyBot.Core.Programme;
using AdvocacyBot.Core.Recognition;
using AdvocacyBot.Core.Reports;
using AdvocacyBot.Core.Rewards;
using AdvocacyBot.Core.Rhythm;
using AdvocacyBot.Core.Sharing;
using AdvocacyBot.Core.Suggestions;
using AdvocacyBot.Core.Templates;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Core;

/// <summary>Everything of the programme; the host adds configuration, a clock and the adapters.</summary>
public static class CoreServices
{
    public const string MigrationsHistory = "__migrations";

    public static IServiceCollection AddAdvocacyCore(this IServiceCollection services)
    {
        services.AddSingleton<Database>();
        services.AddPooledDbContextFactory<AdvocacyDb>((provider, options) =>
        {
            provider.GetRequiredService<Database>().Configure(options, typeof(AdvocacyDb).Assembly.GetName().Name!, MigrationsHistory);

            // There is no snapshot to compare with, because EF's design-time package is not used; MigrationTests compares the schemas themselves.
            options.ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning));
        });
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<AdvocacyDb>>().CreateDbContext());
        services.AddSingleton<GroupCommitter>().AddSingleton<IHostedService>(provider => provider.GetRequiredService<GroupCommitter>());
        services.AddSingleton<LedgerWriter>().AddSingleton<QuickReads>();
        services.AddLinks();
        services.AddSingleton<Keys>();
        services.AddSingleton(provider => new ActionTokens(provider.GetRequiredService<Keys>().ActionTokens, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<PublicAddress>().AddSingleton<DeliverySignal>().AddSingleton(_ => NetworkCatalogue.Load());
        services.AddSingleton<PeopleDirectory>().AddSingleton<InteractionRouter>().AddSingleton<DeliveryWorker>();
        services.AddScoped<AfterCommit>().AddScoped<Explanations>();
        services.AddScoped<DialogSet>().AddScoped<DialogEngine>();
        services.AddPeople().AddCampaigns().AddSharing().AddDigests().AddSuggestions().AddAssistance().AddProgramme().AddBroadcasts();
        services.AddGoals().AddConversions().AddReports().AddRecognition().AddRewards();
        services.AddFeeds().AddLeadership().AddDisclosures().AddTemplates().AddRhythm();
        services.AddSingleton(provider => new RouteTable(
            provider.GetServices<IEnumerable<CommandRoute>>().SelectMany(routes => routes),
            provider.GetServices<IEnumerable<ActionRoute>>().SelectMany(routes => routes)));
        services.AddRoutes(CampaignRoutes.Commands, CampaignRoutes.Actions);
        services.AddRoutes(ShareRoutes.Commands, ShareRoutes.Actions);
        services.AddRoutes(SuggestionRoutes.Commands, SuggestionRoutes.Actions);
        services.AddRoutes(AssistanceRoutes.Commands, AssistanceRoutes.Actions);
        services.AddRoutes(BroadcastRoutes.Commands, BroadcastRoutes.Actions);
        services.AddRoutes(RecognitionRoutes.Commands, RecognitionRoutes.Actions);
        services.AddRoutes(RewardRoutes.Commands, RewardRoutes.Actions);
        services.AddRoutes(DigestRoutes.Commands, DigestRoutes.Actions);
        services.AddRoutes(ReportRoutes.Commands, ReportRoutes.Actions);
        services.AddRoutes(ProgrammeRoutes.Commands, ProgrammeRoutes.Actions);
        services.AddRoutes(GoalRoutes.Commands, [.. GoalRoutes.Actions, .. ConversionRoutes.Actions]);
        services.AddRoutes(FeedRoutes.Commands, FeedRoutes.Actions);
        services.AddRoutes(LeadershipRoutes.Commands, LeadershipRoutes.Actions);
        services.AddRoutes([], RhythmRoutes.Actions);
        services.AddRoutes(DisclosureRoutes.Commands, []);
        services.AddRoutes(TemplateRoutes.Commands, []);
        services.AddRoutes(PeopleRoutes.Commands, PeopleRoutes.Actions);
        return services;
    }

    /// <summary>Adds a feature's commands and buttons; help shows the commands in the order of adding.</summary>
    public static IServiceCollection AddRoutes(
        this IServiceCollection services, IEnumerable<CommandRoute> commands, IEnumerable<ActionRoute> actions) =>
        services.AddSingleton(commands).AddSingleton(actions);
}
