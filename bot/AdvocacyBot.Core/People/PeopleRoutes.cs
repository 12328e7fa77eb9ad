using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Programme;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Core.People;

/// <summary>The commands and buttons about people, their settings and the chat itself.</summary>
public static class PeopleRoutes
{
    public static readonly IReadOnlyList<CommandRoute> Commands =
    [
        new("help", typeof(Help), Writes: false),
        new("me", typeof(Me), Writes: false),
        new("settings", typeof(ChannelSettings), Roles.Comms | Roles.Owner),
        new("cancel", typeof(Cancel)),
    ];

    public static readonly IReadOnlyList<ActionRoute> Actions =
    [
        new(ResumeDialog.Verb, typeof(ResumeDialog)),
        new(ResumeDialog.LeaveVerb, typeof(ResumeDialog)),
        new(Me.SettingsVerb, typeof(MeActions)),
        new(Me.SetUpVerb, typeof(MeActions)),
        new(Me.PauseVerb, typeof(MeActions)),
        new(Me.EraseVerb, typeof(MeActions)),
        new(Me.ExportVerb, typeof(OfferExport)),
        new(Me.LeaveVerb, typeof(LeaveProgramme)),
        new(Me.JoinVerb, typeof(MeActions)),
    ];

    public static IServiceCollection AddPeople(this IServiceCollection services)
    {
        services.AddSingleton<ExportLinks>().AddSingleton(provider => new ErasedBook(provider.GetRequiredService<QuickReads>(), provider.GetRequiredService<Keys>().ActionTokens)).AddScoped<ContactRules>().AddScoped<OwnPreferences>().AddScoped<TimeAllowance>().AddScoped<ReachEstimate>();
        services.AddScoped<LeaveProgramme>().AddScoped<OfferExport>().AddScoped<ErasePerson>().AddScoped<ExportPerson>();
        services.AddScoped<IPersonTraces, PlaceTraces>().AddScoped<IPersonTraces, OwnTraces>().AddScoped<IPersonTraces, ShareTraces>().AddScoped<IPersonTraces, LedgerTraces>();
        services.AddScoped<IPersonTraces, SuggestionTraces>().AddScoped<IPersonTraces, HelpTraces>().AddScoped<IPersonTraces, CampaignTraces>();
        services.AddScoped<IPersonTraces, DeliveryTraces>().AddScoped<IPersonTraces, AuditTraces>();
        services.AddSingleton<HelpPages>().AddScoped<Help>().AddScoped<Cancel>().AddScoped<Me>().AddScoped<MeActions>().AddScoped<ResumeDialog>().AddScoped<ChannelSettings>();
        services.AddScoped<IInteractionHandler<MessageReceived>, HearMessage>();
        services.AddScoped<IInteractionHandler<MemberChanged>, RecordMembership>();
        services.AddScoped<IInteractionHandler<BotInstalled>, Welcome>();
        services.AddScoped<IInteractionHandler<BotRemoved>, Farewell>();
        services.AddScoped<Dialog, MeDialog>().AddScoped<Dialog>(_ => new FormPrompt(MeDialog.PromptId, (input, context, _) => Task.FromResult(MeDialog.Check(input, context))));
        services.AddScoped<Dialog, SetUpDialog>().AddScoped<Dialog>(_ => new FormPrompt(SetUpDialog.NetworksPrompt));
        services.AddScoped<Dialog>(_ => new FormPrompt(SetUpDialog.ProfilesPrompt, (input, context, _) => Task.FromResult(ProfileValidation.Check(input, context))));
        services.AddScoped<Dialog, PauseDialog>().AddScoped<Dialog>(_ => new FormPrompt(PauseDialog.PromptId, (input, context, _) => Task.FromResult(PauseDialog.Check(input, context))));
        services.AddScoped<Dialog, EraseDialog>().AddScoped<Dialog>(_ => new FormPrompt(EraseDialog.PromptId, (input, context, _) => Task.FromResult(EraseDialog.Check(input, context))));
        services.AddScoped<Dialog, SettingsDialog>();
        services.AddScoped<Dialog>(_ => new FormPrompt(SettingsDialog.PromptId, (input, context, _) => Task.FromResult(SettingsDialog.Check(input, context))));
        return services;
    }
}
