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
        new(Me.LeaveVerb, typeof(MeActions)),
        new(Me.JoinVerb, typeof(MeActions)),
    ];

    public static IServiceCollection AddPeople(this IServiceCollection services)
    {
        services.AddScoped<ContactRules>();
        services.AddSingleton<HelpPages>().AddScoped<Help>().AddScoped<Cancel>().AddScoped<Me>().AddScoped<MeActions>().AddScoped<ResumeDialog>().AddScoped<ChannelSettings>();
        services.AddScoped<IInteractionHandler<MessageReceived>, HearMessage>();
        services.AddScoped<IInteractionHandler<MemberChanged>, RecordMembership>();
        services.AddScoped<IInteractionHandler<BotInstalled>, Welcome>();
        services.AddScoped<IInteractionHandler<BotRemoved>, Farewell>();
        services.AddScoped<Dialog, MeDialog>().AddScoped<Dialog>(_ => new FormPrompt(MeDialog.PromptId));
        services.AddScoped<Dialog, SettingsDialog>();
        services.AddScoped<Dialog>(_ => new FormPrompt(SettingsDialog.PromptId, (input, context, _) => Task.FromResult(SettingsDialog.Check(input, context))));
        return services;
    }
}
