using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Core.Disclosures;

/// <summary>The command of disclosures.</summary>
public static class DisclosureRoutes
{
    public static readonly IReadOnlyList<CommandRoute> Commands = [new("disclosure", typeof(ChangeDisclosure), Roles.Owner)];

    public static IServiceCollection AddDisclosures(this IServiceCollection services)
    {
        services.AddScoped<ChangeDisclosure>();
        services.AddScoped<Dialog, DisclosureDialog>();
        services.AddScoped<Dialog>(_ => new FormPrompt(DisclosureDialog.PromptId, (input, context, _) => Task.FromResult(DisclosureDialog.Check(input, context))));
        return services;
    }
}
