using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Evidence;
using AdvocacyBot.Core.People;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Core.Reports;

/// <summary>The report's command, button and services.</summary>
public static class ReportRoutes
{
    public const string SignOutVerb = "report.signout";

    public static readonly IReadOnlyList<CommandRoute> Commands =
    [
        new("report", typeof(OpenReport), ReportAccess.Allowed),

        // Judging takes turns at writing of its own, a batch at a time.
        new("clicks", typeof(JudgeClicks), Roles.Owner, "[apply]", Writes: false),
    ];

    /// <summary>Whoever has the button may sign out with it, also without the role.</summary>
    public static readonly IReadOnlyList<ActionRoute> Actions = [new(SignOutVerb, typeof(SignOutOfReport))];

    public static IServiceCollection AddReports(this IServiceCollection services) => services
        .AddSingleton<ReportAccess>()
        .AddSingleton<RollUp.RollUp>()
        .AddSingleton<ReportQuery>()
        .AddSingleton<DayLadders>()
        .AddSingleton<ReportRows>()
        .AddSingleton<ReportTables>()
        .AddScoped<ReadExtras>()
        .AddScoped<IPersonTraces, ReportTraces>()
        .AddScoped<OpenReport>()
        .AddScoped<JudgeClicks>()
        .AddScoped<SignOutOfReport>();
}
