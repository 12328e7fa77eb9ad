using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Links;
using AdvocacyBot.Core.Networks;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Core.Sharing;

/// <summary>The commands and buttons of sharing.</summary>
public static class ShareRoutes
{
    public const string Said = "share.said";
    public const string Undo = "share.undo";
    public const string Post = "share.post";
    public const string EditText = "share.edit";
    public const string AnotherText = "share.another";
    public const string Fewer = "share.fewer";

    public static readonly IReadOnlyList<CommandRoute> Commands = [new("content", typeof(ListContent), Writes: false)];

    public static readonly IReadOnlyList<ActionRoute> Actions =
    [
        new(PromptCards.ShareVerb, typeof(StartShare)),
        new(PromptCards.DeclineVerb, typeof(DeclineShare)),
        new(Fewer, typeof(FewerPrompts)),
        new(Said, typeof(ClaimShare)),
        new(Undo, typeof(UndoShare)),
        new(Post, typeof(EditShare)),
        new(EditText, typeof(EditShare)),
        new(AnotherText, typeof(AnotherText)),
    ];

    public static IServiceCollection AddSharing(this IServiceCollection services)
    {
        services.AddSingleton<ShareStore>().AddSingleton<ShareCards>().AddSingleton<ClaimShare>().AddSingleton<DeclineShare>().AddSingleton<DeclinedCard>().AddScoped<FewerPrompts>();
        services.AddScoped<WithdrawClaim>().AddScoped<OfferShare>().AddScoped<ShowShare>().AddScoped<FirstShare>().AddScoped<StartShare>().AddScoped<UndoShare>().AddScoped<AnotherText>().AddScoped<EditShare>();
        services.AddScoped<ListContent>().AddScoped<IInteractionHandler<ReactionChanged>, RecordReaction>();
        services.AddScoped<Dialog, JoinDialog>().AddScoped<Dialog, TextDialog>().AddScoped<Dialog, PostDialog>();
        services.AddScoped<Dialog>(_ => new FormPrompt(JoinDialog.PromptId, (input, context, _) => Task.FromResult(JoinDialog.Check(input, context))));
        services.AddScoped<Dialog>(_ => new FormPrompt(PostDialog.PromptId, (input, context, _) => Task.FromResult(PostDialog.Check(input, context))));
        services.AddScoped<Dialog>(provider => new FormPrompt(TextDialog.PromptId, (input, context, token) => TextDialog.CheckAsync(
            provider.GetRequiredService<AdvocacyDb>(),
            provider.GetRequiredService<NetworkCatalogue>(),
            provider.GetRequiredService<PublicAddress>(),
            input,
            context,
            token)));
        return services;
    }
}
