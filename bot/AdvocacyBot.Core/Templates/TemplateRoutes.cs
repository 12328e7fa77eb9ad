using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Dialogs;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Core.Templates;

/// <summary>The command of templates.</summary>
public static class TemplateRoutes
{
    public static readonly IReadOnlyList<CommandRoute> Commands = [new("templates", typeof(ChangeTemplates), CampaignRoutes.Managers)];

    public static IServiceCollection AddTemplates(this IServiceCollection services)
    {
        services.AddScoped<ChangeTemplates>().AddScoped<TemplateInput>();
        services.AddScoped<Dialog, TemplatesDialog>();
        services.AddScoped<Dialog>(_ => new FormPrompt(TemplatesDialog.TypePrompt, (input, context, _) => Task.FromResult(TemplateInput.CheckType(input, context))));
        services.AddScoped<Dialog>(provider => new FormPrompt(TemplatesDialog.WordsPrompt, provider.GetRequiredService<TemplateInput>().CheckAsync));
        return services;
    }
}
