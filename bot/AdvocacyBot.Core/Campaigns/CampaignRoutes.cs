using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Core.Dialogs;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Core.Campaigns;

/// <summary>The commands and buttons of campaigns.</summary>
public static class CampaignRoutes
{
    public const string Results = "campaign.results";
    public const string Edit = "campaign.edit";
    public const string Pause = "campaign.pause";
    public const string Resume = "campaign.resume";
    public const string Close = "campaign.close";
    public const string Duplicate = "campaign.duplicate";

    public static readonly IReadOnlyList<CommandRoute> Commands =
    [
        new("campaign", typeof(Compose), Roles.Comms | Roles.Owner),
        new("broadcast", typeof(Broadcast), Roles.Comms | Roles.Owner, "<link>"),
        new("campaigns", typeof(ListCampaigns), Roles.Comms | Roles.Owner, Writes: false),
    ];

    public static readonly IReadOnlyList<ActionRoute> Actions =
    [
        new(Results, typeof(ShowResults)),
        new(Edit, typeof(EditCampaign)),
        new(Pause, typeof(MoveCampaign)),
        new(Resume, typeof(MoveCampaign)),
        new(Close, typeof(CloseCampaign)),
        new(Duplicate, typeof(DuplicateCampaign)),
    ];

    public static IServiceCollection AddCampaigns(this IServiceCollection services)
    {
        services.AddScoped<Compose>().AddScoped<Broadcast>().AddScoped<ListCampaigns>();
        services.AddScoped<ShowResults>().AddScoped<EditCampaign>().AddScoped<MoveCampaign>().AddScoped<CloseCampaign>().AddScoped<DuplicateCampaign>();
        services.AddScoped<PictureCheck>().AddScoped<IFormPreparation>(provider => provider.GetRequiredService<PictureCheck>());
        services.AddScoped<ManagedCampaigns>().AddScoped<PublishCampaign>().AddScoped<CampaignQuery>().AddScoped<AdvanceCampaigns>();
        services.AddSingleton<PromptCards>().AddSingleton<CampaignCards>();
        services.AddScoped<Dialog, ComposeDialog>().AddScoped<Dialog, CloseDialog>().AddScoped<Dialog>(_ => new FormPrompt(CloseDialog.ConfirmPrompt));
        foreach (var prompt in ComposeDialog.PromptIds)
        {
            services.AddScoped<Dialog>(provider => ActivatorUtilities.CreateInstance<ComposePrompts>(provider).Create(prompt));
        }

        services.AddScoped<IDeliveryContent, PromptContent>().AddScoped<IDeliveryContent, PromptUpdateContent>();
        return services;
    }
}
