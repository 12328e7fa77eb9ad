using System.Globalization;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.People;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace AdvocacyBot.Core.Programme;

/// <summary><c>/advocate settings</c>: this channel's digest, language and time zone.</summary>
public sealed class ChannelSettings(DialogEngine dialogs) : ICommandHandler
{
    public Task<Reply> HandleAsync(CommandInvoked interaction, TurnContext turn, CancellationToken cancellationToken) =>
        dialogs.BeginAsync(SettingsDialog.DialogId, null, turn, cancellationToken);
}

/// <summary>Asks for and saves a channel's settings.</summary>
public sealed class SettingsDialog : WaterfallDialog
{
    public const string DialogId = "channel.settings";
    public const string PromptId = "channel.settings.form";
    private readonly AdvocacyDb db;
    private readonly AuditLog audit;
    private readonly PeopleDirectory directory;
    private readonly AfterCommit afterCommit;

    public SettingsDialog(AdvocacyDb db, AuditLog audit, PeopleDirectory directory, AfterCommit afterCommit)
        : base(DialogId)
    {
        this.db = db;
        this.audit = audit;
        this.directory = directory;
        this.afterCommit = afterCommit;
        Steps = [AskAsync, SaveAsync];
    }

    public override Roles For => CampaignRoutes.Managers;

    public static IReadOnlyDictionary<string, string> Check(FormInput input, DialogContext context)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(context);
        var t = context.Turn.Texts;
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(input["zone"]) is null)
        {
            errors["zone"] = t["Programme.ZoneBroken"];
        }

        if (!int.TryParse(input["hour"], NumberStyles.None, CultureInfo.InvariantCulture, out var hour) || hour is < 0 or > 23)
        {
            errors["hour"] = t["Programme.HourBroken"];
        }

        if (input["day"] != "default" && (!Enum.TryParse<DayOfWeek>(input["day"], out var day) || !Enum.IsDefined(day)))
        {
            errors["day"] = t["Campaigns.ChooseOne"];
        }

        if (Language.Find(input["language"]) is null)
        {
            errors["language"] = t["Campaigns.ChooseOne"];
        }

        return errors;
    }

    private async Task<DialogTurnResult> AskAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        if (step.Turn.Conversation.Kind == ConversationKind.Personal)
        {
            return await step.EndDialogAsync(null, Reply.Private(Notice.Card(t, t["Programme.SettingsInChannel"])), cancellationToken);
        }

        var channel = await db.Conversations.AsNoTracking().FirstAsync(c => c.Id == step.Turn.Conversation.Id, cancellationToken);
        var days = t.Language.Culture.DateTimeFormat.DayNames;
        return await step.PromptAsync(
            PromptId,
            new Form
            {
                Token = "",
                Title = t["Programme.SettingsTitle"],
                Card = Notice.For(t,
                [
                    new TextBlock(t.Format("Programme.SettingsOf", ("channel", CardText.Escape(channel.Name)))) { Weight = "Bolder" },
                    new InputToggle { Id = "digest", Label = t["Programme.Digest"], Title = t["Programme.DigestOn"], Value = channel.DigestOn ? "true" : "false" },
                    new InputChoiceSet
                    {
                        Id = "day",
                        Label = t["Programme.DigestDay"],
                        Style = "compact",
                        Value = channel.DigestDay?.ToString() ?? "default",
                        Choices = [new Choice(t["Programme.DayDefault"], "default"), .. Enum.GetValues<DayOfWeek>().Select(day => new Choice(days[(int)day], day.ToString()))],
                    },
                    new InputNumber { Id = "hour", Label = t["Programme.DigestHour"], Value = channel.DigestHour, Min = 0, Max = 23 },
                    new InputText { Id = "zone", Label = t["Programme.Zone"], Value = channel.TimeZone ?? step.Turn.Workspace.TimeZone, Placeholder = "Europe/London" },
                    ComposeForms.LanguageChoice("language", t["Programme.ChannelLanguage"], step.Turn.Conversation.Language.Code, t),
                ]),
                Actions = [new FormAction("save", t["Dialogs.Save"]), ComposeForms.Cancel(t)],
            },
            cancellationToken);
    }

    private async Task<DialogTurnResult> SaveAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        var input = FormPrompt.InputOf(step.Result);
        var channel = await db.Conversations.FirstAsync(c => c.Id == step.Turn.Conversation.Id, cancellationToken);
        var before = Values(channel);
        channel.DigestOn = input["digest"] == "true";
        channel.DigestDay = input["day"] == "default" ? null : Enum.Parse<DayOfWeek>(input["day"]);
        channel.DigestHour = int.Parse(input["hour"], CultureInfo.InvariantCulture);
        channel.TimeZone = input["zone"];
        channel.Language = input["language"];
        if (Values(channel) is var after && after != before)
        {
            audit.Note(step.Turn, AuditActions.ChannelSettingsChanged, channel.Id, before, after);
        }

        afterCommit.Add(directory.Forget);
        return await step.EndDialogAsync(
            null, Reply.Private(Notice.Card(t, t.Format("Programme.SettingsSaved", ("channel", CardText.Escape(channel.Name))))), cancellationToken);
    }

    private static string Values(Conversation channel) => string.Create(
        CultureInfo.InvariantCulture,
        $"digest={(channel.DigestOn ? "on" : "off")};day={channel.DigestDay?.ToString() ?? "default"};hour={channel.DigestHour};zone={channel.TimeZone};language={channel.Language}");
}
