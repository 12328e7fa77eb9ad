using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.People;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Core.Rewards;

/// <summary>The command and buttons of rewards.</summary>
public static class RewardRoutes
{
    public const string Give = "reward.give";
    public const string TakeBack = "reward.take_back";
    public const string Budget = "reward.budget";

    public static readonly IReadOnlyList<CommandRoute> Commands = [new("rewards", typeof(ManageRewards), CampaignRoutes.Managers, Writes: false)];

    public static readonly IReadOnlyList<ActionRoute> Actions =
    [
        new(Give, typeof(OpenRewardForm), CampaignRoutes.Managers),
        new(TakeBack, typeof(OpenRewardForm), CampaignRoutes.Managers),
        new(Budget, typeof(OpenRewardForm), Roles.Owner),
    ];

    public static IServiceCollection AddRewards(this IServiceCollection services)
    {
        services.AddScoped<ManageRewards>().AddScoped<OpenRewardForm>().AddScoped<ReadBudgets>().AddSingleton<RewardsCsv>();
        services.AddScoped<INote, RewardNotes>().AddScoped<IPersonTraces, RewardTraces>();
        services.AddScoped<Dialog, BudgetDialog>().AddScoped<Dialog, GiveDialog>().AddScoped<Dialog, TakeBackDialog>();
        services.AddScoped<Dialog>(provider => new FormPrompt(BudgetDialog.PromptId, (input, context, token) => BudgetDialog.CheckAsync(
            provider.GetRequiredService<AdvocacyDb>(), provider.GetRequiredService<ReadBudgets>(), input, context, token)));
        services.AddScoped<Dialog>(provider => new FormPrompt(GiveDialog.PromptId, (input, context, token) => GiveDialog.CheckAsync(
            provider.GetRequiredService<AdvocacyDb>(), provider.GetRequiredService<ReadBudgets>(), input, context, token)));
        services.AddScoped<Dialog>(_ => new FormPrompt(TakeBackDialog.PromptId, (input, context, _) => Task.FromResult(TakeBackDialog.Check(input, context))));
        return services;
    }
}
