using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Evidence;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Core.Goals;

/// <summary>The command, buttons and forms of goals.</summary>
public static class GoalRoutes
{
    public const string Add = "goal.add";
    public const string Edit = "goal.edit";
    public const string Remove = "goal.remove";
    public const string Costs = "goal.costs";

    public static readonly IReadOnlyList<CommandRoute> Commands = [new("goals", typeof(ShowGoals), Writes: false)];

    public static readonly IReadOnlyList<ActionRoute> Actions =
    [
        new(Add, typeof(OpenGoal), Roles.Owner),
        new(Edit, typeof(OpenGoal), Roles.Owner),
        new(Remove, typeof(RemoveGoal), Roles.Owner),
        new(Costs, typeof(OpenCosts), Roles.Owner),
    ];

    public static IServiceCollection AddGoals(this IServiceCollection services)
    {
        services.AddSingleton<ReclassifyClicks>().AddScoped<ReadLadder>().AddScoped<ReadGoals>();
        services.AddScoped<ShowGoals>().AddScoped<OpenGoal>().AddScoped<RemoveGoal>().AddScoped<OpenCosts>();
        services.AddScoped<GoalCheck>().AddScoped<Dialog, GoalDialog>().AddScoped<Dialog, CostsDialog>();
        services.AddScoped<Dialog>(provider => new FormPrompt(GoalDialog.PromptId, provider.GetRequiredService<GoalCheck>().CheckAsync));
        services.AddScoped<Dialog>(_ => new FormPrompt(CostsDialog.PromptId, CostsDialog.CheckAsync));
        return services;
    }
}
