using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Core.Conversions;

/// <summary>The buttons with which owners look after the keys of other systems.</summary>
public static class ConversionRoutes
{
    public const string Keys = "conversion.keys";
    public const string Make = "conversion.key.make";
    public const string Rotate = "conversion.key.rotate";
    public const string Revoke = "conversion.key.revoke";

    public static readonly IReadOnlyList<ActionRoute> Actions =
    [
        new(Keys, typeof(ShowKeys), Roles.Owner),
        new(Make, typeof(MakeKey), Roles.Owner),
        new(Rotate, typeof(MakeKey), Roles.Owner),
        new(Revoke, typeof(RevokeKey), Roles.Owner),
    ];

    public static IServiceCollection AddConversions(this IServiceCollection services)
    {
        services.AddSingleton<ConversionKeys>().AddSingleton<RecordConversions>();
        services.AddScoped<KeyCards>().AddScoped<ShowKeys>().AddScoped<MakeKey>().AddScoped<RevokeKey>();
        return services;
    }
}
