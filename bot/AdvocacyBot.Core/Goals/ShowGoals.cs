using System.Globalization;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Conversions;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Programme;

namespace AdvocacyBot.Core.Goals;

/// <summary><c>/advocate goals [page]</c>: how the goals stand, as far as the role allows; owners change them from here.</summary>
public sealed class ShowGoals(ReadGoals goals, ActionTokens tokens) : ICommandHandler
{
    private const int PageSize = 6;

    private static readonly TimeSpan ButtonLifetime = TimeSpan.FromDays(30);

    public async Task<Reply> HandleAsync(CommandInvoked interaction, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(interaction);
        ArgumentNullException.ThrowIfNull(turn);
        var t = turn.Texts;
        var owner = turn.Person.Has(Roles.Owner);
        var all = await goals.RunAsync(turn.Workspace.Id, turn.Person.Roles, turn.Now, cancellationToken);
        var pages = Math.Max(1, (all.Count + PageSize - 1) / PageSize);
        var page = int.TryParse(interaction.Arguments.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var typed) ? Math.Clamp(typed, 1, pages) : 1;
        var body = new List<CardElement>
        {
            new TextBlock(all.Count == 0 ? t[owner ? "Goals.ListEmptyOwner" : "Goals.ListEmpty"] : t.Plural("Goals.ListTitle", all.Count)) { Weight = "Bolder", Style = "heading" },
        };
        foreach (var goal in all.Skip((page - 1) * PageSize).Take(PageSize))
        {
            body.Add(new Container { Separator = true, Rtl = t.Language.RightToLeft, Items = [.. Rows(goal, turn), .. owner ? [Buttons(goal, turn)] : Array.Empty<CardElement>()] });
        }

        if (pages > 1)
        {
            body.Add(new TextBlock(t.Format("Goals.ListPage", ("page", page), ("pages", pages), ("command", $"/advocate goals {page % pages + 1}"))) { IsSubtle = true, Separator = true });
        }

        if (all.Count > 0)
        {
            body.Add(new TextBlock(t["Goals.ListHow"]) { IsSubtle = true, Size = "Small", Separator = true });
        }

        return Reply.Private(Notice.For(t, body, owner
            ? [Button(t["Goals.ButtonAdd"], GoalRoutes.Add, 0, turn), Button(t["Goals.ButtonCosts"], GoalRoutes.Costs, 0, turn), Button(t["Goals.ButtonKeys"], ConversionRoutes.Keys, 0, turn)]
            : null));
    }

    private static IEnumerable<CardElement> Rows(GoalProgress goal, TurnContext turn)
    {
        var t = turn.Texts;
        yield return new TextBlock($"{GoalWords.Kind(goal.Kind, t)} · {GoalWords.Whose(goal, t)}") { Weight = "Bolder" };
        yield return new TextBlock($"{GoalWords.Line(goal, t)} · {GoalWords.Pace(goal, t)}")
        {
            Spacing = "None",
            Color = goal.Pace switch
            {
                GoalPace.Reached or GoalPace.OnTrack => "Good",
                GoalPace.Behind => "Warning",
                GoalPace.Missed => "Attention",
                _ => null,
            },
        };
        yield return new TextBlock(GoalWords.How(goal.Kind, t)) { IsSubtle = true, Size = "Small", Spacing = "None" };
    }

    private ActionSet Buttons(GoalProgress goal, TurnContext turn) => new()
    {
        Actions =
        [
            Button(turn.Texts["Goals.ButtonEdit"], GoalRoutes.Edit, goal.GoalId, turn),
            Button(turn.Texts["Goals.ButtonRemove"], GoalRoutes.Remove, goal.GoalId, turn) with { Style = "destructive" },
        ],
    };

    private ExecuteAction Button(string title, string verb, long subject, TurnContext turn) => new()
    {
        Title = title,
        Verb = verb,
        Data = new ActionData(tokens.Protect(new ActionToken(verb, turn.Person.Id, subject, 0, 0, "", turn.Now + ButtonLifetime))),
    };
}
