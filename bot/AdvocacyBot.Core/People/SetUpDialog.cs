using System.Globalization;
using System.Text.Json.Nodes;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Networks;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.People;

/// <summary>
/// The part of joining that can wait: networks, language and interests; then, for each network, its manners, the own profile and the network's size. Every step is
/// kept when it is answered, so that the dialog can be left at any of them and taken up there another day. Ends with true.
/// </summary>
public sealed class SetUpDialog : WaterfallDialog
{
    public const string DialogId = "me.setup";
    public const string NetworksPrompt = "me.setup.networks";
    public const string ProfilesPrompt = "me.setup.profiles";
    public const string Skip = "skip";

    /// <summary>Done to the end.</summary>
    public const int Done = 3;
    private const int NetworksChosen = 1;
    private readonly AdvocacyDb db;
    private readonly NetworkCatalogue networks;
    private readonly OwnPreferences own;
    private readonly ReachEstimate reach;
    private readonly PeopleDirectory directory;
    private readonly AfterCommit afterCommit;

    public SetUpDialog(
        AdvocacyDb db, NetworkCatalogue networks, OwnPreferences own, ReachEstimate reach, PeopleDirectory directory, AfterCommit afterCommit)
        : base(DialogId)
    {
        this.db = db;
        this.networks = networks;
        this.own = own;
        this.reach = reach;
        this.directory = directory;
        this.afterCommit = afterCommit;
        Steps = [AskNetworksAsync, SaveNetworksAsync, SaveProfilesAsync];
    }

    /// <param name="goOn">Where the person stopped the last time; otherwise from the beginning.</param>
    public static JsonObject With(bool goOn) => new() { ["goOn"] = goOn };

    public override async Task<Reply?> OnCancelAsync(DialogContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var t = context.Turn.Texts;
        return await Task.FromResult(Reply.Private(Notice.Card(t, t["Preferences.SetUpLater"])));
    }

    private async Task<DialogTurnResult> AskNetworksAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        var chosen = await own.ReadAsync(step.Turn.Person.Id, cancellationToken);
        var mine = await MineAsync(step.Turn.Person.Id, cancellationToken);
        if ((bool?)step.Options["goOn"] == true && chosen.SetUpStep == NetworksChosen && mine.Count > 0)
        {
            return await step.NextAsync(JsonValue.Create(value: true), cancellationToken);
        }

        return await step.PromptAsync(
            NetworksPrompt,
            new Form
            {
                Token = "",
                Title = t["Preferences.NetworksTitle"],
                Card = Notice.For(t,
                [
                    new TextBlock(t["Preferences.NetworksHint"]) { IsSubtle = true },
                    new InputChoiceSet
                    {
                        Id = "networks",
                        Label = t["Preferences.Networks"],
                        IsMultiSelect = true,
                        Style = "expanded",
                        Value = string.Join(',', networks.All.Where(n => mine.ContainsKey(n.Key)).Select(n => n.Key)),
                        Choices = [.. networks.All.Select(network => new Choice(network.Name(t.Language), network.Key))],
                    },
                    Campaigns.ComposeForms.LanguageChoice("language", t["Preferences.Language"], step.Turn.Language.Code, t),
                    InterestChoice("interests", t["Preferences.Interests"], chosen.InterestTypes, t),
                ]),
                Actions = [new FormAction("next", t["Campaigns.Next"]), new FormAction(DialogEngine.CancelAction, t["Preferences.Later"], Validates: false)],
            },
            cancellationToken);
    }

    internal static InputChoiceSet InterestChoice(string id, string label, IReadOnlyCollection<ContentType> chosen, Texts t) => new()
    {
        Id = id,
        Label = label,
        IsMultiSelect = true,
        Style = "expanded",
        Value = string.Join(',', chosen),
        Choices = [.. Enum.GetValues<ContentType>().Select(type => new Choice(t[$"Campaigns.Type{type}"], type.ToString()))],
    };

    /// <summary>The kinds of content among values of a field; what is none is left out.</summary>
    internal static IReadOnlyList<ContentType> Types(string values) =>
        [.. values.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal)
            .Select(name => Enum.TryParse<ContentType>(name, out var type) && Enum.IsDefined(type) ? type : (ContentType?)null).OfType<ContentType>()];

    private async Task<DialogTurnResult> SaveNetworksAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        if (step.Result is not JsonValue)
        {
            await KeepNetworksAsync(FormPrompt.InputOf(step.Result), step.Turn, cancellationToken);
        }

        var mine = await MineAsync(step.Turn.Person.Id, cancellationToken);
        if (mine.Count == 0)
        {
            return await EndAsync(step, cancellationToken);
        }

        var person = await db.People.AsNoTracking().FirstAsync(p => p.Id == step.Turn.Person.Id, cancellationToken);
        var t = Texts.In(Language.Find(person.Language) ?? step.Turn.Language);
        return await step.PromptAsync(
            ProfilesPrompt,
            new Form
            {
                Token = "",
                Title = t["Preferences.ProfilesTitle"],
                Card = Notice.For(t, [new TextBlock(t["Preferences.ProfilesHint"]) { IsSubtle = true }, .. networks.All.Where(n => mine.ContainsKey(n.Key)).SelectMany(n => Fields(n, mine[n.Key], t))]),
                Actions =
                [
                    new FormAction("save", t["Dialogs.Save"]),
                    new FormAction(Skip, t["Preferences.Skip"], Validates: false),
                    new FormAction(DialogEngine.CancelAction, t["Preferences.Later"], Validates: false),
                ],
            },
            cancellationToken);
    }

    private static IEnumerable<CardElement> Fields(Network network, PersonNetwork mine, Texts t)
    {
        var name = network.Name(t.Language);
        yield return new TextBlock(Bidi.Isolate(CardText.Escape(name), t.Language)) { Weight = "Bolder", Style = "heading", Separator = true };
        if (NetworkTexts.Manners(network, t.Language) is { } manners)
        {
            yield return new TextBlock(manners) { Size = "Small" };
        }

        if (ProfileAddress.Has(network.Key))
        {
            yield return new InputText
            {
                Id = $"profile_{network.Key}",
                Label = t.Format("Preferences.Profile", ("network", name)),
                Style = "Url",
                Value = mine.Profile,
                Placeholder = ProfileAddress.Example(network.Key),
            };
        }

        yield return new InputNumber
        {
            Id = $"size_{network.Key}",
            Label = t.Format("Preferences.Size", ("network", name)),
            Value = mine.Size,
            Min = 0,
            Max = ProfileValidation.MostPeople,
        };
    }

    private async Task<DialogTurnResult> SaveProfilesAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        if (FormPrompt.ActionOf(step.Result) != Skip)
        {
            var input = FormPrompt.InputOf(step.Result);
            foreach (var mine in await db.PersonNetworks.Where(n => n.PersonId == step.Turn.Person.Id).ToListAsync(cancellationToken))
            {
                mine.Profile = ProfileAddress.Parse(mine.Network, input[$"profile_{mine.Network}"]);
                mine.Size = ProfileValidation.Size(input[$"size_{mine.Network}"]);
                mine.UpdatedAt = step.Turn.Now;
            }
        }

        return await EndAsync(step, cancellationToken);
    }

    private async Task KeepNetworksAsync(FormInput input, TurnContext turn, CancellationToken cancellationToken)
    {
        var wanted = networks.All.Select(n => n.Key).Intersect(input["networks"].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), StringComparer.Ordinal).ToList();
        var stored = await db.PersonNetworks.Where(n => n.PersonId == turn.Person.Id).ToListAsync(cancellationToken);
        db.PersonNetworks.RemoveRange(stored.Where(n => !wanted.Contains(n.Network)));
        db.PersonNetworks.AddRange(wanted.Except(stored.Select(n => n.Network)).Select(key => new PersonNetwork { PersonId = turn.Person.Id, Network = key, UpdatedAt = turn.Now }));
        var preferences = await own.ChangeAsync(turn.Person.Id, turn.Now, cancellationToken);
        preferences.Interests = string.Join(',', Types(input["interests"]));
        preferences.SetUpStep = NetworksChosen;
        if (Language.Find(input["language"]) is { } language)
        {
            (await db.People.FirstAsync(p => p.Id == turn.Person.Id, cancellationToken)).Language = language.Code;
        }

        afterCommit.Add(directory.Forget);
        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task<DialogTurnResult> EndAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        (await own.ChangeAsync(step.Turn.Person.Id, step.Turn.Now, cancellationToken)).SetUpStep = Done;
        await db.SaveChangesAsync(cancellationToken);
        var people = await reach.OfPersonAsync(step.Turn.Person.Id, cancellationToken);
        var person = await db.People.AsNoTracking().FirstAsync(p => p.Id == step.Turn.Person.Id, cancellationToken);
        var t = Texts.In(Language.Find(person.Language) ?? step.Turn.Language);
        var said = people > 0 ? t.Plural("Preferences.SetUpDoneReach", people) : t["Preferences.SetUpDone"];
        return await step.EndDialogAsync(JsonValue.Create(value: true), Reply.Private(Notice.Card(t, said)), cancellationToken);
    }

    private Task<Dictionary<string, PersonNetwork>> MineAsync(long personId, CancellationToken cancellationToken) =>
        db.PersonNetworks.AsNoTracking().Where(n => n.PersonId == personId).ToDictionaryAsync(n => n.Network, StringComparer.Ordinal, cancellationToken);
}

/// <summary>What people say of their networks.</summary>
internal static class ProfileValidation
{
    public const int MostPeople = 10_000_000;

    public static IReadOnlyDictionary<string, string> Check(FormInput input, DialogContext context)
    {
        var t = context.Turn.Texts;
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var id in input.Inputs.Keys)
        {
            if (id.StartsWith("profile_", StringComparison.Ordinal) && input[id].Length > 0 && ProfileAddress.Parse(id["profile_".Length..], input[id]) is null)
            {
                errors[id] = t.Format("Preferences.ProfileBroken", ("example", ProfileAddress.Example(id["profile_".Length..])));
            }
            else if (id.StartsWith("size_", StringComparison.Ordinal) && input[id].Length > 0 && Size(input[id]) is null)
            {
                errors[id] = t.Format("Preferences.SizeBroken", ("most", MostPeople));
            }
        }

        return errors;
    }

    /// <returns>Null where it is no number of people.</returns>
    public static int? Size(string typed) =>
        int.TryParse(typed.Replace(",", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size <= MostPeople ? size : null;
}
