using System.Globalization;
using System.Text.Json.Nodes;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Programme;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Core.Leadership;

/// <summary><c>/advocate kickoff</c>: the message that opens the programme.</summary>
public sealed class StartKickoff(DialogEngine dialogs) : ICommandHandler
{
    public Task<Reply> HandleAsync(CommandInvoked interaction, TurnContext turn, CancellationToken cancellationToken) =>
        dialogs.BeginAsync(KickoffDialog.DialogId, null, turn, cancellationToken);
}

/// <summary>Composes the kick-off message, shows it and sends it to the channels chosen.</summary>
public sealed class KickoffDialog : WaterfallDialog
{
    public const string DialogId = "kickoff";
    public const string WordsPrompt = "kickoff.words";
    public const string PreviewPrompt = "kickoff.preview";
    private const string WordsKey = "words";
    private const int MaxText = 1500;
    private readonly AdvocacyDb db;
    private readonly KickoffCards cards;
    private readonly SendKickoff send;
    private readonly Policies policies;
    private readonly ProgrammeOptions programme;

    public KickoffDialog(AdvocacyDb db, KickoffCards cards, SendKickoff send, Policies policies, IOptions<ProgrammeOptions> programme)
        : base(DialogId)
    {
        ArgumentNullException.ThrowIfNull(programme);
        this.db = db;
        this.cards = cards;
        this.send = send;
        this.policies = policies;
        this.programme = programme.Value;
        Steps = [AskAsync, PreviewAsync, SendAsync];
    }

    public override Roles For => CampaignRoutes.Managers;

    /// <summary>The prompt's validator.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> CheckAsync(
        AdvocacyDb db, PictureCheck pictures, FormInput input, DialogContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(pictures);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(context);
        var t = context.Turn.Texts;
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        Words("title", ComposeValidation.MaxTitle);
        Words("text", MaxText);
        if (Language.Find(input["language"]) is null)
        {
            errors["language"] = t["Campaigns.ChooseOne"];
        }

        SponsorFields.Check(input, await SponsorFields.ReadAsync(db, context.Turn.Workspace.Id, cancellationToken), pictures, errors, t);
        var chosen = ScheduleValidation.ChannelIds(input);
        var there = await ScheduleValidation.ChannelsAsync(db, context.Turn.Workspace.Id, cancellationToken);
        if (chosen.Count == 0 || !chosen.All(id => there.Exists(c => c.Id == id)))
        {
            errors["channels"] = t["Campaigns.ChannelsMissing"];
        }

        return errors;

        void Words(string field, int most)
        {
            if (input[field].Length == 0)
            {
                errors[field] = t["Leadership.KickoffMissing"];
            }
            else if (input[field].Length > most)
            {
                errors[field] = t.Plural("Campaigns.TooLong", input[field].Length - most, ("limit", most));
            }
        }
    }

    private async Task<DialogTurnResult> AskAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        var typed = step.Values[WordsKey] as JsonObject;
        var sponsors = await SponsorFields.ReadAsync(db, step.Turn.Workspace.Id, cancellationToken);
        var channels = await ScheduleValidation.ChannelsAsync(db, step.Turn.Workspace.Id, cancellationToken);
        var last = await db.Kickoffs.Where(k => k.WorkspaceId == step.Turn.Workspace.Id).OrderByDescending(k => k.Id).Select(k => (DateTimeOffset?)k.CreatedAt).FirstOrDefaultAsync(cancellationToken);
        var here = channels.Exists(c => c.Id == step.Turn.Conversation.Id) ? step.Turn.Conversation.Id.ToString(CultureInfo.InvariantCulture) : "";
        return await step.PromptAsync(
            WordsPrompt,
            new Form
            {
                Token = "",
                Title = t["Leadership.KickoffFormTitle"],
                Card = Notice.For(t,
                [
                    .. last is { } at
                        ? [new TextBlock(t.Format("Leadership.KickoffSentBefore", ("when", CampaignTimes.Local(at, step.Turn.Conversation.TimeZone).ToString("uuuu-MM-dd", CultureInfo.InvariantCulture)))) { Color = "Warning" }]
                        : Array.Empty<CardElement>(),
                    new TextBlock(t["Leadership.KickoffHint"]) { IsSubtle = true },
                    new InputText { Id = "title", Label = t["Campaigns.Title"], IsRequired = true, ErrorMessage = t["Leadership.KickoffMissing"], Value = Typed("title") ?? t.Format("Leadership.KickoffTitle", ("programme", programme.Name)) },
                    new InputText { Id = "text", Label = t["Leadership.KickoffTextLabel"], IsMultiline = true, IsRequired = true, ErrorMessage = t["Leadership.KickoffMissing"], Value = Typed("text") ?? t["Leadership.KickoffText"] },
                    ComposeForms.LanguageChoice("language", t["Leadership.KickoffLanguage"], Typed("language") ?? t.Language.Code, t),
                    .. SponsorFields.Show(typed is null ? SponsorWords.None : WordsOf(typed, sponsors), sponsors, mayAsk: false, t),
                    new InputChoiceSet
                    {
                        Id = "channels",
                        Label = t["Campaigns.Channels"],
                        IsRequired = true,
                        IsMultiSelect = true,
                        Style = "expanded",
                        ErrorMessage = t["Campaigns.ChannelsMissing"],
                        Value = Typed("channels") ?? here,
                        Choices = [.. channels.Select(c => new Choice(c.Name, c.Id.ToString(CultureInfo.InvariantCulture)))],
                    },
                ]),
                Actions = [new FormAction("preview", t["Campaigns.Preview"]), ComposeForms.Cancel(t)],
            },
            cancellationToken);

        string? Typed(string field) => (string?)typed?[field];
    }

    private async Task<DialogTurnResult> PreviewAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        if (step.Result is not null)
        {
            step.Values[WordsKey] = step.Result["inputs"]!.DeepClone();
        }

        var t = step.Turn.Texts;
        var typed = (JsonObject)step.Values[WordsKey]!;
        var chosen = ScheduleValidation.ChannelIds(InputOf(typed));
        var channels = (await ScheduleValidation.ChannelsAsync(db, step.Turn.Workspace.Id, cancellationToken)).FindAll(c => chosen.Contains(c.Id));
        var language = channels.Count == 0 ? t.Language : Language.First(channels[0].Language, step.Turn.Workspace.Language.Code);
        var policy = await policies.CurrentAsync(step.Turn.Workspace.Id, cancellationToken);
        var card = cards.Card(await KickoffAsync(typed, step.Turn, cancellationToken), policy.TextIn(language), language, step.Turn.Now);
        return await step.PromptAsync(
            PreviewPrompt,
            new Form
            {
                Token = "",
                Title = t["Campaigns.PreviewTitle"],
                Card = ComposeForms.PreviewCard(
                    card, [new Fact(t["Campaigns.Channels"], new JoinedText(channels.ConvertAll(c => CardText.Escape(c.Name)), t.Language).ToString())], t),
                Actions = [new FormAction("send", t["Leadership.KickoffSend"]), new FormAction(ComposeForms.Back, t["Dialogs.Back"], Validates: false), ComposeForms.Cancel(t)],
            },
            cancellationToken);
    }

    private async Task<DialogTurnResult> SendAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        if (FormPrompt.ActionOf(step.Result) == ComposeForms.Back)
        {
            return await step.GoToStepAsync(0, cancellationToken);
        }

        var t = step.Turn.Texts;
        var typed = (JsonObject)step.Values[WordsKey]!;
        var chosen = ScheduleValidation.ChannelIds(InputOf(typed));
        var channels = (await ScheduleValidation.ChannelsAsync(db, step.Turn.Workspace.Id, cancellationToken)).FindAll(c => chosen.Contains(c.Id)).ConvertAll(c => c.Id);
        await send.RunAsync(await KickoffAsync(typed, step.Turn, cancellationToken), channels, step.Turn, cancellationToken);
        var stopped = await db.Workspaces.AnyAsync(w => w.Id == step.Turn.Workspace.Id && w.StoppedAt != null, cancellationToken);
        var said = t.Plural("Leadership.KickoffSent", channels.Count);
        return await step.EndDialogAsync(null, Reply.Private(Notice.Card(t, stopped ? $"{said} {t["Programme.StoppedNote"]}" : said)), cancellationToken);
    }

    private async Task<Kickoff> KickoffAsync(JsonObject typed, TurnContext turn, CancellationToken cancellationToken)
    {
        var input = InputOf(typed);
        var words = WordsOf(typed, await SponsorFields.ReadAsync(db, turn.Workspace.Id, cancellationToken));
        return new Kickoff
        {
            WorkspaceId = turn.Workspace.Id,
            AuthorId = turn.Person.Id,
            Title = Bidi.StripControls(input["title"]),
            Text = Bidi.StripControls(input["text"]),
            Language = input["language"],
            SponsorId = words.Id,
            SponsorName = words.Name.Length == 0 ? null : words.Name,
            SponsorMessage = words.Message.Length == 0 ? null : words.Message,
            SponsorImageUrl = words.ImageUrl.Length == 0 ? null : words.ImageUrl,
            SponsorImageAlt = words.ImageAlt.Length == 0 ? null : words.ImageAlt,
            CreatedAt = turn.Now,
        };
    }

    private static SponsorWords WordsOf(JsonObject typed, IReadOnlyList<SponsorChoice> sponsors) => SponsorFields.Read(InputOf(typed), sponsors, SponsorWords.None);

    private static FormInput InputOf(JsonObject typed) => FormPrompt.InputOf(new JsonObject { ["inputs"] = typed.DeepClone() });
}
