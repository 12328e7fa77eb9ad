using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Dialogs;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Core.Feeds;

/// <summary>The commands and buttons of feeds.</summary>
public static class FeedRoutes
{
    public const string Add = "feed.add";
    public const string Pause = "feed.pause";
    public const string Resume = "feed.resume";
    public const string Remove = "feed.remove";
    public const string Look = "feed.look";

    public static readonly IReadOnlyList<CommandRoute> Commands = [new("feeds", typeof(ManageFeeds), CampaignRoutes.Managers, "[address]")];

    public static readonly IReadOnlyList<ActionRoute> Actions =
    [
        new(Add, typeof(OpenFeedForm), CampaignRoutes.Managers),
        new(Pause, typeof(ChangeFeed), CampaignRoutes.Managers),
        new(Resume, typeof(ChangeFeed), CampaignRoutes.Managers),
        new(Remove, typeof(ChangeFeed), CampaignRoutes.Managers),
        new(Look, typeof(ChangeFeed), CampaignRoutes.Managers),
    ];

    public static IServiceCollection AddFeeds(this IServiceCollection services)
    {
        services.AddSingleton<FeedCards>().AddSingleton<PollFeeds>();
        services.AddScoped<FeedProbe>().AddScoped<IFormPreparation>(provider => provider.GetRequiredService<FeedProbe>());
        services.AddScoped<FeedIntake>().AddScoped<AddFeed>().AddScoped<FeedList>().AddScoped<ManageFeeds>().AddScoped<ChangeFeed>().AddScoped<OpenFeedForm>();
        services.AddScoped<Dialog, FeedDialog>().AddScoped<Dialog>(provider =>
        {
            var probe = provider.GetRequiredService<FeedProbe>();
            return new FormPrompt(FeedDialog.PromptId, (input, context, _) => Task.FromResult(FeedDialog.Check(probe, input, context)));
        });
        return services;
    }
}
