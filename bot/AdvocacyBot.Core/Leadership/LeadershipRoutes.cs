using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.People;
using AdvocacyBot.Core.Programme;
using AdvocacyBot.Core.Sharing;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Core.Leadership;

/// <summary>The commands and buttons of sponsors and of the kick-off.</summary>
public static class LeadershipRoutes
{
    public const string Agree = "sponsor.agree";
    public const string Write = "sponsor.write";
    public const string Decline = "sponsor.decline";
    public const string Content = "kickoff.content";

    public static readonly IReadOnlyList<CommandRoute> Commands = [new("kickoff", typeof(StartKickoff), CampaignRoutes.Managers)];

    public static readonly IReadOnlyList<ActionRoute> Actions =
    [
        new(Agree, typeof(AnswerSponsor), Roles.Sponsor),
        new(Write, typeof(AnswerSponsor), Roles.Sponsor),
        new(Decline, typeof(AnswerSponsor), Roles.Sponsor),
        new(Content, typeof(ShowContent)),
    ];

    public static IServiceCollection AddLeadership(this IServiceCollection services)
    {
        services.AddSingleton<SponsorCards>().AddSingleton<KickoffCards>().AddScoped<IPersonTraces, LeadershipTraces>();
        services.AddScoped<AskSponsor>().AddScoped<SponsoredCampaigns>().AddScoped<SponsorAnswer>().AddScoped<AnswerSponsor>().AddScoped<INote, SponsorNotes>();
        services.AddScoped<StartKickoff>().AddScoped<SendKickoff>().AddScoped<ShowContent>().AddScoped<IDeliveryContent, KickoffContent>();
        services.AddScoped<Dialog, SponsorDialog>().AddScoped<Dialog, KickoffDialog>().AddScoped<Dialog>(_ => new FormPrompt(KickoffDialog.PreviewPrompt));
        services.AddScoped<Dialog>(provider =>
        {
            var pictures = provider.GetRequiredService<PictureCheck>();
            return new FormPrompt(SponsorDialog.PromptId, (input, context, _) => Task.FromResult(SponsorDialog.Check(input, pictures, context)));
        });
        services.AddScoped<Dialog>(provider =>
        {
            var (db, pictures) = (provider.GetRequiredService<AdvocacyDb>(), provider.GetRequiredService<PictureCheck>());
            return new FormPrompt(KickoffDialog.WordsPrompt, (input, context, token) => KickoffDialog.CheckAsync(db, pictures, input, context, token));
        });
        return services;
    }
}

/// <summary>What can be shared now, behind a button.</summary>
public sealed class ShowContent(ListContent content) : IActionHandler
{
    public Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(press);
        return content.HandleAsync(
            new CommandInvoked { Name = "content", Workspace = press.Workspace, Conversation = press.Conversation, Person = press.Person, DedupKey = press.DedupKey, At = press.At },
            turn,
            cancellationToken);
    }
}
