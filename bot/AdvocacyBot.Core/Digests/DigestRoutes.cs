using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Core.Digests;

/// <summary>The digest's commands, buttons and services.</summary>
public static class DigestRoutes
{
    /// <summary>Takes up a campaign; its handler belongs to sharing.</summary>
    internal const string ShareVerb = "share";

    public const string PostVerb = "digest.post";

    /// <summary>Stands where nothing is open to share.</summary>
    public const string SuggestVerb = "digest.suggest";

    internal const Roles AllowedRoles = Roles.Comms | Roles.Owner;

    public static readonly IReadOnlyList<CommandRoute> Commands = [new("digest", typeof(ShowDigest), AllowedRoles, "[last|month]", Writes: false)];

    public static readonly IReadOnlyList<ActionRoute> Actions = [new(PostVerb, typeof(PostDigestNow), AllowedRoles), new(SuggestVerb, typeof(SuggestFromDigest))];

    public static IServiceCollection AddDigests(this IServiceCollection services) => services
        .AddSingleton<PlanDigests>()
        .AddSingleton<DigestQuery>()
        .AddSingleton<DigestCards>()
        .AddSingleton<DigestGoals>()
        .AddSingleton<ProgrammeMilestones>()
        .AddScoped<ReadDigestExtras>()
        .AddScoped<SuggestFromDigest>()
        .AddScoped<ShowDigest>()
        .AddScoped<PostDigestNow>()
        .AddScoped<DigestContent>()
        .AddScoped<IDeliveryContent>(provider => provider.GetRequiredService<DigestContent>());
}
