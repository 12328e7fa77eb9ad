using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.People;
using AdvocacyBot.Slack.Home;
using AdvocacyBot.Slack.Rendering.Blocks;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Tests.Slack.Home;

/// <summary>Opens Home tabs of a <see cref="TestBot"/> that was started with <see cref="HomeQuery"/> in its services.</summary>
internal static class HomeTab
{
    public static async Task<HomeContent> ContentAsync(TestBot bot, string person)
    {
        var turn = await TurnAsync(bot, person);
        return await bot.ScopedAsync<HomeQuery, HomeContent>(query => query.ReadAsync(turn, CancellationToken.None));
    }

    public static async Task<View> OfAsync(TestBot bot, string person) =>
        HomeRenderer.Render(await ContentAsync(bot, person), (await TurnAsync(bot, person)).Texts);

    private static Task<TurnContext> TurnAsync(TestBot bot, string person) => bot.Services.GetRequiredService<PeopleDirectory>().ResolveAsync(
        bot.Command(person, "home", $"home-{person}") with { Conversation = new ConversationRef($"home-{person}", ConversationKind.Personal) }, CancellationToken.None).AsTask();
}
