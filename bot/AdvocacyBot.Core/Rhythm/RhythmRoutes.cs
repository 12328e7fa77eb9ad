using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Core.Dialogs;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Core.Rhythm;

/// <summary>The buttons of calendar, recurring campaigns and warnings; the command is that of campaigns.</summary>
public static class RhythmRoutes
{
    public const string Calendar = "rhythm.calendar";
    public const string Page = "rhythm.page";
    public const string Compose = "rhythm.compose";
    public const string Move = "rhythm.move";
    public const string Repeat = "campaign.repeat";
    public const string List = "recurrence.list";
    public const string Skip = "recurrence.skip";
    public const string Keep = "recurrence.keep";
    public const string Stop = "recurrence.stop";

    public static readonly IReadOnlyList<ActionRoute> Actions =
    [
        new(Calendar, typeof(ShowCalendar), CampaignRoutes.Managers),
        new(Page, typeof(ShowCalendar), CampaignRoutes.Managers),
        new(Compose, typeof(PlanCampaign), CampaignRoutes.Managers),
        new(Move, typeof(MoveStart), CampaignRoutes.Managers),
        new(Repeat, typeof(RepeatCampaign), CampaignRoutes.Managers),
        new(List, typeof(ListRecurrences), CampaignRoutes.Managers),
        new(Skip, typeof(ChangeRecurrence), CampaignRoutes.Managers),
        new(Keep, typeof(ChangeRecurrence), CampaignRoutes.Managers),
        new(Stop, typeof(ChangeRecurrence), CampaignRoutes.Managers),
    ];

    public static IServiceCollection AddRhythm(this IServiceCollection services)
    {
        services.AddSingleton<RecurrenceCards>().AddSingleton<CalendarCards>().AddSingleton<MakeOccurrences>();
        services.AddScoped<Occurrences>().AddScoped<RepeatCampaign>().AddScoped<ListRecurrences>().AddScoped<ChangeRecurrence>();
        services.AddScoped<ReadCalendar>().AddScoped<ShowCalendar>().AddScoped<PlanCampaign>();
        services.AddScoped<ReadWarnings>().AddScoped<PlanWarnings>().AddScoped<MoveStart>().AddScoped<INote, RhythmNotes>();
        services.AddScoped<Dialog, RepeatDialog>();
        services.AddScoped<Dialog>(_ => new FormPrompt(RepeatDialog.PromptId, (input, context, _) => Task.FromResult(RepeatDialog.Check(input, context))));
        return services;
    }
}
