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

    /// <summary>Who runs campaigns.</summary>
    internal const Roles Managers = Roles.Comms | Roles.Owner;

    public static readonly IReadOnlyList<CommandRoute> Commands =
    [
        new("campaign", typeof(Compose), Managers),
        new("broadcast", typeof(Broadcast), Managers, "<link>"),
        new("campaigns", typeof(ListCampaigns), Managers, "[calendar]", Writes: false),
    ];

    public static readonly IReadOnlyList<ActionRoute> Actions =
    [
        new(Results, typeof(ShowResults), Managers),
        new(Edit, typeof(EditCampaign), Managers),
        new(Pause, typeof(MoveCampaign), Managers),
        new(Resume, typeof(MoveCampaign), Managers),
        new(Close, typeof(CloseCampaign), Managers),
        new(Duplicate, typeof(DuplicateCampaign), Managers),
    ];

    public static IServiceCollection AddCampaigns(this IServiceCollection services)
    {
        services.AddScoped<Compose>().AddScoped<Broadcast>().AddScoped<ListCampaigns>();
        services.AddScoped<ShowResults>().AddScoped<EditCampaign>().AddScoped<MoveCampaign>().AddScoped<CloseCampaign>().AddScoped<DuplicateCampaign>();
        services.AddScoped<PictureCheck>().AddScoped<IFormPreparation>(provider => provider.GetRequiredService<PictureCheck>());
        services.AddScoped<ManagedCampaigns>().AddScoped<PublishCampaign>().AddScoped<FinishComposing>().AddScoped<CampaignPreview>().AddScoped<CampaignQuery>().AddScoped<AdvanceCampaigns>();
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
