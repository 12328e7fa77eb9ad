using AdvocacyBot.Core.Localization;
using AdvocacyBot.Teams.Outbound;
using AdvocacyBot.Teams.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AdvocacyBot.Teams.Chat;

/// <summary>What people do in Teams, and what they are shown.</summary>
internal static class TeamsChatServices
{
    public static IServiceCollection AddTeamsChat(this IServiceCollection services)
    {
        Texts.Register("TeamsChat", "AdvocacyBot.Teams.Strings.TeamsChat", typeof(TeamsChatServices).Assembly);
        services.AddSingleton<TeamsCards>().AddSingleton<ICardWriter>(provider => provider.GetRequiredService<TeamsCards>()).AddSingleton<ITurnHandler, TeamsTurnHandler>();
        services.AddSingleton<Messenger>().AddSingleton<ChatReplies>().AddSingleton<ActionAnswers>().AddSingleton<DialogAnswers>();
        services.AddSingleton<ComposeExtensions>().AddSingleton<MessageTurns>().AddSingleton<InvokeTurns>().AddSingleton<ReactionTurns>();
        services.AddSingleton<LifecycleTurns>().AddSingleton<Installations>().AddSingleton<TeamChannels>().AddSingleton<RosterWriter>();
        services.AddSingleton<TenantClock>().AddSingleton<Rosters>().AddSingleton<IHostedService>(provider => provider.GetRequiredService<Rosters>());
        return services;
    }
}
