using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Core.Dialogs;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Core.Assistance;

/// <summary>The commands and buttons of help with answering.</summary>
public static class AssistanceRoutes
{
    public static readonly IReadOnlyList<CommandRoute> Commands =
    [
        new("reply", typeof(AskHow), Usage: "[what was said]"),
        new("answers", typeof(ManageAnswers), CampaignRoutes.Managers, Writes: false),
    ];

    public static readonly IReadOnlyList<ActionRoute> Actions =
    [
        new(AskHowFromShare.Verb, typeof(AskHowFromShare)),
        new(AnswerHelp.Verb, typeof(AnswerHelp), CampaignRoutes.Managers),
        new(AnswerList.Add, typeof(ChangeAnswers), CampaignRoutes.Managers),
        new(AnswerList.Edit, typeof(ChangeAnswers), CampaignRoutes.Managers),
        new(AnswerList.Remove, typeof(ChangeAnswers), CampaignRoutes.Managers),
    ];

    public static IServiceCollection AddAssistance(this IServiceCollection services)
    {
        services.AddScoped<AskHow>().AddScoped<AskHowFromShare>().AddScoped<AnswerHelp>().AddScoped<INote, HelpNotes>();
        services.AddScoped<Dialog, HelpDialog>().AddScoped<Dialog, AnswerHelpDialog>().AddScoped<Dialog>(_ => new FormPrompt(HelpDialog.FoundPrompt));
        services.AddScoped<Dialog>(_ => new FormPrompt(HelpDialog.SaidPrompt, (input, context, _) => Task.FromResult(HelpDialog.Check(input, context))));
        services.AddScoped<Dialog>(_ => new FormPrompt(AnswerHelpDialog.PromptId, (input, context, _) => Task.FromResult(AnswerHelpDialog.Check(input, context))));
        services.AddScoped<ManageAnswers>().AddScoped<AnswerList>().AddScoped<ChangeAnswers>().AddScoped<Dialog, KeepAnswerDialog>();
        services.AddScoped<Dialog>(_ => new FormPrompt(KeepAnswerDialog.PromptId, (input, context, _) => Task.FromResult(KeepAnswerDialog.Check(input, context))));
        return services;
    }
}
