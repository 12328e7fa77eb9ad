using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Digests;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Programme;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Recognition;

/// <summary><c>/advocate badges</c>: own badges and streak, seen by nobody else, and what the person chose about recognition.</summary>
public sealed class ShowBadges(AdvocacyDb db, ReadPersonHistory read, Holidays holidays, KeepBadgeTrace keep, ActionTokens tokens) : ICommandHandler
{
    private const int TakenBackShown = 3;

    public async Task<Reply> HandleAsync(CommandInvoked interaction, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var t = turn.Texts;
        var history = await read.RunAsync(turn.Person.Id, cancellationToken);
        var streak = Streak.Of(history, await holidays.OfAsync(turn.Workspace.Id, cancellationToken), turn.Now);
        var badges = Badges.Of(history, streak);
        var trace = await keep.RunAsync(turn.Workspace.Id, turn.Person.Id, badges, turn.Now, cancellationToken);
        var boards = await db.RecognitionSettings.AnyAsync(s => s.WorkspaceId == turn.Workspace.Id && s.Leaderboards, cancellationToken);
        var choice = await db.RecognitionChoices.AsNoTracking().FirstOrDefaultAsync(c => c.PersonId == turn.Person.Id, cancellationToken);
        return Reply.Private(Notice.For(
            t,
            [
                new TextBlock(t["Recognition.Title"]) { Size = "Large", Weight = "Bolder", Style = "heading" },
                new TextBlock(Say(streak, t)),
                new TextBlock(t["Recognition.StreakHow"]) { IsSubtle = true, Size = "Small", Spacing = "None" },
                .. BadgeList(badges, history, t),
                .. TakenBack(trace, badges, t),
                new FactSet
                {
                    Separator = true,
                    Facts =
                    [
                        new Fact(t["Recognition.WeeklyNote"], t[choice?.WeeklyNote == true ? "Common.Yes" : "Common.No"]),
                        new Fact(t["Recognition.OnLeaderboard"], t[!boards ? "Recognition.LeaderboardsOff" : Leaderboard.Agreed(choice, turn.Person.ConsentedAt) ? "Common.Yes" : "Common.No"]),
                    ],
                },
                new TextBlock(t["Recognition.OnlyYou"]) { IsSubtle = true, Size = "Small" },
            ],
            [
                Button(t["Recognition.Choose"], RecognitionRoutes.Choose, turn),
                .. boards ? [Button(t["Recognition.ShowLeaderboard"], RecognitionRoutes.ShowLeaderboard, turn)] : Array.Empty<CardAction>(),
            ]));
    }

    internal static string Say(Streak streak, Texts texts) => streak.Current == 0
        ? texts["Recognition.StreakNone"]
        : streak.Longest > streak.Current
            ? texts.Plural("Recognition.StreakNow", streak.Current, ("longest", texts.Plural("Recognition.WeeksInWords", streak.Longest)))
            : texts.Plural("Recognition.Streak", streak.Current);

    private static IEnumerable<CardElement> BadgeList(IReadOnlyList<Badge> badges, PersonHistory history, Texts t)
    {
        yield return new TextBlock(t["Recognition.Badges"]) { Size = "Medium", Weight = "Bolder", Style = "heading", Separator = true };
        if (badges.Count == 0)
        {
            yield return new TextBlock(t["Recognition.BadgesNone"]);
        }
        else
        {
            yield return new FactSet { Facts = [.. badges.Select(badge => new Fact(badge.Say(t), DigestWords.Day(history.DayOf(badge.At), t)))] };
        }

        if (Badges.NextShares(Badges.Shares(history)) is { } next && badges.Count > 0)
        {
            yield return new TextBlock(t.Plural("Recognition.Next", next - Badges.Shares(history), ("badge", Badges.Say(BadgeFamily.Shares, next, t)))) { IsSubtle = true, Size = "Small" };
        }
    }

    /// <summary>Badges that were shown once and went, because what earned them was taken back.</summary>
    private static IEnumerable<CardElement> TakenBack(IReadOnlyList<BadgeTrace> trace, IReadOnlyList<Badge> badges, Texts t)
    {
        var held = badges.Select(badge => badge.Key).ToHashSet(StringComparer.Ordinal);
        var gone = trace.Where(b => !b.Gained && !held.Contains(b.Badge)).Reverse().DistinctBy(b => b.Badge)
            .Select(b => Badges.Say(b.Badge, t)).OfType<string>().Take(TakenBackShown).ToList();
        return gone.Count == 0 ? [] : [new TextBlock(t.Format("Recognition.TakenBack", ("badges", new JoinedText(gone, t.Language)))) { IsSubtle = true, Size = "Small" }];
    }

    private ExecuteAction Button(string title, string verb, TurnContext turn) => new()
    {
        Title = title,
        Verb = verb,
        Data = new ActionData(tokens.Protect(new ActionToken(verb, turn.Person.Id, turn.Conversation.Id, 0, 0, "", turn.Now.AddDays(30)))),
    };
}
