using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.People;
using AdvocacyBot.Core.Rewards;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Core.Budgets;

/// <summary>The command and buttons of the programme's budget.</summary>
public static class BudgetRoutes
{
    public const string Spend = "budget.spend";
    public const string TakeBack = "budget.take_back";

    public static readonly IReadOnlyList<CommandRoute> Commands = [new("budget", typeof(ShowBudget), CampaignRoutes.Managers, Writes: false)];

    public static readonly IReadOnlyList<ActionRoute> Actions =
    [
        new(Spend, typeof(OpenBudgetForm), CampaignRoutes.Managers),
        new(TakeBack, typeof(OpenBudgetForm), CampaignRoutes.Managers),
    ];

    public static IServiceCollection AddBudgets(this IServiceCollection services)
    {
        services.AddScoped<ReadSpending>().AddScoped<ShowBudget>().AddScoped<OpenBudgetForm>().AddScoped<INote, BudgetNotes>().AddScoped<IPersonTraces, SpendingTraces>().AddSingleton<SpendingCsv>();
        services.AddScoped<Dialog, SpendDialog>().AddScoped<Dialog, SpendingBackDialog>();
        services.AddScoped<Dialog>(provider => new FormPrompt(SpendDialog.PromptId, (input, context, token) => SpendDialog.CheckAsync(
            provider.GetRequiredService<AdvocacyDb>(), provider.GetRequiredService<ReadBudgets>(), input, context, token)));
        services.AddScoped<Dialog>(_ => new FormPrompt(SpendingBackDialog.PromptId, (input, context, _) => Task.FromResult(SpendingBackDialog.Check(input, context))));
        return services;
    }
}
