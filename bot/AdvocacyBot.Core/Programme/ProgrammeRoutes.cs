using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Core.Dialogs;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Core.Programme;

/// <summary>The commands and buttons with which the programme is looked after.</summary>
public static class ProgrammeRoutes
{
    public static readonly IReadOnlyList<CommandRoute> Commands =
    [
        new("stop", typeof(StopSending), CampaignRoutes.Managers),
        new("resume", typeof(ResumeSending), CampaignRoutes.Managers),
        new("roles", typeof(ManageRoles), Roles.Owner, "[name]"),
        new("audit", typeof(ShowAudit), Roles.Owner, Writes: false),
        new("policy", typeof(ShowPolicy), Writes: false),
    ];

    public static readonly IReadOnlyList<ActionRoute> Actions =
    [
        new(ShowAudit.PageVerb, typeof(ShowAudit), Roles.Owner),
        new(ShowAudit.FilterVerb, typeof(FilterAudit), Roles.Owner),
        new(ManageRoles.ChangeVerb, typeof(ChangeRoles), Roles.Owner),
        new(ChangeFourEyes.Verb, typeof(ChangeFourEyes), Roles.Owner),
        new(ShowPolicy.ChangeVerb, typeof(ChangePolicy), Roles.Owner),
        new(ReviewCampaign.Verb, typeof(ReviewCampaign), Approvals.Approvers),
    ];

    public static IServiceCollection AddProgramme(this IServiceCollection services)
    {
        services.AddSingleton<FixedRoles>().AddSingleton<ApplySettings>().AddSingleton<AuditCsv>().AddSingleton<AuditFile>();
        services.AddScoped<AuditLog>().AddScoped<ShowAudit>().AddScoped<FilterAudit>().AddScoped<ManageRoles>().AddScoped<ChangeRoles>().AddScoped<SetRoles>();
        services.AddScoped<ChangeFourEyes>().AddScoped<ReviewCampaign>().AddScoped<Approvals>().AddScoped<INote, ApprovalNotes>();
        services.AddSingleton<Policies>().AddScoped<ShowPolicy>().AddScoped<ChangePolicy>().AddScoped<Dialog, PolicyDialog>();
        services.AddScoped<Dialog>(provider => new FormPrompt(PolicyDialog.PromptId, (input, context, token) => PolicyDialog.CheckAsync(
            provider.GetRequiredService<AdvocacyDb>(), provider.GetRequiredService<Policies>(), input, context, token)));
        services.AddScoped<StopSending>().AddScoped<ResumeSending>().AddScoped<HoldEverything>();
        services.AddScoped<NoteWriter>().AddScoped<IDeliveryContent, NoteContent>();
        services.AddScoped<Dialog, AuditFilterDialog>().AddScoped<Dialog>(_ => new FormPrompt(AuditFilterDialog.PromptId));
        services.AddScoped<Dialog, RolesDialog>().AddScoped<Dialog>(_ => new FormPrompt(RolesDialog.PersonPrompt)).AddScoped<Dialog>(_ => new FormPrompt(RolesDialog.RolesPrompt));
        services.AddScoped<Dialog, FourEyesDialog>().AddScoped<Dialog>(_ => new FormPrompt(FourEyesDialog.PromptId));
        services.AddScoped<Dialog, StopDialog>().AddScoped<Dialog>(_ => new FormPrompt(StopDialog.ConfirmPrompt));
        services.AddScoped<Dialog, ReviewDialog>().AddScoped<Dialog>(_ => new FormPrompt(ReviewDialog.ReviewPrompt));
        services.AddScoped<Dialog>(_ => new FormPrompt(ReviewDialog.ReasonPrompt, (input, context, _) => Task.FromResult(ReviewDialog.CheckReason(input, context))));
        return services;
    }
}
