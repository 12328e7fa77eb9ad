using System.Globalization;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Core.Programme;

/// <summary>
/// An owner publishes a new version of the policy, with what changed; everybody is asked to acknowledge it before their next share. The time allowance can be
/// changed alone, without a new version.
/// </summary>
public sealed class PolicyDialog : WaterfallDialog
{
    public const string DialogId = "policy";
    public const string PromptId = "policy.form";
    public const int MaxText = 4000;
    private const int MaxChanges = 1000;
    private const int MaxVersion = 32;
    private readonly AdvocacyDb db;
    private readonly Policies policies;
    private readonly TimeAllowance allowance;
    private readonly AuditLog audit;
    private readonly ProgrammeOptions settings;

    public PolicyDialog(AdvocacyDb db, Policies policies, TimeAllowance allowance, AuditLog audit, IOptions<ProgrammeOptions> settings)
        : base(DialogId)
    {
        ArgumentNullException.ThrowIfNull(settings);
        this.db = db;
        this.policies = policies;
        this.allowance = allowance;
        this.audit = audit;
        this.settings = settings.Value;
        Steps = [AskAsync, SaveAsync];
    }

    public override Roles For => Roles.Owner;

    /// <summary>The version that comes to mind after another: the next number, else the day.</summary>
    internal static string After(string version, DateTimeOffset now) =>
        int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < int.MaxValue
            ? (number + 1).ToString(CultureInfo.InvariantCulture)
            : now.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static async Task<IReadOnlyDictionary<string, string>> CheckAsync(
        AdvocacyDb db, Policies policies, FormInput input, DialogContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(policies);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(context);
        var t = context.Turn.Texts;
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        if (input["minutes"].Length > 0 && (!int.TryParse(input["minutes"], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) || minutes > TimeAllowance.Most))
        {
            errors["minutes"] = t.Format("Policy.MinutesBroken", ("most", TimeAllowance.Most));
        }

        foreach (var language in Language.All)
        {
            Limit($"text_{language.Code}", MaxText);
            Limit($"changes_{language.Code}", MaxChanges);
        }

        var current = await policies.CurrentAsync(context.Turn.Workspace.Id, cancellationToken);
        if (!IsNew(input, current))
        {
            return errors;
        }

        var version = input["version"];
        if (version.Length is 0 or > MaxVersion)
        {
            errors["version"] = t.Format("Policy.VersionBroken", ("most", MaxVersion));
        }
        else if (version == current.Version
            || await db.PolicyVersions.AnyAsync(v => v.WorkspaceId == context.Turn.Workspace.Id && v.Version == version, cancellationToken))
        {
            errors["version"] = t.Format("Policy.VersionTaken", ("version", version));
        }

        if (Language.All.All(language => input[$"changes_{language.Code}"].Length == 0))
        {
            errors[$"changes_{t.Language.Code}"] = t["Policy.ChangesMissing"];
        }

        return errors;

        void Limit(string id, int most)
        {
            if (input[id].Length > most)
            {
                errors[id] = t.Format("Policy.TooLong", ("length", input[id].Length), ("most", most));
            }
        }
    }

    /// <summary>A text was changed, or it was said what changed.</summary>
    private static bool IsNew(FormInput input, CurrentPolicy current) => Language.All.Any(language =>
        Plain(input[$"text_{language.Code}"]) != Plain(current.TextIn(language)) || input[$"changes_{language.Code}"].Length > 0);

    private static string Plain(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal).Trim();

    private async Task<DialogTurnResult> AskAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        var current = await policies.CurrentAsync(step.Turn.Workspace.Id, cancellationToken);
        var minutes = await allowance.OfAsync(step.Turn.Workspace.Id, cancellationToken);
        return await step.PromptAsync(
            PromptId,
            new Form
            {
                Token = "",
                Title = t["Policy.FormTitle"],
                Card = Notice.For(t,
                [
                    new TextBlock(t.Format("Policy.FormHint", ("version", CardText.Escape(current.Version)))) { IsSubtle = true },
                    new InputText { Id = "version", Label = t["Policy.Version"], Value = After(current.Version, step.Turn.Now) },
                    .. Language.All.SelectMany(language => Fields(language, current, t)),
                    new InputNumber { Id = "minutes", Label = t["Policy.Minutes"], Value = minutes, Min = 0, Max = TimeAllowance.Most },
                ]),
                Actions = [new FormAction("publish", t["Policy.Publish"]), ComposeForms.Cancel(t)],
            },
            cancellationToken);
    }

    private static IEnumerable<CardElement> Fields(Language language, CurrentPolicy current, Texts t)
    {
        var name = ("language", (object?)t[$"Common.Language_{language.Code}"]);
        return
        [
            new InputText { Id = $"text_{language.Code}", Label = t.Format("Policy.Text", name), IsMultiline = true, Value = current.TextIn(language) },
            new InputText { Id = $"changes_{language.Code}", Label = t.Format("Policy.WhatChanged", name), IsMultiline = true },
        ];
    }

    private async Task<DialogTurnResult> SaveAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        var input = FormPrompt.InputOf(step.Result);
        var current = await policies.CurrentAsync(step.Turn.Workspace.Id, cancellationToken);
        await SaveAllowanceAsync(input, step.Turn, cancellationToken);
        if (!IsNew(input, current))
        {
            return await step.EndDialogAsync(null, Reply.Private(Notice.Card(t, t["Policy.AllowanceSaved"])), cancellationToken);
        }

        if (!await db.PolicyVersions.AnyAsync(v => v.WorkspaceId == step.Turn.Workspace.Id && v.FromSettings, cancellationToken))
        {
            // So that the next start does not take what stands in the settings for newer than this.
            db.PolicyVersions.Add(Policies.FromSettings(step.Turn.Workspace.Id, settings, step.Turn.Now));
            await db.SaveChangesAsync(cancellationToken);
        }

        var version = input["version"];
        db.PolicyVersions.Add(new PolicyVersion
        {
            WorkspaceId = step.Turn.Workspace.Id,
            Version = version,
            Texts = Policies.Write(Language.All.ToDictionary(language => language.Code, language => Plain(input[$"text_{language.Code}"]))),
            Changes = Policies.Write(Language.All.Where(language => input[$"changes_{language.Code}"].Length > 0)
                .ToDictionary(language => language.Code, language => Plain(input[$"changes_{language.Code}"]))),
            PublishedAt = step.Turn.Now,
        });
        audit.Note(step.Turn, AuditActions.PolicyChanged, 0, current.Version, version);
        return await step.EndDialogAsync(null, Reply.Private(Notice.Card(t, t.Format("Policy.Published", ("version", CardText.Escape(version))))), cancellationToken);
    }

    private async Task SaveAllowanceAsync(FormInput input, TurnContext turn, CancellationToken cancellationToken)
    {
        if (!int.TryParse(input["minutes"], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes))
        {
            return;
        }

        var before = await allowance.OfAsync(turn.Workspace.Id, cancellationToken);
        if (before != minutes)
        {
            var workspace = await db.Workspaces.FirstAsync(w => w.Id == turn.Workspace.Id, cancellationToken);
            workspace.MinutesPerWeek = minutes;
            audit.Note(turn, AuditActions.AllowanceChanged, 0, before.ToString(CultureInfo.InvariantCulture), minutes.ToString(CultureInfo.InvariantCulture));
        }
    }
}
