using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Core.Dialogs;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Core.Suggestions;

/// <summary>The commands and buttons of suggestions.</summary>
public static class SuggestionRoutes
{
    public const string Withdraw = "suggestion.withdraw";
    public const string Answer = "suggestion.answer";
    public const string Show = "suggestion.queue";
    public const string Approve = "suggestion.approve";
    public const string Edit = "suggestion.edit";
    public const string AskBack = "suggestion.ask";
    public const string Decline = "suggestion.decline";

    /// <summary>Who looks after the queue.</summary>
    public const Roles Keepers = Roles.Comms | Roles.Approver | Roles.Owner;

    public static readonly IReadOnlyList<CommandRoute> Commands =
    [
        new("suggest", typeof(Suggest), Usage: "<link or text>"),
        new("approve", typeof(ApprovalQueue), Keepers, Writes: false),
    ];

    public static readonly IReadOnlyList<ActionRoute> Actions =
    [
        new(Withdraw, typeof(WithdrawSuggestion)),
        new(Answer, typeof(OpenSuggestionForm)),
        new(Show, typeof(ShowQueue), Keepers),
        new(Approve, typeof(StartFromSuggestion), Keepers),
        new(Edit, typeof(OpenSuggestionForm), Keepers),
        new(AskBack, typeof(OpenSuggestionForm), Keepers),
        new(Decline, typeof(OpenSuggestionForm), Keepers),
    ];

    public static IServiceCollection AddSuggestions(this IServiceCollection services)
    {
        services.AddSingleton<SuggestionCards>().AddSingleton<QueueCards>();
        services.AddScoped<Suggest>().AddScoped<RecordSuggestion>().AddScoped<TellQueue>().AddScoped<WithdrawSuggestion>().AddScoped<Credits>().AddScoped<HideName>();
        services.AddScoped<ApprovalQueue>().AddScoped<ShowQueue>().AddScoped<OpenSuggestions>().AddScoped<StartFromSuggestion>().AddScoped<OpenSuggestionForm>();
        services.AddScoped<ApproveSuggestion>().AddScoped<INote, SuggestionNotes>();
        services.AddScoped<Dialog, SuggestDialog>().AddScoped<Dialog, EditSuggestionDialog>().AddScoped<Dialog, DeclineDialog>();
        services.AddScoped<Dialog, AskBackDialog>().AddScoped<Dialog, AnswerDialog>();
        services.AddForm(SuggestDialog.PromptId, SuggestValidation.Check);
        services.AddForm(EditSuggestionDialog.PromptId, (input, context) => SuggestValidation.Words(input, context.Turn.Texts));
        services.AddForm(DeclineDialog.PromptId, DeclineDialog.Check);
        services.AddForm(AskBackDialog.PromptId, AskBackDialog.Check);
        services.AddForm(AnswerDialog.PromptId, AskBackDialog.Check);
        return services;
    }

    private static void AddForm(this IServiceCollection services, string id, Func<FormInput, DialogContext, IReadOnlyDictionary<string, string>> check) =>
        services.AddScoped<Dialog>(_ => new FormPrompt(id, (input, context, _) => Task.FromResult(check(input, context))));
}
