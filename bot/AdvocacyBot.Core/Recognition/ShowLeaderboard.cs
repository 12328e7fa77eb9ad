using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Programme;
using Microsoft.EntityFrameworkCore;
using NodaTime.Extensions;

namespace AdvocacyBot.Core.Recognition;

/// <summary><c>/advocate leaderboard [teams]</c>: this month's board of those who agreed, shown to who asks.</summary>
public sealed class ShowLeaderboard(LeaderboardCards cards) : ICommandHandler
{
    public async Task<Reply> HandleAsync(CommandInvoked interaction, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(interaction);
        ArgumentNullException.ThrowIfNull(turn);
        var typed = interaction.Arguments.Trim();
        var teams = typed.Equals("teams", StringComparison.OrdinalIgnoreCase) || typed.Equals("team", StringComparison.OrdinalIgnoreCase) || typed == "צוותים";
        return Reply.Private(await cards.BuildAsync(teams, turn, cancellationToken));
    }
}

/// <summary>The buttons that lead to a leaderboard and from one to the other.</summary>
public sealed class PressLeaderboard(LeaderboardCards cards) : IActionHandler
{
    public async Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        return Reply.Private(await cards.BuildAsync(token.Verb == RecognitionRoutes.ShowTeams, turn, cancellationToken));
    }
}

/// <summary>A leaderboard as a card.</summary>
public sealed class LeaderboardCards(AdvocacyDb db, Leaderboard boards, ActionTokens tokens)
{
    private const int Shown = 10;

    public async Task<AdaptiveCard> BuildAsync(bool teams, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var t = turn.Texts;
        if (!await db.RecognitionSettings.AnyAsync(s => s.WorkspaceId == turn.Workspace.Id && s.Leaderboards, cancellationToken))
        {
            return Notice.Card(t, t[turn.Person.Has(Roles.Owner) ? "Recognition.LeaderboardsAreOffOwner" : "Recognition.LeaderboardsAreOff"]);
        }

        var board = teams ? await boards.TeamsAsync(turn, cancellationToken) : await boards.PeopleAsync(turn, cancellationToken);
        var month = board.Month.ToDateOnly().ToString("MMMM yyyy", t.Language.Culture);
        return Notice.For(
            t,
            [
                new TextBlock(t.Format(teams ? "Recognition.BoardTeams" : "Recognition.BoardPeople", ("month", month))) { Size = "Large", Weight = "Bolder", Style = "heading" },
                .. Rows(board, teams, t),
                new TextBlock(t[teams ? "Recognition.BoardTeamsHow" : "Recognition.BoardPeopleHow"]) { IsSubtle = true, Size = "Small", Separator = true },
            ],
            [
                teams
                    ? Button(t["Recognition.ToPeople"], RecognitionRoutes.ShowLeaderboard, turn)
                    : Button(t["Recognition.ToTeams"], RecognitionRoutes.ShowTeams, turn),
                Button(t["Recognition.Choose"], RecognitionRoutes.Choose, turn),
            ]);
    }

    private static IEnumerable<CardElement> Rows(Board board, bool teams, Texts t)
    {
        if (board.TooFew || board.Rows.Count == 0)
        {
            return [new TextBlock(t.Format(board.TooFew ? "Recognition.BoardTooFew" : "Recognition.BoardEmpty", ("smallest", Leaderboard.SmallestGroup)))];
        }

        var own = board.Rows.Skip(Shown).Where(row => row.IsAsker);
        return [new FactSet { Facts = [.. board.Rows.Take(Shown).Concat(own).Select(row => new Fact(Title(row), Value(row)))] }];

        string Title(BoardRow row) => t.Format(
            row.IsAsker ? "Recognition.BoardYou" : "Recognition.BoardRow", ("rank", row.Rank), ("name", CardText.Escape(row.Name)));

        string Value(BoardRow row) => teams ? t.Format("Recognition.TeamScore", ("shared", row.Score), ("of", row.Of)) : t.Plural("Recognition.PersonScore", row.Score);
    }

    private ExecuteAction Button(string title, string verb, TurnContext turn) => new()
    {
        Title = title,
        Verb = verb,
        Data = new ActionData(tokens.Protect(new ActionToken(verb, turn.Person.Id, turn.Conversation.Id, 0, 0, "", turn.Now.AddDays(30)))),
    };
}
