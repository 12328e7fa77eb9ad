using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.People;
using AdvocacyBot.Core.Suggestions;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Core.Recognition;

/// <summary>The commands and buttons of recognition.</summary>
public static class RecognitionRoutes
{
    public const string Choose = "recognition.choose";
    public const string StopNotes = "recognition.notes_off";
    public const string ShowLeaderboard = "recognition.people";
    public const string ShowTeams = "recognition.teams";
    public const string Settings = "recognition.settings";
    public const string ShowThanks = "thanks.show";
    public const string HideThanks = "thanks.hide";
    public const string WithdrawThanks = "thanks.withdraw";
    public const string SayThanks = "thanks.say";

    public static readonly IReadOnlyList<CommandRoute> Commands =
    [
        new("thanks", typeof(SayThanks), Usage: "@person <words>"),
        new("badges", typeof(ShowBadges)),
        new("leaderboard", typeof(ShowLeaderboard), Usage: "[teams]", Writes: false),
    ];

    public static readonly IReadOnlyList<ActionRoute> Actions =
    [
        new(Choose, typeof(OpenChoices)),
        new(StopNotes, typeof(StopWeeklyNote)),
        new(ShowLeaderboard, typeof(PressLeaderboard)),
        new(ShowTeams, typeof(PressLeaderboard)),
        new(Settings, typeof(OpenRecognitionSettings), Roles.Owner),
        new(ShowThanks, typeof(AnswerThanks)),
        new(HideThanks, typeof(AnswerThanks)),
        new(WithdrawThanks, typeof(AnswerThanks)),
        new(SayThanks, typeof(PressSayThanks)),
    ];

    public static IServiceCollection AddRecognition(this IServiceCollection services)
    {
        services.AddOptions<HolidayOptions>();
        services.AddScoped<Holidays>().AddScoped<ReadPersonHistory>().AddScoped<KeepBadgeTrace>().AddScoped<Leaderboard>().AddScoped<LeaderboardCards>();
        services.AddScoped<ShowBadges>().AddScoped<ShowLeaderboard>().AddScoped<PressLeaderboard>().AddScoped<OpenChoices>().AddScoped<StopWeeklyNote>();
        services.AddScoped<WeeklyNoteTimes>().AddSingleton<PlanWeeklyNotes>().AddSingleton<NoteRests>().AddScoped<INote, WeeklyNote>();
        services.AddScoped<OpenRecognitionSettings>();
        services.AddScoped<SayThanks>().AddScoped<PressSayThanks>().AddScoped<AnswerThanks>().AddSingleton<ThanksCards>().AddScoped<ThanksOutbox>();
        services.AddScoped<INote, ThanksNote>().AddScoped<IDeliveryContent, ThanksContent>().AddScoped<INamedInChannels, HideThanks>();
        services.AddSingleton<PlanMonthlyNotes>().AddScoped<ReadMonth>().AddScoped<INote, MonthNote>().AddScoped<INote, WhomToThank>();
        services.AddScoped<IPersonTraces, RecognitionTraces>().AddScoped<IPersonTraces, ThanksTraces>();
        services.AddScoped<Dialog, ChoicesDialog>().AddScoped<Dialog>(_ => new FormPrompt(ChoicesDialog.PromptId));
        services.AddScoped<Dialog, RecognitionSettingsDialog>();
        services.AddScoped<Dialog>(_ => new FormPrompt(RecognitionSettingsDialog.PromptId, (input, context, _) => Task.FromResult(RecognitionSettingsDialog.Check(input, context))));
        services.AddScoped<Dialog, ThanksDialog>();
        services.AddScoped<Dialog>(provider => new FormPrompt(
            ThanksDialog.PromptId, (input, context, token) => ThanksDialog.CheckAsync(provider.GetRequiredService<AdvocacyDb>(), input, context, token)));
        return services;
    }
}
