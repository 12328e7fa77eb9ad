using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.People;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Core.Broadcasts;

/// <summary>The commands and buttons of audiences, direct messages and their report.</summary>
public static class BroadcastRoutes
{
    public const string Report = "campaign.delivery";
    public const string Retract = "campaign.retract";
    public const string TryAgain = "deliveries.again";
    public const string Settle = "deliveries.settle";

    public static readonly IReadOnlyList<CommandRoute> Commands = [new("link", typeof(LinkAccounts), Usage: "[code]")];

    public static readonly IReadOnlyList<ActionRoute> Actions =
    [
        new(Report, typeof(ShowDelivery), CampaignRoutes.Managers),
        new(Retract, typeof(RetractCampaign), CampaignRoutes.Managers),
        new(TryAgain, typeof(TryFailedAgain), CampaignRoutes.Managers),
        new(Settle, typeof(SettleUnknown), CampaignRoutes.Managers),
        new(LinkAccounts.CodeVerb, typeof(LinkActions)),
        new(LinkAccounts.EnterVerb, typeof(LinkActions)),
        new(LinkAccounts.SeparateVerb, typeof(LinkActions)),
        new(LinkAccounts.ProgrammeVerb, typeof(LinkActions), Roles.Owner),
        new(LinkAccounts.LeaveVerb, typeof(LinkActions), Roles.Owner),
    ];

    public static IServiceCollection AddBroadcasts(this IServiceCollection services)
    {
        services.AddSingleton<DirectCards>().AddSingleton<DeliveryCards>().AddSingleton<DeliveryFile>().AddSingleton<ProfileBook>().AddSingleton<ImportPeople>().AddSingleton<Settlements>();
        services.AddScoped<ProgrammeScope>().AddScoped<AudienceQuery>().AddScoped<PlanAudience>().AddScoped<AudiencePreview>();
        services.AddScoped<DirectPrompts>().AddScoped<DirectContent>().AddScoped<DeliveryTallyQuery>().AddScoped<FollowBroadcast>().AddScoped<UpdateProgress>();
        services.AddScoped<AccountCodes>().AddScoped<HumanMatch>().AddScoped<EnterCode>().AddScoped<LinkAccounts>().AddScoped<LinkActions>();
        services.AddScoped<ShowDelivery>().AddScoped<TryFailedAgain>().AddScoped<SettleUnknown>().AddScoped<RetractCampaign>();
        services.AddScoped<INote, ProgressNote>().AddScoped<IPersonTraces, BroadcastTraces>();
        services.AddScoped<Dialog, SettleDialog>().AddScoped<Dialog>(_ => new FormPrompt(SettleDialog.PromptId));
        services.AddScoped<Dialog, RetractDialog>().AddScoped<Dialog>(_ => new FormPrompt(RetractDialog.ConfirmPrompt));
        services.AddScoped<Dialog, LinkDialog>().AddScoped<Dialog>(_ => new FormPrompt(LinkDialog.PromptId));
        return services;
    }
}
